"""Which mails a year asks for, computed from its rows with none of the program's own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session

from tests.simulation.calendar import Days, span
from tests.simulation.story import Story

__all__ = [
    "Fact",
    "expected_changes",
    "expected_facts",
    "expected_mails",
    "expected_news",
    "expected_welcomes",
]

OSLO = ZoneInfo("Europe/Oslo")
# Calendar days before the deadline; weeks of reminders after it; months in which the owner hears.
ROUNDS = {
    "plan_review": ((("start", 56), ("half_way", 28), ("week_before", 7)), 12, 6),
    "council_report": ((("before_56", 56), ("before_28", 28), ("before_7", 7)), 4, 3),
    "revision": ((("before_180", 180), ("before_90", 90), ("before_30", 30)), 4, 6),
    "survey": ((("before_28", 28), ("before_7", 7)), 2, 1),
    "evaluation": ((("before_14", 14),), 3, 2),
    "follow_up": ((("before_14", 14),), 3, 2),
    "forum_item": ((("before_14", 14),), 0, 0),
}
MISSING = timedelta(days=60)


@dataclass(frozen=True, order=True)
class Fact:
    """One duty told of once: which step of it, for which deadline, to whom, on which day."""

    municipality: str
    kind: str
    step: str
    duty: int
    position: int
    deadline: date
    day: date
    to: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A mail that a duty asks for, before it is known who is there to read it."""

    name: str
    to: str
    day: date
    until: datetime
    gathers: bool = True
    position: int = 0


