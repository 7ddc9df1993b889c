"""The rules that a year is planned by, each as something that can be taken away or loosened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.domain.cadence.kinds import Weekday
from scheduler.domain.enums import AttendanceRule, ClosedKind, LinkKind
from scheduler.planning.inputs import (
    DeadlineInput,
    FixedWhy,
    ForumInput,
    LinkInput,
    SeatInput,
    SeriesKey,
    YearInput,
)

__all__ = ["Rule", "RuleCode", "Way", "WayCode", "rules_of", "ways_from", "without"]


class RuleCode(StrEnum):
    """What a rule says."""

    COUNT = "count"
    WEEKDAY = "weekday"
    TIME = "time"
    CLOSED = "closed"
    EXCLUSION = "exclusion"
    LEAST_GAP = "least_gap"
    MOST_GAP = "most_gap"
    LINK = "link"
    DEADLINE = "deadline"
    PERSON = "person"
    PLACE = "place"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the input. Which of the values are set follows from the code.

    `forum` names the series it binds, `other` a forum linked to or a closed period, `person` a
    busy unit. `hidden` is set when `forum` is for members alone, `other_slug` and `other_hidden`
    belong to a forum in `other`.
    """

    code: RuleCode
    key: SeriesKey = ("", None)
    forum: str = ""
    other: str = ""
    person: str = ""
    kind: ClosedKind | None = None
    link: LinkInput | None = None
    deadline: DeadlineInput | None = None
    weekday: Weekday | None = None
    value: int = 0
    hidden: bool = False
    other_slug: str | None = None
    other_hidden: bool = False


