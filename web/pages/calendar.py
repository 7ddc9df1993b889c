"""A municipality's calendar: a month as a grid, and what comes as a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.periods import Period, month_after
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.planning.inputs import ClosedSpan
from scheduler.usecases.visibility import Selection, own_meetings, visible_meetings
from scheduler.usecases.year.closed_days import closed_spans
from web.current import current_today
from web.login.required import login_required, the_municipality
from web.pages.reading import current_holidays_of, read_as
from web.pages.words import StateWords, closed_name, meeting_state

__all__ = ["calendar"]

calendar = Blueprint("calendar", __name__)

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_LIST_AHEAD = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class CalendarMeeting:
    """A meeting in the grid; `own` tells whether it is in the reader's calendar."""

    meeting: MeetingSnapshot
    state: StateWords
    own: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the grid, with what it is closed for."""

    on: date
    in_month: bool
    is_today: bool
    closed: tuple[str, ...]
    meetings: tuple[CalendarMeeting, ...]


@calendar.get("/<municipality>/kalender")
@login_required
def index(municipality: str) -> ResponseReturnValue:
    """Show the month of today."""
    return _month_page(municipality, current_today().replace(day=1))


@calendar.get("/<municipality>/kalender/<month>")
@login_required
def month(municipality: str, month: str) -> ResponseReturnValue:
    """Show one month, as "2027-03"."""
    read = _MONTH.fullmatch(month)
    if read is None:
        abort(404)
    return _month_page(municipality, date(int(read[1]), int(read[2]), 1))


@calendar.get("/<municipality>/kalender/liste")
@login_required
def agenda(municipality: str) -> ResponseReturnValue:
    """List the meetings of the next half year."""
    place = the_municipality()
    with read_as() as (session, reader):
        meetings = visible_meetings(
            session,
            reader.viewer,
            Selection(
                municipality_id=place.id,
                from_on=reader.today,
                until_on=reader.today + _LIST_AHEAD,
            ),
        )
    by_month: dict[date, list[tuple[MeetingSnapshot, StateWords]]] = defaultdict(list)
    for one in meetings:
        by_month[one.held_on.replace(day=1)].append((one, meeting_state(one)))
    return render_template("pages/agenda.html", by_month=by_month, slug=municipality)


def _month_page(slug: str, first: date) -> str:
    place = the_municipality()
    following = month_after(first)
    monday = first - timedelta(days=first.weekday())
    last = following - timedelta(days=1)
    sunday = last + timedelta(days=6 - last.weekday())
    selection = Selection(municipality_id=place.id, from_on=monday, until_on=sunday)
    with read_as() as (session, reader):
        meetings = visible_meetings(session, reader.viewer, selection)
        own = {one.id for one in own_meetings(session, reader.viewer, selection)}
        closed = closed_spans(
            session, place.id, Period(slug, monday, sunday), current_holidays_of()
        )
    by_day: dict[date, list[CalendarMeeting]] = defaultdict(list)
    for one in meetings:
        by_day[one.held_on].append(CalendarMeeting(one, meeting_state(one), one.id in own))
    days = [monday + timedelta(days=number) for number in range((sunday - monday).days + 1)]
    cells = [
        CalendarDay(
            on=day,
            in_month=day.month == first.month,
            is_today=day == reader.today,
            closed=_closed_on(day, closed),
            meetings=tuple(by_day[day]),
        )
        for day in days
    ]
    return render_template(
        "pages/calendar.html",
        first=first,
        weeks=[cells[start : start + 7] for start in range(0, len(cells), 7)],
        earlier=_address(slug, (first - timedelta(days=1)).replace(day=1)),
        later=_address(slug, following),
        this_month=_address(slug, reader.today.replace(day=1)),
        is_this_month=first == reader.today.replace(day=1),
        has_meetings=any(cell.in_month and cell.meetings for cell in cells),
        slug=slug,
    )


def _closed_on(day: date, spans: Iterable[ClosedSpan]) -> tuple[str, ...]:
    return tuple(closed_name(span.name) for span in spans if span.starts_on <= day <= span.ends_on)


def _address(slug: str, first: date) -> str:
    return url_for("calendar.month", municipality=slug, month=f"{first:%Y-%m}")
