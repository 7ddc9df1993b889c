"""A judge of plans that shares no code with the planner: it reads input and dates alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.domain.enums import AttendanceRule, ClosedDayRule, LinkKind
from scheduler.planning import (
    FixedMeeting,
    FixedWhy,
    ForumInput,
    PlacedMeeting,
    Proposal,
    ReasonCode,
    SeatInput,
    YearInput,
)

__all__ = ["broken_rules"]

ISO = {name: number for number, name in enumerate(Weekday, start=1)}


def broken_rules(year: YearInput, proposal: Proposal) -> list[str]:
    """List every rule of the input that the proposal breaks, in words for a test's output."""
    return [
        *_days(year, proposal),
        *_counts(year, proposal),
        *_rhythms(year, proposal),
        *_double_bookings(year, proposal),
        *_guests(year, proposal),
        *_links(year, proposal),
        *_deadlines(year, proposal),
        *_numbers(proposal),
        *_kept(year, proposal),
    ]


def _forums(year: YearInput) -> dict[tuple[str, str | None], ForumInput]:
    return {(forum.slug, forum.unit): forum for forum in year.forums}


def _meetings(proposal: Proposal, forum: ForumInput) -> list[PlacedMeeting]:
    return [m for m in proposal.meetings if (m.forum, m.unit) == (forum.slug, forum.unit)]


def _is_closed(year: YearInput, forum: ForumInput, day: date) -> bool:
    spans = (s for s in year.closed if s.kind in forum.closed_kinds)
    return any(span.starts_on <= day <= span.ends_on for span in spans)


def _days(year: YearInput, proposal: Proposal) -> Iterator[str]:
    forums = _forums(year)
    for meeting in proposal.meetings:
        if meeting.kept:
            continue
        forum = forums[meeting.forum, meeting.unit]
        what = f"{meeting.forum} {meeting.date}"
        if not year.starts_on <= meeting.date <= year.ends_on:
            yield f"{what} is outside the period"
        if year.plan_from and meeting.date < year.plan_from:
            yield f"{what} is before the day the plan is made"
        if meeting.date.isoweekday() > 5:
            yield f"{what} is on a weekend"
        if _is_closed(year, forum, meeting.date):
            yield f"{what} is closed"
        if forum.weekday and meeting.date.isoweekday() != ISO[forum.weekday]:
            yield f"{what} is not on a {forum.weekday}"
        if forum.starts and meeting.start != forum.starts:
            yield f"{what} starts at {meeting.start}, not {forum.starts}"
        if not forum.starts and not year.core_time[0] <= meeting.start <= year.core_time[1]:
            yield f"{what} starts outside core time"
        if not forum.starts and meeting.end > year.core_time[1]:
            yield f"{what} ends outside core time"