class WayCode(StrEnum):
    """What would make room."""

    FEWER_MEETINGS = "fewer_meetings"
    OTHER_WEEKDAY = "other_weekday"
    FREE_TIME = "free_time"
    MEET_IN_CLOSED = "meet_in_closed"
    DROP_EXCLUSION = "drop_exclusion"
    SHORTER_GAP = "shorter_gap"
    LONGER_GAP = "longer_gap"
    FEWER_DAYS = "fewer_days"
    DROP_LINK = "drop_link"
    MORE_DAYS = "more_days"
    DROP_DEADLINE = "drop_deadline"
    ON_CALL = "on_call"
    OTHER_PLACE = "other_place"
    MOVE_FIXED = "move_fixed"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: the rule it loosens, to what, and the year that it makes."""

    code: WayCode
    rule: Rule
    year: YearInput
    weekday: Weekday | None = None
    value: int = 0


def rules_of(year: YearInput, target: SeriesKey) -> tuple[Rule, ...]:
    """List the rules of a year, those least likely to matter to the target first."""
    others = [forum for forum in year.forums if forum.key != target]
    mine = [forum for forum in year.forums if forum.key == target]
    rules = [_rule(RuleCode.COUNT, forum) for forum in others]
    for kind in (_closed_rules, _exclusion_rules, _place_rules, _person_rules):
        for forum in (*others, *mine):
            rules.extend(kind(year, forum))
    rules.extend(_fixed_rules(year))
    for kind in (_time_rules, _weekday_rules, _gap_rules):
        for forum in (*others, *mine):
            rules.extend(kind(year, forum))
    names = {forum.slug: forum for forum in year.forums}
    for link in year.links:
        if link.kind is not LinkKind.AGENDA_ITEM and link.target in names:
            source = names.get(link.source)
            rule = _rule(RuleCode.LINK, names[link.target])
            rules.append(
                replace(
                    rule,
                    link=link,
                    other=source.name if source else link.source,
                    other_slug=link.source,
                    other_hidden=source is None or source.case_level,
                    value=max(1, link.days),
                )
            )
    rules.extend(_deadline_rules(year))
    rules.extend(_rule(RuleCode.COUNT, forum) for forum in mine)
    return tuple(rules)


def without(year: YearInput, rule: Rule) -> YearInput:
    """Return the year as it would be if the rule were not there."""
    match rule.code:
        case RuleCode.COUNT:
            return _without_forum(year, rule.key)
        case RuleCode.LINK:
            return replace(year, links=tuple(link for link in year.links if link != rule.link))
        case RuleCode.DEADLINE:
            left = tuple(one for one in year.deadlines if one != rule.deadline)
            return replace(year, deadlines=left)
        case RuleCode.FIXED:
            fixed = tuple(m for m in year.fixed if not _is_of(m.busy_units, m.why, rule))
            return replace(year, fixed=fixed)
        case _:
            return _changed(year, rule, _LOOSENED[rule.code])


def ways_from(year: YearInput, rule: Rule) -> Iterator[Way]:
    """List what could be done about a rule, the smallest change first. None is tried yet."""
    match rule.code:
        case RuleCode.COUNT:
            yield from _fewer(year, rule)
            yield Way(WayCode.LEAVE_OUT, rule, without(year, rule))
        case RuleCode.WEEKDAY:
            for weekday in list(Weekday)[:5]:
                if weekday is not rule.weekday:
                    changed = _changed(year, rule, _on_weekday(weekday))
                    yield Way(WayCode.OTHER_WEEKDAY, rule, changed, weekday=weekday)
        case RuleCode.LINK:
            given = rule.link.days if rule.link is not None else 0
            for days in sorted({given * 3 // 4, given // 2, given // 4, 7, 3, 1}, reverse=True):
                if rule.link is not None and 0 < days < given:
                    link = replace(rule.link, days=days)
                    links = tuple(link if old == rule.link else old for old in year.links)
                    yield Way(WayCode.FEWER_DAYS, rule, replace(year, links=links), value=days)
            yield Way(WayCode.DROP_LINK, rule, without(year, rule))
        case RuleCode.DEADLINE:
            for days in (rule.value * 3 // 2, rule.value * 2, rule.value * 3):
                yield Way(WayCode.MORE_DAYS, rule, _with_days(year, rule, days), value=days)
            yield Way(WayCode.DROP_DEADLINE, rule, without(year, rule))
        case RuleCode.LEAST_GAP:
            for days in (rule.value * 3 // 4, rule.value // 2, rule.value // 4):
                if days > 0:
                    changed = _changed(year, rule, _with_least_gap(days))
                    yield Way(WayCode.SHORTER_GAP, rule, changed, value=days)
        case RuleCode.MOST_GAP:
            for days in (rule.value * 3 // 2, rule.value * 2, rule.value * 4):
                changed = _changed(year, rule, _with_most_gap(days))
                yield Way(WayCode.LONGER_GAP, rule, changed, value=days)
        case _:
            yield Way(_WAYS[rule.code], rule, without(year, rule))


_WAYS = {
    RuleCode.TIME: WayCode.FREE_TIME,
    RuleCode.CLOSED: WayCode.MEET_IN_CLOSED,
    RuleCode.EXCLUSION: WayCode.DROP_EXCLUSION,
    RuleCode.PERSON: WayCode.ON_CALL,
    RuleCode.PLACE: WayCode.OTHER_PLACE,
    RuleCode.FIXED: WayCode.MOVE_FIXED,
}

Change = Callable[[ForumInput, Rule], ForumInput]


def _rule(code: RuleCode, forum: ForumInput) -> Rule:
    name = f"{forum.name} ({forum.unit_name})" if forum.unit_name else forum.name
    return Rule(code, key=forum.key, forum=name, hidden=forum.case_level)


def _closed_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    names: dict[ClosedKind, str] = {}
    for span in year.closed:
        if span.kind in forum.closed_kinds:
            names.setdefault(span.kind, span.name)
    for kind, name in names.items():
        yield replace(_rule(RuleCode.CLOSED, forum), kind=kind, other=name)


def _exclusion_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    del year
    if forum.exclusions:
        yield _rule(RuleCode.EXCLUSION, forum)


def _place_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    del year
    if forum.place:
        yield replace(_rule(RuleCode.PLACE, forum), other=forum.place)


def _person_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    for seat in forum.seats:
        if seat.attends is not AttendanceRule.ON_CALL and _is_taken(year, forum, seat):
            yield replace(_rule(RuleCode.PERSON, forum), person=seat.busy_unit, other=seat.name)


def _time_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    del year
    if forum.starts is not None or forum.cadence.time_ranges or forum.cadence.time_start:
        yield _rule(RuleCode.TIME, forum)


def _weekday_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    del year
    weekday = next(iter(forum.cadence.weekdays), forum.weekday)
    if weekday is not None:
        yield replace(_rule(RuleCode.WEEKDAY, forum), weekday=weekday)


def _gap_rules(year: YearInput, forum: ForumInput) -> Iterator[Rule]:
    del year
    if forum.min_gap_days is not None:
        yield replace(_rule(RuleCode.LEAST_GAP, forum), value=forum.min_gap_days)
    if forum.max_gap_days is not None:
        yield replace(_rule(RuleCode.MOST_GAP, forum), value=forum.max_gap_days)


def _deadline_rules(year: YearInput) -> Iterator[Rule]:
    for given in year.deadlines:
        forum = next((f for f in year.forums if given.forum == f.slug), None)
        if forum is not None:
            rule = Rule(
                RuleCode.DEADLINE,
                key=(forum.slug, given.unit),
                forum=forum.name,
                hidden=forum.case_level,
            )
            yield replace(rule, deadline=given, other=given.words, value=given.days)


def _with_days(year: YearInput, rule: Rule, days: int) -> YearInput:
    changed = tuple(
        replace(one, days=days) if one == rule.deadline else one for one in year.deadlines
    )
    return replace(year, deadlines=changed)


def _is_taken(year: YearInput, forum: ForumInput, seat: SeatInput) -> bool:
    """Tell whether the seat's person is in another forum, or in a meeting that stands fast."""
    in_fixed = any(
        seat.busy_unit in meeting.busy_units and meeting.why is not FixedWhy.CANCELLED
        for meeting in year.fixed
    )
    return in_fixed or any(
        other.busy_unit == seat.busy_unit and other.attends is not AttendanceRule.ON_CALL
        for elsewhere in year.forums
        if elsewhere.key != forum.key
        for other in elsewhere.seats
    )


