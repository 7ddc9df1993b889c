"""One meeting: its page, answers to it, and the forms that move or cancel it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import MeetingState
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.language.titles import duty_task
from scheduler.usecases.meetings import (
    Answer,
    ChangePreview,
    MeetingTime,
    answer_meeting,
    answers_to,
    cancel_meeting,
    may_change_meeting,
    may_finish_duty,
    move_meeting,
    preview_change,
    reinstate_meeting,
)
from scheduler.usecases.pages.delivery import addresses_of, deliveries_of
from scheduler.usecases.pages.history import meeting_history
from scheduler.usecases.pages.reasons import say_reasons_of
from scheduler.usecases.pages.seats import own_seats
from scheduler.usecases.reminders import MeetingChange
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    visible_duties,
    visible_forums,
    visible_meetings,
)
from web.current import current_now
from web.forms import Form
from web.language import current_language, ngettext
from web.language import gettext as _
from web.login.required import login_required
from web.pages.delivery_words import delivery_state
from web.pages.history_words import said_event
from web.pages.reading import current_holidays_of, read_as, the_reader
from web.pages.words import (
    closed_name,
    duty_state,
    finish_words,
    function_words,
    meeting_state,
    task_of_paper,
)
from web.parts import current_parts

__all__ = ["meeting"]

meeting = Blueprint("meeting", __name__, url_prefix="/mote/<int:meeting_id>")

_OPEN = (MeetingState.PLANNED, MeetingState.MOVED)


@meeting.get("")
@login_required
def index(meeting_id: int) -> ResponseReturnValue:
    """Show the meeting; one that the reader may not know of is not found."""
    with read_as() as (session, reader):
        found = _find(session, reader.viewer, meeting_id)
        duties = visible_duties(session, reader.viewer, Selection(meeting_id=meeting_id))
        functions = own_seats(session, reader.viewer).in_meeting(found.forum_id, found.unit_id)
        answers = answers_to(session, meeting_id) if functions else ()
        deliveries = deliveries_of(session, found) if functions else ()
        addresses = addresses_of(session, found, today=reader.today) if deliveries else ()
        events = meeting_history(session, meeting_id)
        may_change = may_change_meeting(session, reader.viewer, found)
        forums = visible_forums(
            session, reader.viewer, Selection(municipality_id=found.municipality_id)
        )
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
        deliveries=[(one.position_title, delivery_state(one)) for one in deliveries],
        addresses=addresses,
        own_answer=next((one.answer for one in answers if one.person_id == reader.person_id), None),
        events=[said_event(event) for event in events],
        may_move=may_change and found.state in _OPEN and found.held_on >= reader.today,
        may_reinstate=may_change
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
        found = _find(session, reader.viewer, meeting_id)
        if given is None or not answer_meeting(
            session, reader.viewer, found, given, now=current_now()
        ):
            abort(400)
    flash(_("Svaret er lagret."))
    return _back(meeting_id)


@meeting.get("/flytt")
@login_required
def move_form(meeting_id: int) -> ResponseReturnValue:
    """Ask where the meeting is to be moved."""
    found = _changeable(meeting_id, _OPEN)
    form = Form(
        {
            "held_on": found.held_on.isoformat(),
            "starts": f"{found.starts:%H:%M}",
            "ends": f"{found.ends:%H:%M}",
            "place": found.place or "",
            "sequence": str(found.sequence),
        }
    )
    return render_template("pages/move.html", meeting=found, form=form, preview=None)


@meeting.post("/flytt")
@login_required
def move(meeting_id: int) -> ResponseReturnValue:
    """Show what moving the meeting would do; when that is confirmed, do it."""
    found = _changeable(meeting_id, _OPEN)
    form = Form(request.form)
    to = _read_time(form)
    if to is not None and _same(to, found):
        form.refuse("held_on", _("Dato, tid og sted er de samme som før"))
    sequence = form.number("sequence", _("Møtets versjon"), least=0, most=100_000)
    if to is None or sequence is None or form.problems:
        page = render_template("pages/move.html", meeting=found, form=form, preview=None)
        return page, 422
    if not form.ticked("confirmed"):
        return render_template(
            "pages/move.html",
            meeting=found,
            form=form,
            to=to,
            preview=(preview := _preview(found, to)),
            closed=[closed_name(name) for name in preview.closed],
            duty_task=lambda kind: duty_task(kind, current_language()),
        )
    change = _write(
        lambda session, actor_id: move_meeting(
            session,
            meeting_id,
            to,
            sequence=sequence,
            now=current_now(),
            actor_id=actor_id,
            holidays_of=current_holidays_of(),
        )
    )
    flash(_told(_("Møtet er flyttet."), change))
    return _back(meeting_id)


@meeting.get("/avlys")
@login_required
def cancel_form(meeting_id: int) -> ResponseReturnValue:
    """Show what cancelling the meeting would do."""
    found = _changeable(meeting_id, _OPEN)
    return render_template(
        "pages/cancel.html",
        meeting=found,
        preview=_preview(found, None),
        closed=[],
        duty_task=lambda kind: duty_task(kind, current_language()),
    )


@meeting.post("/avlys")
@login_required
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Cancel the meeting."""
    found = _changeable(meeting_id, _OPEN)
    sequence = Form(request.form).number("sequence", "", least=0, most=100_000)
    change = _write(
        lambda session, actor_id: cancel_meeting(
            session,
            meeting_id,
            sequence=-1 if sequence is None else sequence,
            now=current_now(),
            actor_id=actor_id,
            holidays_of=current_holidays_of(),
        )
    )
    text = _("Møtet er avlyst.") if found.slot is None else _("Tiden er satt ledig.")
    flash(_told(text, change))
    return _back(meeting_id)