def _counts(year: YearInput, proposal: Proposal) -> Iterator[str]:
    unmet = {(u.forum, u.unit) for u in proposal.unmet}
    for forum in year.forums:
        cadence = forum.cadence
        if cadence.unit is CadenceUnit.WEEK or (forum.slug, forum.unit) in unmet:
            continue
        spans = Counter(_part(m.date, cadence.unit) for m in _meetings(proposal, forum))
        most = cadence.count_max or cadence.count_min or 1
        for part, count in spans.items():
            if count > most:
                yield f"{forum.slug} meets {count} times in {part}, at most {most}"
        if year.plan_from is not None:
            continue
        for part, days in _open_parts(year, forum).items():
            if days and spans[part] < min(cadence.count_min or 1, 1 + days // 30):
                yield f"{forum.slug} meets {spans[part]} times in {part}"


def _open_parts(year: YearInput, forum: ForumInput) -> dict[str, int]:
    """Count the days open to the forum in each part of the year."""
    parts: dict[str, int] = defaultdict(int)
    day = year.starts_on
    while day <= year.ends_on:
        right = forum.weekday is None or day.isoweekday() == ISO[forum.weekday]
        if right and day.isoweekday() <= 5 and not _is_closed(year, forum, day):
            parts[_part(day, forum.cadence.unit)] += 5 if forum.weekday else 1
        day += timedelta(days=1)
    parts.pop("between semesters", None)
    return parts


def _part(day: date, unit: CadenceUnit | None) -> str:
    if unit is CadenceUnit.MONTH:
        return f"{day:%Y-%m}"
    if unit is CadenceUnit.SEMESTER:
        if day.month <= 6:
            return "spring"
        return "autumn" if (8, 15) <= (day.month, day.day) <= (12, 23) else "between semesters"
    return "year"


def _rhythms(year: YearInput, proposal: Proposal) -> Iterator[str]:
    for forum in year.forums:
        if forum.cadence.unit is not CadenceUnit.WEEK:
            continue
        days = [m.date for m in _meetings(proposal, forum)]
        (weekday,) = forum.cadence.weekdays
        own = [day for day in days if day.isoweekday() == ISO[weekday]]
        if forum.on_closed is ClosedDayRule.SKIP and own != days:
            yield f"{forum.slug} left its weekday"
        step = 7 * (forum.cadence.interval or 1)
        for before, after in pairwise(own):
            if (after - before).days % step:
                yield f"{forum.slug} lost its rhythm between {before} and {after}"
        anchor = forum.anchor_on
        if anchor and any((_monday(day) - _monday(anchor)).days % step for day in own):
            yield f"{forum.slug} left its anchor"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _double_bookings(year: YearInput, proposal: Proposal) -> Iterator[str]:
    forums = _forums(year)
    by_day: dict[date, list[tuple[str, object, object, set[str]]]] = defaultdict(list)
    for meeting in proposal.meetings:
        if meeting.kept:
            continue
        forum = forums[meeting.forum, meeting.unit]
        taken = {s.busy_unit for s in forum.seats if _attends(s, meeting)}
        if forum.place:
            taken.add(f"room {forum.place} {forum.unit}")
        by_day[meeting.date].append((meeting.forum, meeting.start, meeting.end, taken))
    for fixed in year.fixed:
        if fixed.why is not FixedWhy.CANCELLED:
            name = fixed.forum or "busy"
            by_day[fixed.date].append((name, fixed.start, fixed.end, set(fixed.busy_units)))
    for day, meetings in by_day.items():
        for one, other in combinations(meetings, 2):
            if one[1] < other[2] and other[1] < one[2] and one[3] & other[3]:  # type: ignore[operator]
                yield f"{sorted(one[3] & other[3])} in {one[0]} and {other[0]} on {day}"


def _attends(seat: SeatInput, meeting: PlacedMeeting) -> bool:
    if seat.attends is AttendanceRule.ONCE_A_MONTH:
        return meeting.guests
    return seat.attends is AttendanceRule.EVERY_MEETING


def _guests(year: YearInput, proposal: Proposal) -> Iterator[str]:
    """Those who attend once a month are at one meeting of each month, or it is noted."""
    noted = {
        (note.forum, note.unit, reason.on.month)
        for note in proposal.notes
        for reason in note.reasons
        if reason.code is ReasonCode.NO_GUESTS and reason.on is not None
    }
    for forum in year.forums:
        if not any(seat.attends is AttendanceRule.ONCE_A_MONTH for seat in forum.seats):
            continue
        meetings = [m for m in _meetings(proposal, forum) if not m.kept]
        for month in {m.date.month for m in meetings}:
            visits = sum(m.guests for m in meetings if m.date.month == month)
            if visits != ((forum.slug, forum.unit, month) not in noted):
                yield f"{forum.slug} has its monthly guests {visits} times in month {month}"


def _links(year: YearInput, proposal: Proposal) -> Iterator[str]:
    unmet = {u.forum for u in proposal.unmet}
    for link in year.links:
        if {link.source, link.target} & unmet:
            continue
        sources = [m.date for m in proposal.meetings if m.forum == link.source]
        targets = [m for m in proposal.meetings if m.forum == link.target]
        for target in (m.date for m in targets if not m.kept):
            before = [s for s in sources if s <= target]
            if link.kind is LinkKind.RECEIVES_MINUTES:
                if not before or (target - max(before)).days < link.days:
                    yield f"{link.target} {target} lacks the minutes of {link.source}"
            elif not any(
                (target - s).days >= link.days
                and _part(s, CadenceUnit.SEMESTER) == _part(target, CadenceUnit.SEMESTER)
                for s in before
            ):
                yield f"{link.target} {target} does not follow {link.source}"


def _deadlines(year: YearInput, proposal: Proposal) -> Iterator[str]:
    unmet = {u.forum for u in proposal.unmet}
    noted = {
        (note.forum, reason.on)
        for note in proposal.notes
        for reason in note.reasons
        if reason.code is ReasonCode.DEADLINE_NOT_KEPT
    }
    chosen = {f.slug for f in year.forums if f.cadence.unit is not CadenceUnit.WEEK} - unmet
    for case in year.deadlines:
        days = [m.date for m in proposal.meetings if m.forum == case.forum and not m.cancelled]
        early = [(case.due_on - day).days for day in days]
        in_time = any(0 <= before < case.days for before in early)
        if in_time or not days:
            continue
        if case.forum in chosen:
            yield f"{case.forum} meets too early or too late for {case.due_on}"
        elif (case.forum, case.due_on) not in noted:
            yield f"{case.forum} says nothing of missing {case.due_on}"


def _numbers(proposal: Proposal) -> Iterator[str]:
    series = defaultdict(list)
    for meeting in proposal.meetings:
        series[meeting.forum, meeting.unit].append(meeting.number)
    for key, numbers in series.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"{key} is numbered {numbers}"


def _kept(year: YearInput, proposal: Proposal) -> Iterator[str]:
    standing = {(m.forum, m.date, m.start) for m in proposal.meetings if m.kept}
    for fixed in year.fixed:
        if fixed.forum and not _stands(fixed, standing):
            yield f"{fixed.forum} {fixed.date} was moved or lost"


def _stands(fixed: FixedMeeting, standing: set[tuple[str, date, object]]) -> bool:
    return (fixed.forum, fixed.date, fixed.start) in standing
