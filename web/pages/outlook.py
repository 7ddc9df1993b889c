"""For a secretary who calls in from her own Outlook: the file, the recipients, and "it is sent"."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from calendars.invitation import single_copy
from scheduler.domain.enums import EXPECTED_STATES, DutyKind
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.usecases.meetings import may_finish_duty, sees_only_the_date
from scheduler.usecases.pages.call_in import to_call_in
from scheduler.usecases.reminders import duty_done
from scheduler.usecases.visibility import Selection, visible_duties
from web.addresses import page_address
from web.current import current_now
from web.feeds.entries import meeting_entry
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.meeting import back_to_meeting, find_meeting
from web.pages.reading import Reader, read_as, the_reader
from web.parts import current_parts

__all__ = ["outlook"]

outlook = Blueprint("outlook", __name__, url_prefix="/mote/<int:meeting_id>/outlook")


@outlook.get("")
@login_required
def index(meeting_id: int) -> ResponseReturnValue:
    """Show what to open, whom to send it to, and the button that says that it is sent."""
    with read_as() as (session, reader):
        found, notice = _find(session, reader, meeting_id)
        call_in = to_call_in(session, found, by=reader.person_id, today=reader.today)
    return render_template(
        "pages/outlook.html",
        meeting=found,
        notice=notice,
        call_in=call_in,
        file_path=url_for("outlook.file", meeting_id=meeting_id),
    )


@outlook.get("/mote.ics")
@login_required
def file(meeting_id: int) -> ResponseReturnValue:
    """Send the meeting as a file that a calendar opens as an appointment of its own."""
    with read_as() as (session, reader):
        found, _notice = _find(session, reader, meeting_id)
    address_of = page_address(current_parts().settings.base_url)
    entry = meeting_entry(found, current_language(), address_of("meeting", found.id))
    return Response(
        single_copy(entry, language=current_language()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="mote-{found.held_on}.ics"',
            "Cache-Control": "private, no-store",
        },
    )


@outlook.post("")
@login_required
def sent(meeting_id: int) -> ResponseReturnValue:
    """Note that the notice went from Outlook."""
    reader = the_reader()
    with current_parts().database.write() as session:
        _found, notice = _find(session, reader, meeting_id)
        if notice.is_unfinished:
            duty_done(session, notice.id, by=reader.person_id, now=current_now(), through="outlook")
    flash(_("Innkallingen er merket som sendt fra Outlook."))
    return back_to_meeting(meeting_id)


def _find(
    session: Session, reader: Reader, meeting_id: int
) -> tuple[MeetingSnapshot, DutySnapshot]:
    """Return the meeting and its notice, to one who may say that it is sent and sees who comes."""
    found = find_meeting(session, reader.viewer, meeting_id)
    notices = [
        duty
        for duty in visible_duties(session, reader.viewer, Selection(meeting_id=meeting_id))
        if duty.kind is DutyKind.NOTICE
    ]
    if not notices or found.state not in EXPECTED_STATES:
        abort(404)
    may = may_finish_duty(reader.viewer, notices[0])
    if not may or sees_only_the_date(session, reader.viewer, found):
        abort(403)
    return found, notices[0]