class Book:
    """The rows of a database, as plain dictionaries."""

    def __init__(self, session: Session, story: Story) -> None:
        def rows(table: str) -> list[dict[str, object]]:
            found = session.connection().execute(text(f"SELECT * FROM {table} ORDER BY id"))  # noqa: S608
            return [dict(row._mapping) for row in found]

        self.story = story
        self.towns = {row["id"]: row for row in rows("municipality")}
        self.duties = rows("duty")
        self.meetings = {row["id"]: row for row in rows("meeting")}
        self.forums = {row["id"]: row for row in rows("forum")}
        self.seats = rows("seat")
        self.people = {row["id"]: row for row in rows("person")}
        self.owners = {row["municipality_id"]: row["owner_position_id"] for row in rows("plan")}
        self.holdings: dict[object, list[dict[str, object]]] = defaultdict(list)
        for row in rows("holder"):
            self.holdings[row["position_id"]].append(row)
        self.leaves = rows('"leave"')
        self.days = {key: self._days(key, rows("closedperiod")) for key in self.towns}

    def _days(self, town: object, closed: list[dict[str, object]]) -> Days:
        def of(*kinds: str) -> frozenset[date]:
            return frozenset(
                day
                for row in closed
                if row["municipality_id"] == town and row["kind"] in kinds and row["confirmed"]
                for day in span(_day(row["starts_on"]), _day(row["ends_on"]))
            )

        return Days(off=of("local", "bridge_day"), leave=of("joint_leave"))

    def at_work(self, position: object, day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who answers for a position that day, and who acts on their behalf."""
        away = {
            row["holder_id"]
            for row in self.leaves
            if _day(row["starts_on"]) <= day <= _day(row["ends_on"])
        }
        there: dict[object, set[int]] = defaultdict(set)
        for row in self.holdings[position]:
            last = row["until_on"]
            begun = _day(row["from_on"]) <= day and (last is None or day <= _day(last))
            if begun and row["id"] not in away and self.people[row["person_id"]]["active"]:
                there[row["kind"]].add(int(str(row["person_id"])))
        own = (there["holder"] | there["acting"]) or there["deputy"]
        return tuple(sorted(own)), tuple(sorted(there["delegate"] - own))


def expected_facts(session: Session, story: Story) -> list[Fact]:
    """Return everything that is to be told from the publishing until the end of the story."""
    book = Book(session, story)
    return sorted(fact for duty in book.duties for fact in _of_duty(book, duty))


def expected_mails(session: Session, story: Story, facts: list[Fact]) -> int:
    """Return how many mails the facts are: what one person has in a morning is one mail.

    Notices to the one who sends them stand outside, as does what goes to several who share a duty.
    """
    book = Book(session, story)
    mails = set()
    for fact in facts:
        duty = next(each for each in book.duties if each["id"] == fact.duty)
        step = Step(fact.step, _audience(fact), fact.day, story.ended_at, position=fact.position)
        shared = len(_readers(book, duty, step, fact.day)[0]) > 1
        stands = shared or (fact.kind == "notice" and fact.step in ("before", "due"))
        mails.add((fact.municipality, fact.to, fact.day, fact if stands else None))
    return len(mails)


def expected_welcomes(session: Session, story: Story) -> list[tuple[str, date]]:
    """Return who is greeted on which day: the first working day from the one they began on."""
    days = Book(session, story).days
    (any_town, *_rest) = days.values()
    return sorted((email, any_town.worked_from(day)) for email, day in story.began)


def expected_news(session: Session, story: Story) -> list[tuple[str, str]]:
    """Return who hears once of the published year, by municipality: who has a meeting in it."""
    book = Book(session, story)
    found = set()
    for meeting in book.meetings.values():
        for seat in book.seats:
            if not _comes(seat, meeting):
                continue
            for row in book.holdings[seat["position_id"]]:
                begun = _day(row["from_on"]) <= story.published_at.date()
                if row["kind"] in ("holder", "acting") and begun:
                    town = str(book.towns[meeting["municipality_id"]]["slug"])
                    found.add((town, str(book.people[row["person_id"]]["email"])))
    return sorted(found)


def expected_changes(session: Session, story: Story) -> list[tuple[str, ...]]:
    """Return whom each seat's mail about a meeting called off within three days goes to."""
    book = Book(session, story)
    told = []
    for meeting_id, at in story.cancelled.items():
        meeting = book.meetings[meeting_id]
        if _day(meeting["held_on"]) - at.date() > timedelta(days=3):
            continue
        positions = {
            seat["position_id"]
            for seat in book.seats
            if seat["forum_id"] == meeting["forum_id"]
            and seat["unit_id"] in (None, meeting["unit_id"])
        }
        for position in positions:
            people = sum(book.at_work(position, at.date()), ())
            if people:
                told.append(tuple(sorted(str(book.people[each]["email"]) for each in people)))
    return sorted(told)


def _audience(fact: Fact) -> str:
    if fact.kind == "agenda":
        return "seat"
    name = fact.step.partition("_")[0]
    return {"leader": "leader", "approve": "leader", "owner": "owner"}.get(name, "own")


def _comes(seat: dict[str, object], meeting: dict[str, object]) -> bool:
    return (
        seat["forum_id"] == meeting["forum_id"]
        and seat["unit_id"] in (None, meeting["unit_id"])
        and seat["retired_on"] is None
        and (
            seat["attends"] == "every"
            or (seat["attends"] == "monthly" and bool(meeting["monthly_guests"]))
        )
    )


def _of_duty(book: Book, duty: dict[str, object]) -> Iterator[Fact]:
    story = book.story
    key = int(str(duty["id"]))
    if duty["position_id"] is None:
        return
    days = book.days[duty["municipality_id"]]
    over = min(
        [story.ended_at]
        + [found[key] for found in (story.finished,) if key in found]
        + [at for meeting, at in story.cancelled.items() if meeting == duty["meeting_id"]]
    )
    moves = [story.moved[m] for m in story.moved if m == duty["meeting_id"]]
    times = [story.published_at, *(at for at, _ in moves)]
    dates = [_held(book, duty, first=True), *(to for _, to in moves)]
    asked_at = story.reviewed.get(key, over)
    for number, began in enumerate(times):
        ended = min([over, asked_at, *times[number + 1 :]])
        due_on = _due(duty, book, dates[number], days)
        for step in _steps(book, duty, due_on, dates[number], days):
            if _morning(step.day) >= began:
                yield from _told(book, duty, step, due_on, ended)
    if asked_at < over:
        asked_on = asked_at.astimezone(OSLO).date()
        for number in (1, 2):
            day = days.step(asked_on, 2 * number)
            step = Step(f"approve_{number}", "leader", day, _morning(day) + MISSING)
            yield from _told(book, duty, step, asked_on, over)


def _held(book: Book, duty: dict[str, object], *, first: bool) -> date | None:
    meeting = book.meetings.get(duty["meeting_id"])
    if meeting is None:
        return None
    moved = first and meeting["moved_from"] is not None
    return _day(meeting["moved_from"] if moved else meeting["held_on"])


def _due(duty: dict[str, object], book: Book, held: date | None, days: Days) -> date:
    if held is None:
        return _day(duty["due_on"])
    forum = book.forums[duty["forum_id"]]
    if duty["kind"] == "notice":
        return days.counted_until(held - timedelta(days=int(str(forum["notice_days"]))))
    if duty["kind"] == "minutes":
        return days.step(held, int(str(forum["minutes_days"])))
    return held


def _steps(
    book: Book, duty: dict[str, object], due: date, held: date | None, days: Days
) -> Iterator[Step]:
    kind = str(duty["kind"])
    owner = book.owners.get(duty["municipality_id"])
    others = {duty["leader_position_id"], owner} - {None, duty["position_id"]}
    if kind == "notice":
        meeting = book.meetings[duty["meeting_id"]]
        starts = datetime.combine(held or due, _clock(meeting["starts"]), tzinfo=OSLO)
        for position in _asked(book, duty, meeting):
            day = days.worked_until(days.step(due, -5))
            yield Step("agenda", "seat", day, _evening(due), position=position)
        before = days.worked_until(days.step(due, -2))
        yield Step("before", "own", before, _evening(due), gathers=False)
        yield Step("due", "own", days.worked_until(due), starts, gathers=False)
        missed = days.step(due, 1)
        if others and _morning(missed) < starts:
            yield Step("leader", "leader", missed, starts)
    elif kind == "minutes":
        after = days.step(due, 2)
        yield Step("before", "own", days.step(due, -2), _evening(due))
        yield Step("due", "own", days.counted_from(due), _morning(after))
        yield Step("after", "own", after, _morning(after) + MISSING)
        if others:
            fifth = days.step(due, 5)
            monday = days.counted_from(fifth + timedelta(days=-fifth.weekday() % 7))
            yield Step("leader", "leader", monday, _morning(monday) + MISSING)
    else:
        ahead, weeks, months = ROUNDS[kind]
        for name, calendar_days in (*ahead, ("due", 0)):
            day = days.counted_from(due - timedelta(days=calendar_days))
            yield Step(name, "own", day, _evening(days.counted_from(due)))
        late = [(f"week_{n}", "own", 7 * n) for n in range(1, weeks + 1)]
        if owner is not None and owner != duty["position_id"]:
            late += [(f"owner_{n}", "owner", 30 * n) for n in range(1, months + 1)]
        for name, to, calendar_days in late:
            day = days.counted_from(due + timedelta(days=calendar_days))
            yield Step(name, to, day, _morning(day) + MISSING)


def _asked(book: Book, duty: dict[str, object], meeting: dict[str, object]) -> list[int]:
    if book.forums[duty["forum_id"]]["level"] != "system":
        return []
    return sorted(
        {
            int(str(seat["position_id"]))
            for seat in book.seats
            if _comes(seat, meeting) and seat["position_id"] != duty["position_id"]
        }
    )


def _told(
    book: Book, duty: dict[str, object], step: Step, due: date, ended: datetime
) -> Iterator[Fact]:
    """Find who is there when the mail is to go; it waits for one who wants all on one weekday."""
    days = book.days[duty["municipality_id"]]
    day = step.day
    while _morning(day) < min(ended, step.until):
        own, delegates = _readers(book, duty, step, day)
        if not own and step.to != "own":
            return
        wanted = book.people[own[0]]["digest_weekday"] if len(own) == 1 and step.gathers else None
        if own and (wanted is None or _is_the_day(days, day, int(str(wanted)))):
            forum = book.forums.get(duty["forum_id"])
            closed = forum is not None and forum["level"] != "system"
            people = own if closed else own + delegates
            yield Fact(
                municipality=str(book.towns[duty["municipality_id"]]["slug"]),
                kind="agenda" if step.to == "seat" else str(duty["kind"]),
                step=step.name,
                duty=int(str(duty["id"])),
                position=step.position,
                deadline=due,
                day=day,
                to=tuple(sorted(str(book.people[each]["email"]) for each in people)),
            )
            return
        day = days.worked_from(day + timedelta(days=1))
        if step.gathers:
            day = days.counted_from(day)


def _is_the_day(days: Days, day: date, weekday: int) -> bool:
    last = day - timedelta(days=(day.weekday() - weekday) % 7)
    return days.counted_from(last) == day


def _readers(
    book: Book, duty: dict[str, object], step: Step, day: date
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if step.to == "seat":
        return book.at_work(step.position, day)
    owner = book.owners.get(duty["municipality_id"])
    own: tuple[int, ...] = ()
    delegates: tuple[int, ...] = ()
    for position in (duty["position_id"], duty["leader_position_id"], owner):
        if position is not None and not own:
            own, delegates = book.at_work(position, day)
            if position == duty["position_id"]:
                own = _only_named(book, int(str(duty["id"])), own, day)
    if step.to == "own":
        return own, delegates
    if len(own) > 1 and not step.name.startswith("approve"):
        return (), ()
    if not own:
        return (), ()
    line = [owner] if step.to == "owner" else [duty["leader_position_id"], owner]
    for position in line:
        if position is None or position == duty["position_id"]:
            continue
        people, behalf = book.at_work(position, day)
        if people and not set(people) <= set(own):
            return people, behalf
    return (), ()


def _only_named(book: Book, duty: int, own: tuple[int, ...], day: date) -> tuple[int, ...]:
    said = [who for at, who in book.story.named.get(duty, []) if at <= _morning(day)]
    return (said[-1],) if said and said[-1] in own else own


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=OSLO)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=OSLO)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _clock(value: object) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))