def _fixed_rules(year: YearInput) -> Iterator[Rule]:
    people = {seat.busy_unit: seat.name for forum in year.forums for seat in forum.seats}
    taken = {
        unit
        for meeting in year.fixed
        if meeting.why is not FixedWhy.CANCELLED
        for unit in meeting.busy_units
    }
    for person in sorted(people.keys() & taken):
        yield Rule(RuleCode.FIXED, person=person, other=people[person])


def _is_of(units: frozenset[str], why: FixedWhy, rule: Rule) -> bool:
    return rule.person in units and why is not FixedWhy.CANCELLED


def _without_forum(year: YearInput, key: SeriesKey) -> YearInput:
    forums = tuple(forum for forum in year.forums if forum.key != key)
    slugs = {forum.slug for forum in forums}
    links = tuple(
        li for li in year.links if key[0] in slugs or key[0] not in (li.source, li.target)
    )
    deadlines = tuple(one for one in year.deadlines if one.forum != key[0])
    return replace(year, forums=forums, links=links, deadlines=deadlines)


def _changed(year: YearInput, rule: Rule, change: Change) -> YearInput:
    forums = tuple(change(f, rule) if f.key == rule.key else f for f in year.forums)
    return replace(year, forums=forums)


def _fewer(year: YearInput, rule: Rule) -> Iterator[Way]:
    forum = next((f for f in year.forums if f.key == rule.key), None)
    if forum is None:
        return
    least = forum.cadence.count_min or 1
    for count in range(least - 1, max(0, least - 4), -1):
        cadence = replace(forum.cadence, count_min=count, count_max=count)
        changed = _changed(year, rule, lambda f, _, c=cadence: replace(f, cadence=c))  # type: ignore[misc]
        yield Way(WayCode.FEWER_MEETINGS, rule, changed, value=count)


def _on_weekday(weekday: Weekday) -> Change:
    def change(forum: ForumInput, rule: Rule) -> ForumInput:
        del rule
        if forum.cadence.weekdays:
            return replace(forum, cadence=replace(forum.cadence, weekdays=(weekday,)))
        return replace(forum, weekday=weekday)

    return change


def _with_least_gap(days: int) -> Change:
    return lambda forum, rule: replace(forum, min_gap_days=days)


def _with_most_gap(days: int) -> Change:
    return lambda forum, rule: replace(forum, max_gap_days=days)


def _free_time(forum: ForumInput, rule: Rule) -> ForumInput:
    del rule
    cadence = replace(forum.cadence, time_ranges=(), time_start=None)
    return replace(forum, starts=None, cadence=cadence)


def _free_weekday(forum: ForumInput, rule: Rule) -> ForumInput:
    del rule
    return replace(forum, weekday=None, cadence=replace(forum.cadence, weekdays=()))


def _heed_less(forum: ForumInput, rule: Rule) -> ForumInput:
    kinds = frozenset(kind for kind in forum.closed_kinds if kind is not rule.kind)
    return replace(forum, closed_kinds=kinds)


def _on_call(forum: ForumInput, rule: Rule) -> ForumInput:
    seats = tuple(
        replace(seat, attends=AttendanceRule.ON_CALL) if seat.busy_unit == rule.person else seat
        for seat in forum.seats
    )
    return replace(forum, seats=seats)


_LOOSENED: dict[RuleCode, Change] = {
    RuleCode.WEEKDAY: _free_weekday,
    RuleCode.TIME: _free_time,
    RuleCode.CLOSED: _heed_less,
    RuleCode.EXCLUSION: lambda forum, rule: replace(forum, exclusions=()),
    RuleCode.LEAST_GAP: lambda forum, rule: replace(forum, min_gap_days=1),
    RuleCode.MOST_GAP: lambda forum, rule: replace(forum, max_gap_days=None),
    RuleCode.PERSON: _on_call,
    RuleCode.PLACE: lambda forum, rule: replace(forum, place=None),
}
