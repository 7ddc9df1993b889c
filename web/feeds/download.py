"""`/<municipality>/last-ned/<period>.<ext>`: a year as a file, a copy that stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import FeedDetail
from scheduler.domain.periods import Period
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.usecases.feeds.contents import FeedContents
from scheduler.usecases.visibility import (
    Selection,
    own_duties,
    own_meetings,
    visible_duties,
    visible_meetings,
)
from web.addresses import page_address
from web.current import current_municipality
from web.feeds.calendar_bytes import feed_bytes
from web.feeds.sheet import SheetLine, csv_bytes, xlsx_bytes
from web.language import current_language
from web.login.required import login_required
from web.pages.periods import period_of_address
from web.pages.reading import read_as
from web.pages.words import duty_state, meeting_state, title_of_duty
from web.parts import current_parts

__all__ = ["download"]

download = Blueprint("download", __name__)


@download.get("/<municipality>/last-ned/<period>.<kind>")
@login_required
def year(municipality: str, period: str, kind: str) -> ResponseReturnValue:
    """Send everything of the period that the reader may see; with `?mine` only their own."""
    if kind not in _WRITERS:
        abort(404)
    chosen = period_of_address(period)
    content_type, write = _WRITERS[kind]
    contents, today = _contents(chosen, own="mine" in request.args)
    name = f"aarshjul-{municipality}-{chosen.label.replace('/', '-')}.{kind}"
    return Response(
        write(contents, today),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _contents(period: Period, *, own: bool) -> tuple[FeedContents, date]:
    place = current_municipality()
    if place is None:
        abort(404)
    selection = Selection(
        municipality_id=place.id, from_on=period.starts_on, until_on=period.ends_on
    )
    with read_as() as (session, reader):
        viewer = reader.viewer.away_from_pages
        meetings = (own_meetings if own else visible_meetings)(session, viewer, selection)
        duties = (own_duties if own else visible_duties)(session, viewer, selection)
    contents = FeedContents(
        name=period.label,
        municipality_names=(place.name,),
        meetings=meetings,
        duties=duties,
        sources=frozenset(),
        changes_on=reader.today,
    )
    return contents, reader.today


def _ics(contents: FeedContents, _today: date) -> bytes:
    return feed_bytes(
        contents,
        language=current_language(),
        detail=FeedDetail.FULL,
        address_of=page_address(current_parts().settings.base_url),
    )


def _csv(contents: FeedContents, today: date) -> bytes:
    return csv_bytes(_lines(contents, today), current_language())


def _xlsx(contents: FeedContents, today: date) -> bytes:
    return xlsx_bytes(_lines(contents, today), current_language(), title=contents.name)


def _lines(contents: FeedContents, today: date) -> list[SheetLine]:
    def lines() -> Iterator[SheetLine]:
        yield from (_meeting_line(meeting) for meeting in contents.meetings)
        yield from (_duty_line(duty, today) for duty in contents.duties)

    return sorted(lines(), key=lambda line: (line.on, line.starts or time.min, line.title))


def _meeting_line(meeting: MeetingSnapshot) -> SheetLine:
    return SheetLine(
        on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        title=meeting.title,
        place=meeting.place or "",
        state=meeting_state(meeting).text,
    )


def _duty_line(duty: DutySnapshot, today: date) -> SheetLine:
    return SheetLine(
        on=duty.due_on,
        starts=None,
        ends=None,
        title=title_of_duty(duty),
        place="",
        state=duty_state(duty, today).text,
    )


_WRITERS: dict[str, tuple[str, Callable[[FeedContents, date], bytes]]] = {
    "ics": ("text/calendar; charset=utf-8", _ics),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
