"""What somebody must do: the secretary's list, with one click for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.snapshots import DutySnapshot
from scheduler.usecases.meetings import may_finish_duty
from scheduler.usecases.pages.following import followed_duties
from scheduler.usecases.pages.shared_duties import SharedDuty, shared_duties
from scheduler.usecases.reminders import (
    NotAHolderError,
    duty_done,
    duty_undone,
    name_holder,
    name_in_turn,
)
from scheduler.usecases.visibility import Selection, own_duties, visible_duties
from web.current import current_now
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import login_required
from web.pages.reading import Reader, current_holidays_of, read_as, the_reader
from web.pages.words import StateWords, duty_state, finish_words, title_of_duty
from web.parts import current_parts

__all__ = ["DutyRow", "archive_link", "duties", "duty_rows", "finishable_duty"]

duties = Blueprint("duties", __name__)

_SOON = timedelta(days=14)
_FINISHED_STAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in words; `action` is the text of its button, None where there is none.

    Where several have it, `named` is the one who took it; `may_take` and `may_give_back` say what
    the reader can do about that.
    """

    duty: DutySnapshot
    title: str
    state: StateWords
    action: str | None
    is_shared: bool = False
    named: str | None = None
    may_take: bool = False
    may_give_back: bool = False


@duties.get("/oppgaver")
@login_required
def index() -> ResponseReturnValue:
    """List the reader's own duties, what is late first, and those of others that they lead."""
    with read_as() as (session, reader):
        own = own_duties(
            session, reader.viewer, Selection(from_on=reader.today - timedelta(days=400))
        )
        followed = followed_duties(session, reader.viewer)
        shared = shared_duties(session, (*own, *followed), on=reader.today)
    unfinished = [duty for duty in own if duty.is_unfinished]
    finished = [
        duty
        for duty in own
        if duty.done_at is not None and duty.done_at > reader.now - _FINISHED_STAYS
    ]
    late = [duty for duty in unfinished if duty.is_late(reader.today)]
    soon = [duty for duty in unfinished if reader.today <= duty.due_on <= reader.today + _SOON]
    later = [duty for duty in unfinished if duty.due_on > reader.today + _SOON]
    return render_template(
        "pages/duties.html",
        groups=[
            ("forsinket", _("Forsinket"), duty_rows(late, reader, shared)),
            ("snart", _("De neste to ukene"), duty_rows(soon, reader, shared)),
            ("senere", _("Senere"), duty_rows(later, reader, shared)),
        ],
        nobodys=len([duty for duty in unfinished if _is_nobodys(shared.get(duty.id), reader)]),
        followed=duty_rows(followed, reader, shared),
        finished=duty_rows(sorted(finished, key=lambda duty: duty.due_on, reverse=True), reader),
        several=len(reader.access.municipalities) > 1,
    )


@duties.post("/oppgaver/<int:duty_id>/ferdig")
@login_required
def finish(duty_id: int) -> ResponseReturnValue:
    """Say that a duty is done, with the address of the paper in the archive if there is one."""
    reader = the_reader()
    form = Form(request.form)
    with current_parts().database.write() as session:
        duty = finishable_duty(session, reader, duty_id)
        link = archive_link(form, duty)
        if form.problems:
            flash(form.problems[0].text)
            return _back(duty)
        duty_done(session, duty_id, by=reader.person_id, now=current_now(), link=link)
    flash(_("%(title)s er merket som ferdig.", title=title_of_duty(duty)))
    return _back(duty)


@duties.post("/oppgaver/<int:duty_id>/angre")
@login_required
def undo(duty_id: int) -> ResponseReturnValue:
    """Open a duty again that was finished by mistake."""
    reader = the_reader()
    with current_parts().database.write() as session:
        duty = finishable_duty(session, reader, duty_id)
        duty_undone(
            session,
            duty_id,
            by=reader.person_id,
            now=current_now(),
            holidays_of=current_holidays_of(),
        )
    flash(_("%(title)s er åpnet igjen.", title=title_of_duty(duty)))
    return _back(duty)


