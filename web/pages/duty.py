"""One duty, with what can be done to it besides saying that it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.usecases.meetings import may_finish_duty
from scheduler.usecases.pages.on_behalf import was_on_behalf
from scheduler.usecases.pages.shared_duties import shared_duties
from scheduler.usecases.reminders import duty_in_review, duty_not_applicable, postpone_duty
from scheduler.usecases.visibility import Selection, visible_duties
from scheduler.usecases.year.council_days import years_without_council
from scheduler.usecases.year.working_days import working_days
from web.current import current_now
from web.forms import Form
from web.language import gettext as _
from web.login.required import login_required
from web.pages.duties import duty_rows, finishable_duty
from web.pages.reading import Reader, current_holidays_of, read_as, the_reader
from web.pages.words import duty_state, finish_words, title_of_duty
from web.parts import current_parts

__all__ = ["duty"]

duty = Blueprint("duty", __name__, url_prefix="/oppgaver/<int:duty_id>")


@duty.get("")
@login_required
def index(duty_id: int) -> ResponseReturnValue:
    """Show the duty and its forms; one that the reader may not know of is not found."""
    return _page(duty_id, Form())


@duty.post("/gjennomlesing")
@login_required
def review(duty_id: int) -> ResponseReturnValue:
    """Note that the minutes went out for comment."""
    _write(
        duty_id,
        lambda session, reader: duty_in_review(
            session,
            duty_id,
            by=reader.person_id,
            now=current_now(),
            holidays_of=current_holidays_of(),
        ),
    )
    flash(_("Det er notert at referatet er til gjennomlesing."))
    return _back(duty_id)


@duty.post("/ikke-aktuelt")
@login_required
def not_applicable(duty_id: int) -> ResponseReturnValue:
    """Say that there is nothing to do this time."""
    _write(
        duty_id,
        lambda session, reader: duty_not_applicable(
            session, duty_id, by=reader.person_id, now=current_now()
        ),
    )
    flash(_("Det er notert at oppgaven ikke er aktuell denne gangen."))
    return _back(duty_id)


@duty.post("/utsett")
@login_required
def postpone(duty_id: int) -> ResponseReturnValue:
    """Give the duty its one later date."""
    form = Form(request.form)
    to = form.day("to", _("Ny frist"))
    if to is not None and to <= the_reader().today:
        form.refuse("to", _("Ny frist må være etter i dag"))
    if to is None or form.problems:
        return _page(duty_id, form), 422
    later: date = to
    _write(
        duty_id,
        lambda session, reader: postpone_duty(
            session,
            duty_id,
            later,
            by=reader.person_id,
            now=current_now(),
            holidays_of=current_holidays_of(),
        ),
    )
    flash(_("Fristen er utsatt."))
    return _back(duty_id)


def _page(duty_id: int, form: Form) -> str:
    with read_as() as (session, reader):
        found = visible_duties(session, reader.viewer, Selection(duty_id=duty_id))
        if not found:
            abort(404)
        one = found[0]
        (row,) = duty_rows(found, reader, shared_duties(session, found, on=reader.today))
        on_behalf = was_on_behalf(session, one)
        days_before = _days_before_council(session, one)
        lacks_council = (
            one.kind is DutyKind.COUNCIL_REPORT
            and one.treated_on is None
            and one.period
            in years_without_council(session, one.municipality_id, today=reader.today)
        )
    may_finish = may_finish_duty(reader.viewer, one)
    return render_template(
        "pages/duty.html",
        duty=one,
        row=row,
        on_behalf=on_behalf,
        days_before=days_before,
        lacks_council=lacks_council,
        title=title_of_duty(one),
        state=duty_state(one, reader.today),
        action=finish_words(one) if may_finish else None,
        may_review=may_finish and one.kind is DutyKind.MINUTES and one.state is DutyState.OPEN,
        may_postpone=may_finish and one.state is DutyState.OPEN and not one.postponed,
        may_skip=may_finish and one.is_unfinished,
        may_reopen=may_finish and one.state in (DutyState.DONE, DutyState.NOT_APPLICABLE),
        form=form,
    )


def _days_before_council(session: Session, one: DutySnapshot) -> int:
    """Return how many working days the case is delivered before the meeting that treats it."""
    if one.treated_on is None:
        return 0
    years = range(one.promised_on.year, one.treated_on.year + 1)
    days = working_days(session, one.municipality_id, years, current_holidays_of())
    return days.between(one.promised_on, one.treated_on)


def _write(duty_id: int, step: Callable[[Session, Reader], object]) -> None:
    reader = the_reader()
    with current_parts().database.write() as session:
        finishable_duty(session, reader, duty_id)
        step(session, reader)


def _back(duty_id: int) -> ResponseReturnValue:
    return redirect(url_for("duty.index", duty_id=duty_id), 303)
