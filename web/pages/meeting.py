"""One meeting: its page, answers to it, and the forms that move or cancel it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import EXPECTED_STATES, DutyKind, MeetingState
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.usecases.invitations.room_answer import room_answer
from scheduler.usecases.invitations.standing import unreached_people
from scheduler.usecases.meetings import (
    Answer,
    SentNotice,
    answer_meeting,
    answers_now,
    may_change_meeting,
    may_finish_duty,
    own_answer,
    sees_only_the_date,
    sent_notice,
)
from scheduler.usecases.pages.delivery import addresses_of, deliveries_of
from scheduler.usecases.pages.history import meeting_history
from scheduler.usecases.pages.reasons import say_reasons_of
from scheduler.usecases.pages.seats import own_seats
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    visible_duties,
    visible_forums,
    visible_meetings,
)
from web.current import current_now
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.delivery_words import delivery_state
from web.pages.history_words import said_event
from web.pages.reading import read_as, the_reader
from web.pages.words import (
    duty_state,
    finish_words,
    function_words,
    meeting_state,
    task_of_paper,
)
from web.parts import current_parts

__all__ = ["back_to_meeting", "find_meeting", "meeting"]

meeting = Blueprint("meeting", __name__, url_prefix="/mote/<int:meeting_id>")


@meeting.get("")
@login_required
def index(meeting_id: int) -> ResponseReturnValue:
    """Show the meeting; one that the reader may not know of is not found."""
    with read_as() as (session, reader):
        found = find_meeting(session, reader.viewer, meeting_id)
        duties = visible_duties(session, reader.viewer, Selection(meeting_id=meeting_id))
        functions = own_seats(session, reader.viewer).in_meeting(found.forum_id, found.unit_id)
        answers = answers_now(session, found, today=reader.today) if functions else None
        own = own_answer(session, meeting_id, reader.person_id)
        deliveries = deliveries_of(session, found) if functions else ()
        is_ahead = found.held_on >= reader.today
        room = room_answer(session, meeting_id) if functions else None
        addresses = addresses_of(session, found, today=reader.today) if deliveries else ()
        events = meeting_history(session, meeting_id)
        if sees_only_the_date(session, reader.viewer, found):
            events = tuple(replace(event, by=None) for event in events)
        may_change = may_change_meeting(session, reader.viewer, found)
        # Whose mail does not arrive concerns those who call in, and no other member.
        sees_to_it = may_change or any(may_finish_duty(reader.viewer, duty) for duty in duties)
        unreached: tuple[str, ...] = ()
        if functions and is_ahead and sees_to_it:
            unreached = unreached_people(session, meeting_id)
        forums = visible_forums(
            session, reader.viewer, Selection(municipality_id=found.municipality_id)
        )
    is_cancelled = found.state is MeetingState.CANCELLED
    return render_template(
        "pages/meeting.html",
        meeting=found,
        today=reader.today,
        state=meeting_state(found),
        functions=[function_words(function) for function in functions],
        reasons=say_reasons_of(found, current_language(), visible=[forum.slug for forum in forums]),
        forum=next((one for one in forums if one.id == found.forum_id), None),
        papers=[
            (duty, finish_words(duty) if may_finish_duty(reader.viewer, duty) else None)
            for duty in duties
        ],
        answers=answers,
        deliveries=[
            (one.position_title, delivery_state(one, is_cancelled=is_cancelled))
            for one in deliveries
        ],
        addresses=addresses,
        unreached=unreached,
        is_ahead=is_ahead,
        room_said=None if room is None else room.word,
        own_answer=own.answer if own else None,
        is_from_calendar=own is not None and own.from_calendar,
        may_call_in=found.state in EXPECTED_STATES
        and found.held_on >= reader.today
        and bool(functions)
        and any(
            duty.kind is DutyKind.NOTICE
            and (duty.is_unfinished or duty.done_through == "outlook")
            and may_finish_duty(reader.viewer, duty)
            for duty in duties
        ),
        sent_from_outlook={duty.id for duty in duties if duty.done_through == "outlook"},
        old_notice=_old_notice(found, duties) if is_ahead and sees_to_it else None,
        events=[said_event(event) for event in events],
        may_move=may_change and found.state in EXPECTED_STATES and found.held_on >= reader.today,
        # A forum out of use is not among them, and meets no more.
        may_reinstate=may_change
        and any(one.id == found.forum_id for one in forums)
        and found.state is MeetingState.CANCELLED
        and found.held_on >= reader.today,
        duty_state=duty_state,
        title_of_duty=task_of_paper,
    )


@meeting.post("/svar")
@login_required
def answer(meeting_id: int) -> ResponseReturnValue:
    """Keep an answer to the meeting."""
    given = Form(request.form).choice("answer", _("Svar"), Answer)
    reader = the_reader()
    with current_parts().database.write() as session:
        found = find_meeting(session, reader.viewer, meeting_id)
        if found.state is MeetingState.CANCELLED or found.held_on < reader.today:
            abort(409)
        if given is None or not answer_meeting(
            session, reader.viewer, found, given, now=current_now()
        ):
            abort(400)
    flash(_("Svaret er lagret."))
    return back_to_meeting(meeting_id)


def find_meeting(session: Session, viewer: Viewer, meeting_id: int) -> MeetingSnapshot:
    """Return the meeting; one that the viewer may not know of is not found."""
    found = visible_meetings(session, viewer, Selection(meeting_id=meeting_id))
    if not found:
        abort(404)
    return found[0]


def back_to_meeting(meeting_id: int) -> ResponseReturnValue:
    """Return to the meeting's page."""
    return redirect(url_for("meeting.index", meeting_id=meeting_id), 303)


def _old_notice(found: MeetingSnapshot, papers: tuple[DutySnapshot, ...]) -> SentNotice | None:
    """Return how the notice went out where the meeting has changed since, or None."""
    return sent_notice(
        paper for paper in papers if paper.done_at is not None and paper.done_at < found.changed_at
    )