@duties.post("/oppgaver/<int:duty_id>/ta")
@login_required
def take(duty_id: int) -> ResponseReturnValue:
    """Say that the reader, of several holders, has the duty."""
    reader = the_reader()
    duty = _named(duty_id, reader, reader.person_id)
    flash(
        _("Du har tatt %(title)s. Påminnelsene kommer nå bare til deg.", title=title_of_duty(duty))
    )
    return _back(duty)


@duties.post("/oppgaver/<int:duty_id>/gi-fra-deg")
@login_required
def give_back(duty_id: int) -> ResponseReturnValue:
    """Let the duty be everybody's again."""
    duty = _named(duty_id, the_reader(), None)
    flash(_("%(title)s er igjen hos alle som har stillingen.", title=title_of_duty(duty)))
    return _back(duty)


@duties.post("/oppgaver/fordel")
@login_required
def share() -> ResponseReturnValue:
    """Share the duties that nobody has taken among the holders, in turn."""
    reader = the_reader()
    with current_parts().database.write() as session:
        own = own_duties(session, reader.viewer, Selection(unfinished=True))
        shared = shared_duties(session, own, on=reader.today)
        ids = [duty.id for duty in own if _is_nobodys(shared.get(duty.id), reader)]
        count = name_in_turn(session, ids, by=reader.person_id, now=current_now())
    flash(ngettext("%(num)d oppgave er fordelt.", "%(num)d oppgaver er fordelt.", count))
    return redirect(url_for("duties.index"), 303)


def duty_rows(
    found: Iterable[DutySnapshot],
    reader: Reader,
    shared: Mapping[int, SharedDuty] = MappingProxyType({}),
) -> list[DutyRow]:
    """Put duties into words for the reader."""
    return [_row(duty, reader, shared.get(duty.id)) for duty in found]


def archive_link(form: Form, duty: DutySnapshot) -> str | None:
    """Read where the paper is kept, as an address or a case number.

    At case level there is no such field (privacy rule, case-level forums), and what is sent in one
    is passed over: the number of a case points at a child.
    """
    if duty.level is not None and duty.level.is_case:
        return None
    return form.line("link", _("Lenke eller saksnummer"), required=False, longest=300) or None


def finishable_duty(session: Session, reader: Reader, duty_id: int) -> DutySnapshot:
    """Return a duty that the reader may say is done; another is not found, or forbidden."""
    found = visible_duties(session, reader.viewer, Selection(duty_id=duty_id))
    if not found:
        abort(404)
    if not may_finish_duty(reader.viewer, found[0]):
        abort(403)
    return found[0]


def _row(duty: DutySnapshot, reader: Reader, shared: SharedDuty | None) -> DutyRow:
    return DutyRow(
        duty=duty,
        title=title_of_duty(duty),
        state=duty_state(duty, reader.today),
        action=finish_words(duty) if may_finish_duty(reader.viewer, duty) else None,
        is_shared=shared is not None,
        named=shared.named if shared else None,
        may_take=shared is not None
        and reader.person_id in dict(shared.holders)
        and shared.named_id != reader.person_id,
        may_give_back=shared is not None and shared.named_id == reader.person_id,
    )


def _is_nobodys(shared: SharedDuty | None, reader: Reader) -> bool:
    return (
        shared is not None and shared.named_id is None and reader.person_id in dict(shared.holders)
    )


def _named(duty_id: int, reader: Reader, person_id: int | None) -> DutySnapshot:
    with current_parts().database.write() as session:
        duty = finishable_duty(session, reader, duty_id)
        try:
            name_holder(session, duty_id, person_id, by=reader.person_id, now=current_now())
        except NotAHolderError:
            abort(403)
    return duty


def _back(duty: DutySnapshot) -> ResponseReturnValue:
    """Return to the page the button stood on."""
    came_from = request.form.get("back")
    if came_from == "person":
        return redirect(url_for("person.index"), 303)
    if came_from == "meeting" and duty.meeting_id is not None:
        return redirect(url_for("meeting.index", meeting_id=duty.meeting_id), 303)
    return redirect(url_for("duties.index", _anchor=f"oppgave-{duty.id}"), 303)
