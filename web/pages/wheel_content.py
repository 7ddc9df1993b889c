"""From a municipality's year to the content of its wheel and the rows of its table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from flask import url_for

from scheduler.domain.enums import EXPECTED_STATES, ForumKind, MeetingState
from scheduler.domain.language import say_day, say_short_day, say_times
from scheduler.domain.periods import month_after
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot, SlotState
from scheduler.language.titles import duty_task
from scheduler.usecases.pages.year import Year
from web.language import current_language, gettext
from web.pages.words import (
    StateWords,
    closed_name,
    duty_state,
    function_words,
    meeting_state,
    title_of_duty,
)
from web.wheel import Break, Deadline, Mark, MarkState, Ring, RingGroup, WheelContent

__all__ = ["YearMonth", "YearRow", "month_id", "months_of", "wheel_content"]

_GROUPS = {
    ForumKind.TEAM: RingGroup.TEAM,
    ForumKind.RESOURCE_GROUP: RingGroup.RESOURCE,
    ForumKind.NETWORK: RingGroup.RESOURCE,
    ForumKind.STEERING_GROUP: RingGroup.STEERING,
    ForumKind.LEADERS: RingGroup.STEERING,
}
# As many of one kind on one day are named one by one; more become a count.
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A meeting or a deadline as a row; a deadline has no clock times and no place."""

    on: date
    starts: time | None
    ends: time | None
    title: str
    href: str | None
    place: str | None
    roles: tuple[str, ...]
    state: StateWords
    is_deadline: bool
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth:
    """A month of the table; `id` is where the wheel's month leads to."""

    first: date
    id: str
    rows: tuple[YearRow, ...]
    closed: tuple[str, ...]


def month_id(first: date) -> str:
    """Return the anchor of a month."""
    return f"maaned-{first:%Y-%m}"


def wheel_content(year: Year, today: date) -> WheelContent:
    """Return what the wheel shows of the year, in the reader's language."""
    by_forum: dict[str, list[MeetingSnapshot]] = defaultdict(list)
    for meeting in year.meetings:
        by_forum[meeting.forum_slug].append(meeting)
    upcoming = next(
        (one for one in year.meetings if one.held_on >= today and one.state in EXPECTED_STATES),
        None,
    )
    return WheelContent(
        starts_on=year.period.starts_on,
        ends_on=year.period.ends_on,
        today=today,
        rings=tuple(
            Ring(
                key=forum.slug,
                name=forum.name,
                group=_GROUPS.get(forum.kind, RingGroup.COOPERATION),
                marks=tuple(
                    _mark(meeting, today, is_next=meeting is upcoming)
                    for meeting in by_forum[forum.slug]
                ),
            )
            for forum in year.forums
            if by_forum[forum.slug]
        ),
        deadlines=tuple(_deadlines(year.deadlines)),
        breaks=tuple(
            Break(name=span.name, starts_on=span.starts_on, ends_on=span.ends_on)
            for span in year.breaks
        ),
    )


def months_of(year: Year, today: date) -> tuple[YearMonth, ...]:
    """Return every month of the period with its meetings and deadlines by date."""
    rows: dict[tuple[int, int], list[YearRow]] = defaultdict(list)
    for row in (
        *(_meeting_row(meeting, year, today) for meeting in year.meetings),
        *(_deadline_row(duty, today) for duty in year.deadlines),
    ):
        rows[(row.on.year, row.on.month)].append(row)
    closed: dict[tuple[int, int], list[str]] = defaultdict(list)
    for span in year.breaks:
        first = max(span.starts_on, year.period.starts_on)
        closed[(first.year, first.month)].append(_break_words(span.name, first, span.ends_on))
    months = []
    first = year.period.starts_on
    while first <= year.period.ends_on:
        key = (first.year, first.month)
        months.append(
            YearMonth(
                first=first,
                id=month_id(first),
                rows=tuple(sorted(rows[key], key=lambda row: (row.on, row.starts or time.min))),
                closed=tuple(closed[key]),
            )
        )
        first = month_after(first)
    return tuple(months)


def _mark(meeting: MeetingSnapshot, today: date, *, is_next: bool) -> Mark:
    language = current_language()
    return Mark(
        on=meeting.held_on,
        state=_mark_state(meeting, today),
        words=", ".join(
            (
                meeting.title,
                say_day(meeting.held_on, language),
                say_times(meeting.starts, meeting.ends, language),
                meeting_state(meeting).text,
                *((gettext("neste møte"),) if is_next else ()),
            )
        ),
        href=url_for("meeting.index", meeting_id=meeting.id),
        is_next=is_next,
    )


def _mark_state(meeting: MeetingSnapshot, today: date) -> MarkState:
    if meeting.slot is not None:
        return MarkState.FREE if meeting.slot is SlotState.FREE else MarkState.RESERVED
    if meeting.state is MeetingState.CANCELLED:
        return MarkState.CANCELLED
    # A case-level meeting has no held state (privacy rule 4).
    if meeting.state is MeetingState.HELD or (
        meeting.held_on < today and not meeting.level.is_case
    ):
        return MarkState.HELD
    return MarkState.PLANNED


def _deadlines(duties: Iterable[DutySnapshot]) -> Iterable[Deadline]:
    language = current_language()
    same = sorted(duties, key=lambda duty: (duty.due_on, duty.kind, duty.subject))
    for (on, kind), group in groupby(same, key=lambda duty: (duty.due_on, duty.kind)):
        due = list(group)
        words = [title_of_duty(duty) for duty in due]
        if len(due) > _MOST_NAMED:
            words = [f"{duty_task(kind, language)} ({len(due)})"]
        for text in words:
            yield Deadline(
                on=on,
                day_words=say_short_day(on, language),
                words=text,
                href=f"#{month_id(on)}",
            )


def _meeting_row(meeting: MeetingSnapshot, year: Year, today: date) -> YearRow:
    functions = year.seats.in_meeting(meeting.forum_id, meeting.unit_id)
    return YearRow(
        on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        title=meeting.title,
        href=url_for("meeting.index", meeting_id=meeting.id),
        place=meeting.place,
        roles=tuple(function_words(function) for function in functions),
        state=meeting_state(meeting),
        is_deadline=False,
        is_past=meeting.held_on < today,
    )


def _deadline_row(duty: DutySnapshot, today: date) -> YearRow:
    return YearRow(
        on=duty.due_on,
        starts=None,
        ends=None,
        title=title_of_duty(duty),
        href=None,
        place=None,
        roles=(duty.position_title,) if duty.position_title else (),
        state=duty_state(duty, today),
        is_deadline=True,
        is_past=duty.due_on < today,
    )


def _break_words(name: str, first: date, last: date) -> str:
    language = current_language()
    if first == last:
        return f"{closed_name(name)}: {say_day(first, language)}"
    return f"{closed_name(name)}: {say_day(first, language)} – {say_day(last, language)}"
