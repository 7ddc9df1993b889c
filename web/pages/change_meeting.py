"""The forms that move a meeting, cancel it, and take it up again, each said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from flask import Blueprint, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.language.titles import duty_task
from scheduler.usecases.meetings import (
    MeetingStep,
    MeetingTime,
    cancel_meeting,
    may_change_meeting,
    move_meeting,
    preview_change,
    reinstate_meeting,
    sees_only_the_date,
    with_standing_place,
)
from web.current import current_now
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.mail_words import said_cancellation, said_mails
from web.pages.meeting import back_to_meeting, find_meeting
from web.pages.reading import current_holidays_of, read_as, the_reader
from web.pages.words import closed_name
from web.parts import current_parts
from web.planning.only_looking import only_look

__all__ = ["change_meeting"]

change_meeting = Blueprint("change_meeting", __name__, url_prefix="/mote/<int:meeting_id>")


@change_meeting.get("/flytt")
@login_required
def move_form(meeting_id: int) -> ResponseReturnValue:
    """Ask where the meeting is to be moved."""
    found = _changeable(meeting_id, EXPECTED_STATES)
    form = Form(
        {
            "held_on": found.held_on.isoformat(),
            "starts": f"{found.starts:%H:%M}",
            "ends": f"{found.ends:%H:%M}",
            "place": found.place or "",
            "sequence": str(found.sequence),
        }
    )
    return _form_page(found, form)


@change_meeting.post("/flytt")
@login_required
def move(meeting_id: int) -> ResponseReturnValue:
    """Show what moving the meeting would do; when that is confirmed, do it."""
    found = _changeable(meeting_id, EXPECTED_STATES)
    form = Form(request.form)
    to = _read_time(form)
    only_date = _shows_date_only(found)
    if to is not None and only_date:
        to = replace(to, place=None)
    if to is not None and _same(to, found):
        form.refuse("held_on", _("Dato, tid og sted er de samme som før"))
    sequence = form.number("sequence", _("Møtets versjon"), least=0, most=100_000)
    if to is None or sequence is None or form.problems:
        return _form_page(found, form), 422
    if not form.ticked("confirmed"):
        return render_template(
            "pages/move.html",
            meeting=found,
            form=form,
            to=to,
            **_consequences(found, to),
        )
    change = _write(
        lambda session, actor_id: move_meeting(
            session,
            meeting_id,
            with_standing_place(session, meeting_id, to) if only_date else to,
            sequence=sequence,
            now=current_now(),
            actor_id=actor_id,
            holidays_of=current_holidays_of(),
        )
    )
    flash(_told(_("Møtet er flyttet."), found, said_mails(change.mails)))
    return back_to_meeting(meeting_id)


@change_meeting.get("/avlys")
@login_required
def cancel_form(meeting_id: int) -> ResponseReturnValue:
    """Show what cancelling the meeting would do."""
    found = _changeable(meeting_id, EXPECTED_STATES)
    return render_template("pages/cancel.html", meeting=found, **_consequences(found, None))


@change_meeting.post("/avlys")
@login_required
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Cancel the meeting."""
    found = _changeable(meeting_id, EXPECTED_STATES)
    change = _take(cancel_meeting, meeting_id)
    text = _("Møtet er avlyst.") if found.slot is None else _("Tiden er satt ledig.")
    flash(_told(text, found, said_cancellation(change.mails)))
    return back_to_meeting(meeting_id)


@change_meeting.post("/ta-opp-igjen")
@login_required
def reinstate(meeting_id: int) -> ResponseReturnValue:
    """Take a cancelled meeting up again."""
    found = _changeable(meeting_id, (MeetingState.CANCELLED,))
    change = _take(reinstate_meeting, meeting_id)
    flash(_told(_("Møtet går likevel som planlagt."), found, said_mails(change.mails)))
    return back_to_meeting(meeting_id)


def _changeable(meeting_id: int, states: tuple[MeetingState, ...]) -> MeetingSnapshot:
    """Return the meeting if the reader may change it now."""
    with read_as() as (session, reader):
        found = find_meeting(session, reader.viewer, meeting_id)
        if not may_change_meeting(session, reader.viewer, found):
            abort(403)
    if found.state not in states or found.held_on < reader.today:
        abort(409)
    return found


def _form_page(found: MeetingSnapshot, form: Form) -> str:
    return render_template(
        "pages/move.html",
        meeting=found,
        form=form,
        preview=None,
        hides_place=_shows_date_only(found),
    )


def _shows_date_only(found: MeetingSnapshot) -> bool:
    """Tell whether all but the date is the members': a planner moves a case-level meeting so."""
    with read_as() as (session, reader):
        return sees_only_the_date(session, reader.viewer, found)


def _consequences(found: MeetingSnapshot, to: MeetingTime | None) -> dict[str, object]:
    """Return what moving the meeting, or cancelling it, would do, and the words for it.

    Who gets mail is found by doing it and taking it back: the numbers are those of the real thing.
    """
    with read_as() as (session, reader):
        preview = preview_change(
            session,
            found,
            to,
            by=reader.person_id,
            today=reader.today,
            holidays_of=current_holidays_of(),
        )
    done = only_look(current_parts().database, lambda session: _step(session, found, to))
    return {
        "preview": preview,
        "today": reader.today,
        "mails": (said_cancellation if to is None else said_mails)(done.mails),
        # Where everyone with a seat gets a mail at once, nobody is left without word.
        "silent": () if done.mails.one_each else preview.reach.silent,
        "answers": done.answers,
        # How many sit in a forum for its members alone, what they have answered and which papers
        # wait is theirs (privacy rule 4).
        "only_date": _shows_date_only(found),
        "closed": [closed_name(name) for name in preview.closed],
        "duty_task": lambda kind: duty_task(kind, current_language()),
    }


def _step(session: Session, found: MeetingSnapshot, to: MeetingTime | None) -> MeetingStep:
    now, holidays_of = current_now(), current_holidays_of()
    actor_id = the_reader().person_id
    if to is None:
        return cancel_meeting(
            session,
            found.id,
            sequence=found.sequence,
            now=now,
            actor_id=actor_id,
            holidays_of=holidays_of,
        )
    if _shows_date_only(found):
        to = with_standing_place(session, found.id, to)
    return move_meeting(
        session,
        found.id,
        to,
        sequence=found.sequence,
        now=now,
        actor_id=actor_id,
        holidays_of=holidays_of,
    )


def _take(step: Callable[..., MeetingStep], meeting_id: int) -> MeetingStep:
    """Take a step with the meeting that the page showed; a page that does not say which is old."""
    sequence = Form(request.form).number("sequence", "", least=0, most=100_000)
    return _write(
        lambda session, actor_id: step(
            session,
            meeting_id,
            sequence=-1 if sequence is None else sequence,
            now=current_now(),
            actor_id=actor_id,
            holidays_of=current_holidays_of(),
        )
    )


def _write(step: Callable[[Session, int], MeetingStep]) -> MeetingStep:
    reader = the_reader()
    with current_parts().database.write() as session:
        return step(session, reader.person_id)


def _read_time(form: Form) -> MeetingTime | None:
    held_on = form.day("held_on", _("Dato"))
    starts = form.clock("starts", _("Starter"))
    ends = form.clock("ends", _("Slutter"))
    place = form.line("place", _("Sted"), required=False, longest=200)
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


def _told(text: str, found: MeetingSnapshot, mails: tuple[str, ...]) -> str:
    return text if _shows_date_only(found) else " ".join((text, *mails))
