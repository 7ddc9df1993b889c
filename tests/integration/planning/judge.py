"""A judge of planned years: it reads the JSON and the database file, and imports no line of ours.

It has its own reading of the few rhythms that the made-up towns use, its own public holidays and
its own SQL, so that a mistake in the program is not repeated here.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import combinations, pairwise
from typing import Any

__all__ = ["broken_rules"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Words of the plan: span, least, most.
COUNTS = {
    "2 ganger i året": ("year", 2, 2),
    "3-4 ganger i året": ("year", 3, 4),
    "minst 2 ganger i året": ("year", 2, 2),
    "en gang per semester": ("semester", 1, 1),
    "2 ganger per semester": ("semester", 2, 2),
    "en gang i kvartalet": ("quarter", 1, 1),
    "en gang i måneden": ("month", 1, 1),
    "første tirsdag i måneden": ("month", 0, 1),
}
# Words of the plan: weeks between two meetings, weekday, first and last hour.
RHYTHMS = {
    "annenhver fredag kl. 9-11": (2, "fri", (time(9), time(11))),
    "hver tirsdag kl. 8-9": (1, "tue", (time(8), time(9))),
    "hver 14. dag": (2, None, None),
}
VAGUE = ("jevnlig",)
SPANS = {"year": 1, "semester": 2, "quarter": 4, "month": 12}


def broken_rules(answer: str, database: str, municipality: str) -> list[str]:
    """List what is wrong with a calendar year as `aarshjul plan --json` prints it."""
    plan = json.loads(answer)
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows.row_factory = sqlite3.Row
    try:
        town = _Town(rows, municipality, int(plan["period"]))
        return [
            *_status(plan, town),
            *(broken for meeting in plan["meetings"] for broken in _day(meeting, town)),
            *_counts(plan, town),
            *_rhythms(plan, town),
            *_two_places_at_once(plan, town),
            *_links(plan, town),
            *_numbers(plan),
        ]
    finally:
        rows.close()


class _Town:
    """What the database says of one municipality."""

    def __init__(self, rows: sqlite3.Connection, slug: str, year: int) -> None:
        self.rows, self.year = rows, year
        (self.id,) = rows.execute("select id from municipality where slug = ?", (slug,)).fetchone()
        self.forums = {
            row["slug"]: row
            for row in rows.execute(
                "select * from forum where municipality_id = ? and retired_on is null", (self.id,)
            )
        }
        self.units = {
            row["slug"]: row["id"]
            for row in rows.execute("select * from unit where municipality_id = ?", (self.id,))
        }
        self.closed = [
            (row["kind"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
            for row in rows.execute(
                "select * from closedperiod where municipality_id = ? and confirmed", (self.id,)
            )
        ]

    def why_closed(self, slug: str, day: date) -> str | None:
        heeds = json.loads(self.forums[slug]["closed_kinds"])
        easter = _easter(day.year)
        own = any(
            kind == "joint_leave" and first.year == day.year for kind, first, _ in self.closed
        )
        soft = {
            "public_holiday": day in _holidays(day.year),
            "christmas": day.month == 12 and day.day >= 24,
            "easter": easter - timedelta(6) <= day <= easter - timedelta(4),
            "joint_leave": day.month == 7 and not own,
        }
        for kind, is_closed in soft.items():
            if is_closed and kind in heeds:
                return kind
        return next(
            (k for k, first, last in self.closed if first <= day <= last and k in heeds), None
        )

    def people(self, slug: str, unit: str | None, *, attends: str = "every") -> set[str]:
        """Return who sits in every meeting: people, and positions that nobody holds."""
        seats = self.rows.execute(
            "select position_id, unit_id from seat"
            " where forum_id = ? and attends = ? and retired_on is null",
            (self.forums[slug]["id"], attends),
        ).fetchall()
        found = set()
        for seat in seats:
            if seat["unit_id"] is not None and seat["unit_id"] != self.units.get(unit or ""):
                continue
            holders = self.rows.execute(
                "select person_id from holder where position_id = ?", (seat["position_id"],)
            ).fetchall()
            found |= {f"person {row['person_id']}" for row in holders}
            if not holders:
                found.add(f"position {seat['position_id']}")
        return found

    def next_door(self) -> Iterator[tuple[date, time, time, str]]:
        """Give the meetings of other municipalities with who is in them."""
        for row in self.rows.execute(
            "select m.held_on, m.starts, m.ends, h.person_id from meeting m"
            " join seat s on s.forum_id = m.forum_id and s.attends = 'every'"
            " join holder h on h.position_id = s.position_id"
            " where m.municipality_id <> ? and m.state in ('planned', 'moved')"
            " and (s.unit_id is null or s.unit_id = m.unit_id)",
            (self.id,),
        ):
            yield (
                date.fromisoformat(row["held_on"]),
                time.fromisoformat(row["starts"][:5]),
                time.fromisoformat(row["ends"][:5]),
                f"person {row['person_id']}",
            )


def _status(plan: dict[str, Any], town: _Town) -> Iterator[str]:
    gap = (plan["objective"] - plan["bound"]) / plan["objective"] if plan["objective"] else 0
    if plan["status"] == "infeasible":
        if not plan["unmet"]:
            yield "infeasible without a word why"
        return
    if plan["status"] != "optimal" and gap > 0.01:
        yield f"{plan['status']} with a gap of {100 * gap:.1f} %"
    vague = {slug for slug, row in town.forums.items() if row["rhythm_words"] in VAGUE}
    if {one["forum"] for one in plan["unmet"]} != vague:
        yield f"unmet {plan['unmet']}, vague {vague}"


def _day(meeting: dict[str, Any], town: _Town) -> Iterator[str]:
    forum, day = town.forums[meeting["forum"]], date.fromisoformat(meeting["date"])
    what = f"{meeting['forum']} {day}"
    words = forum["rhythm_words"]
    if day.year != town.year:
        yield f"{what} is outside the period"
    if day.isoweekday() > 5:
        yield f"{what} is on a weekend"
    why = town.why_closed(meeting["forum"], day)
    if why:
        yield f"{what} is closed: {why}"
    weekday = RHYTHMS[words][1] if words in RHYTHMS else None
    weekday = weekday or forum["weekday"]
    if weekday and DAYS[day.weekday()] != weekday:
        yield f"{what} is not on a {weekday}"
    if "første tirsdag" in words and (day.weekday() != 1 or day.day > 7):
        yield f"{what} is not the first Tuesday"
    start, end = time.fromisoformat(meeting["start"]), time.fromisoformat(meeting["end"])
    hours = RHYTHMS[words][2] if words in RHYTHMS else None
    if hours and (start, end) != hours:
        yield f"{what} is not at {hours}"
    if forum["starts"] and f"{start:%H:%M}" != forum["starts"][:5]:
        yield f"{what} starts at {start}, not {forum['starts']}"
    if not hours and not forum["starts"] and not time(9) <= start < end <= time(15):
        yield f"{what} is outside core time"
    length = (end.hour - start.hour) * 60 + end.minute - start.minute
    if not hours and length != forum["duration_minutes"]:
        yield f"{what} lasts {length}"


def _counts(plan: dict[str, Any], town: _Town) -> Iterator[str]:
    for slug, unit, days in _series(plan, town):
        words = town.forums[slug]["rhythm_words"]
        if words not in COUNTS or plan["status"] == "infeasible":
            continue
        span, least, most = COUNTS[words]
        held = Counter(_part(day, span) for day in days)
        for part in _parts(town.year, span):
            room = sum(
                town.why_closed(slug, day) is None and day.isoweekday() <= 5
                for day in part
                if town.forums[slug]["weekday"] in (None, DAYS[day.weekday()])
            )
            count = held[_part(part[0], span)]
            if count > most or count < min(least, room):
                yield f"{slug} {unit} meets {count} times from {part[0]}, {least}-{most}"


def _rhythms(plan: dict[str, Any], town: _Town) -> Iterator[str]:
    for slug, _, days in _series(plan, town):
        words = town.forums[slug]["rhythm_words"]
        if words not in RHYTHMS or plan["status"] == "infeasible":
            continue
        step = 7 * RHYTHMS[words][0]
        if len({day.weekday() for day in days}) > 1:
            yield f"{slug} meets on several weekdays"
        for before, after in pairwise(days):
            if (after - before).days % step:
                yield f"{slug} lost its rhythm between {before} and {after}"
            missing = range(step, (after - before).days, step)
            if any(_is_free(town, slug, before + timedelta(shift)) for shift in missing):
                yield f"{slug} skipped an open day between {before} and {after}"


def _is_free(town: _Town, slug: str, day: date) -> bool:
    """Tell whether a skipped day was open, and nobody of the forum was busy next door."""
    people = town.people(slug, None)
    elsewhere = {person for held_on, _, _, person in town.next_door() if held_on == day}
    return town.why_closed(slug, day) is None and not people & elsewhere


def _two_places_at_once(plan: dict[str, Any], town: _Town) -> Iterator[str]:
    taken: dict[date, list[tuple[time, time, set[str], str]]] = defaultdict(list)
    for meeting in plan["meetings"]:
        day = date.fromisoformat(meeting["date"])
        who = town.people(meeting["forum"], meeting["unit"])
        if meeting["place"]:
            who.add(f"room {meeting['place']} {meeting['unit']}")
        start, end = time.fromisoformat(meeting["start"]), time.fromisoformat(meeting["end"])
        taken[day].append((start, end, who, meeting["forum"]))
    for day, start, end, person in town.next_door():
        taken[day].append((start, end, {person}, "another municipality"))
    for day, meetings in taken.items():
        for one, other in combinations(meetings, 2):
            if one[3] == other[3] == "another municipality":
                continue
            if one[0] < other[1] and other[0] < one[1] and one[2] & other[2]:
                yield f"{sorted(one[2] & other[2])} in {one[3]} and {other[3]} on {day}"


def _links(plan: dict[str, Any], town: _Town) -> Iterator[str]:
    names = {row["id"]: slug for slug, row in town.forums.items()}
    for link in town.rows.execute(
        "select * from forumlink where municipality_id = ?", (town.id,)
    ).fetchall():
        source, target = names[link["from_forum_id"]], names[link["to_forum_id"]]
        before = sorted(d for slug, _, days in _series(plan, town) for d in days if slug == source)
        targets = [d for slug, _, days in _series(plan, town) for d in days if slug == target]
        if plan["status"] == "infeasible":
            continue
        for day in targets:
            earlier = [d for d in before if d <= day]
            if link["kind"] == "receives_minutes":
                if not earlier or (day - earlier[-1]).days < link["days"]:
                    yield f"{target} {day} lacks the minutes of {source}"
            elif not any(
                (day - d).days >= link["days"] and _part(d, "semester") == _part(day, "semester")
                for d in earlier
            ):
                yield f"{target} {day} does not follow {source}"


def _numbers(plan: dict[str, Any]) -> Iterator[str]:
    found = defaultdict(list)
    for meeting in plan["meetings"]:
        found[meeting["forum"], meeting["unit"]].append(meeting["number"])
    for key, numbers in found.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{key} is numbered {numbers}"


def _series(plan: dict[str, Any], town: _Town) -> Iterator[tuple[str, str | None, list[date]]]:
    for slug, row in town.forums.items():
        for unit in json.loads(row["units"]) or [None]:
            days = [
                date.fromisoformat(meeting["date"])
                for meeting in plan["meetings"]
                if (meeting["forum"], meeting["unit"]) == (slug, unit)
            ]
            yield slug, unit, sorted(days)


def _parts(year: int, span: str) -> Iterator[list[date]]:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    found: dict[int, list[date]] = defaultdict(list)
    for day in days:
        part = _part(day, span)
        if day.year == year and part is not None:
            found[part].append(day)
    yield from found.values()


def _part(day: date, span: str) -> int | None:
    if span == "semester":
        if day.month <= 6:
            return 1
        return 2 if (8, 15) <= (day.month, day.day) <= (12, 23) else None
    return (day.month - 1) * SPANS[span] // 12


def _holidays(year: int) -> set[date]:
    easter = _easter(year)
    moving = {easter + timedelta(shift) for shift in (-3, -2, 0, 1, 39, 49, 50)}
    return moving | {date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))}


def _easter(year: int) -> date:
    """Gauss's way, good for 1900 to 2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    if (d == 29 and e == 6) or (d == 28 and e == 6 and year % 19 > 10):
        e -= 7
    return date(year, 3, 22) + timedelta(d + e)