@meeting.post("/ta-opp-igjen")
@login_required
def reinstate(meeting_id: int) -> ResponseReturnValue:
    """Take a cancelled meeting up again."""
    _changeable(meeting_id, (MeetingState.CANCELLED,))
    sequence = Form(request.form).number("sequence", "", least=0, most=100_000)
    change = _write(
        lambda session, actor_id: reinstate_meeting(
            session,
            meeting_id,
            sequence=-1 if sequence is None else sequence,
            now=current_now(),
            actor_id=actor_id,
            holidays_of=current_holidays_of(),
        )
    )
    flash(_told(_("Møtet går likevel som planlagt."), change))
    return _back(meeting_id)


def _find(session: Session, viewer: Viewer, meeting_id: int) -> MeetingSnapshot:
    found = visible_meetings(session, viewer, Selection(meeting_id=meeting_id))
    if not found:
        abort(404)
    return found[0]


def _changeable(meeting_id: int, states: tuple[MeetingState, ...]) -> MeetingSnapshot:
    """Return the meeting if the reader may change it now."""
    with read_as() as (session, reader):
        found = _find(session, reader.viewer, meeting_id)
        if not may_change_meeting(session, reader.viewer, found):
            abort(403)
    if found.state not in states or found.held_on < reader.today:
        abort(409)
    return found


def _preview(found: MeetingSnapshot, to: MeetingTime | None) -> ChangePreview:
    with read_as() as (session, reader):
        return preview_change(
            session, found, to, today=reader.today, holidays_of=current_holidays_of()
        )


def _write(step: Callable[[Session, int], MeetingChange]) -> MeetingChange:
    reader = the_reader()
    with current_parts().database.write() as session:
        return step(session, reader.person_id)


def _read_time(form: Form) -> MeetingTime | None:
    held_on = form.day("held_on", _("Dato"))
    starts = form.clock("starts", _("Starter"))
    ends = form.clock("ends", _("Slutter"))
    place = form.free_text("place", _("Sted"), longest=200)
    if held_on is None or starts is None or ends is None:
        return None
    _check(form, held_on, starts, ends)
    return MeetingTime(held_on=held_on, starts=starts, ends=ends, place=place or None)


def _check(form: Form, held_on: date, starts: time, ends: time) -> None:
    if held_on < the_reader().today:
        form.refuse("held_on", _("Dato kan ikke være før i dag"))
    if ends <= starts:
        form.refuse("ends", _("Slutter må være etter at møtet starter"))


def _same(to: MeetingTime, found: MeetingSnapshot) -> bool:
    return (to.held_on, to.starts, to.ends, to.place) == (
        found.held_on,
        found.starts,
        found.ends,
        found.place,
    )


def _told(text: str, change: MeetingChange) -> str:
    if not change.announced:
        return text
    told = ngettext(
        "%(num)d medlem får e-post med en gang.",
        "%(num)d medlemmer får e-post med en gang.",
        change.announced,
    )
    return f"{text} {told}"


def _back(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for("meeting.index", meeting_id=meeting_id), 303)
