"""The round before publishing: what it would do, where it stands, and the dates it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.store.tables import DateRound
from scheduler.usecases.date_rounds.end_round import cancel_round, close_due_round, close_round
from scheduler.usecases.date_rounds.errors import (
    AlreadyOpenError,
    NobodyToAskError,
    RoundDayError,
    RoundStateError,
)
from scheduler.usecases.date_rounds.overview import RoundOverview, round_overview
from scheduler.usecases.date_rounds.rounds import (
    SentRound,
    open_round,
    remind_of_round,
    set_standing_dates,
)
from scheduler.usecases.date_rounds.standing import latest_round
from scheduler.usecases.year.replan_year import LostDates
from scheduler.usecases.year.working_days import working_days
from scheduler.usecases.year.year_plans import NothingToPublishError
from web.current import current_now, current_today
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import the_access
from web.pages.reading import current_holidays_of
from web.parts import current_parts
from web.planning.blueprint import Place, page, path_to, planning, planning_page, row_of
from web.planning.only_looking import only_look
from web.planning.replanning import show_mending
from web.row_ids import row_id

__all__ = [
    "cancel_form",
    "cancel_the_round",
    "close_form",
    "close_the_round",
    "new_dates",
    "remind",
    "round_page",
    "send_round",
]

_Done = TypeVar("_Done")

_WORKING_DAYS = 5
_MOST_DAYS = 90


@planning.get("/<period>/runde")
@planning_page
def round_page(place: Place) -> ResponseReturnValue:
    """Show where the round stands, or what sending one would do."""
    found = _overview(place)
    if found is not None and found.state in ("open", "closed") and "ny" not in request.args:
        return page("round", place, round=found, others=found.others)
    return _ask(place, Form({"closes_on": _default_day(place).isoformat()}))


@planning.post("/<period>/runde")
@planning_page
def send_round(place: Place) -> ResponseReturnValue:
    """Send the round; numbers that are others than those shown are looked at again first."""
    form = Form(request.form)
    closes_on = form.day("closes_on", _("Siste dag for svar"))
    if closes_on is not None and not 0 < (closes_on - current_today()).days <= _MOST_DAYS:
        form.refuse(
            "closes_on",
            _(
                "Siste dag for svar må være etter i dag, og høyst %(days)d dager fram",
                days=_MOST_DAYS,
            ),
        )
    if form.problems or closes_on is None:
        return _ask(place, form), 422
    looked = _look(place, closes_on)
    if looked is None or form.value("shown") != _shown(looked):
        return _ask(place, form, look_again=True), 409
    with current_parts().database.write() as database:
        done = _open(database, place, closes_on)
    flash(
        ngettext(
            "Forslaget er sendt på runde: %(num)d person får e-post.",
            "Forslaget er sendt på runde: %(num)d personer får e-post.",
            done.people,
        )
    )
    return redirect(path_to("round_page", place), 303)


@planning.post("/<period>/runde/minn")
@planning_page
def remind(place: Place) -> ResponseReturnValue:
    """Remind those who have not answered, once each."""
    count = _take(place, remind_of_round)
    flash(
        ngettext("%(num)d person får en påminnelse.", "%(num)d personer får en påminnelse.", count)
        if count
        else _("Alle har svart eller er minnet om det alt.")
    )
    return redirect(path_to("round_page", place), 303)


@planning.get("/<period>/runde/lukk")
@planning_page
def close_form(place: Place) -> ResponseReturnValue:
    """Show what closing the round before its day does."""
    return _end_form(place, "close")


@planning.post("/<period>/runde/lukk")
@planning_page
def close_the_round(place: Place) -> ResponseReturnValue:
    """Take no more answers."""
    _take(place, close_round)
    flash(_("Runden er lukket. Svarene teller når du finner nye datoer."))
    return redirect(path_to("round_page", place), 303)


@planning.get("/<period>/runde/avbryt")
@planning_page
def cancel_form(place: Place) -> ResponseReturnValue:
    """Show what calling the round off does."""
    return _end_form(place, "cancel")


@planning.post("/<period>/runde/avbryt")
@planning_page
def cancel_the_round(place: Place) -> ResponseReturnValue:
    """Call the round off and forget its answers."""
    _take(place, cancel_round)
    flash(_("Runden er avbrutt, og svarene er slettet."))
    return redirect(path_to("year", place), 303)


@planning.post("/<period>/runde/nye-datoer")
@planning_page
def new_dates(place: Place) -> ResponseReturnValue:
    """Find new dates for what did not fit, but for the dates that are to stand; show them first."""
    try:
        standing = frozenset(row_id(text) for text in request.form.getlist("stands"))
    except ValueError:
        abort(400)
    with current_parts().database.write() as database:
        found = _the_round(database, place)
        close_due_round(database, found, now=current_now())
        set_standing_dates(database, found, standing)
    return show_mending(place, LostDates(), Form(), back=path_to("round_page", place))


def _end_form(place: Place, step: str) -> ResponseReturnValue:
    found = _overview(place)
    may_be = ("open",) if step == "close" else ("open", "closed")
    if found is None or found.state not in may_be:
        return page("changed", place), 409
    return page("round_end", place, round=found, step=step)


def _take(place: Place, step: Callable[..., _Done]) -> _Done:
    """Take one step with the newest round of the period."""
    with current_parts().database.write() as database:
        return step(
            database,
            _the_round(database, place),
            now=current_now(),
            actor_id=the_access().person.id,
        )


def _overview(place: Place) -> RoundOverview | None:
    with current_parts().database.read() as database:
        found = latest_round(database, place.municipality.id, place.period)
        return round_overview(database, found, today=current_today()) if found else None


def _the_round(database: Session, place: Place) -> DateRound:
    found = latest_round(database, place.municipality.id, place.period)
    if found is None:
        raise RoundStateError
    return found


def _default_day(place: Place) -> date:
    today = current_today()
    with current_parts().database.read() as database:
        days = working_days(
            database, place.municipality.id, (today.year, today.year + 1), current_holidays_of()
        )
    return days.add(today, _WORKING_DAYS)


def _ask(place: Place, form: Form, *, look_again: bool = False) -> str:
    chosen = None if form.problems else form.day("closes_on", _("Siste dag for svar"))
    looked = _look(place, chosen or _default_day(place))
    return page(
        "round_send",
        place,
        form=form,
        looked=looked,
        shown=_shown(looked) if looked else "",
        look_again=look_again,
    )


def _look(place: Place, closes_on: date) -> SentRound | None:
    """Send the round and take it back: the numbers are those of the real thing."""
    try:
        return only_look(
            current_parts().database, lambda database: _open(database, place, closes_on)
        )
    except (AlreadyOpenError, NobodyToAskError, NothingToPublishError, RoundDayError):
        return None


def _open(database: Session, place: Place, closes_on: date) -> SentRound:
    return open_round(
        database,
        row_of(database, place),
        place.period,
        closes_on=closes_on,
        now=current_now(),
        actor_id=the_access().person.id,
    )


def _shown(looked: SentRound) -> str:
    return f"{looked.dates} {looked.people}"
