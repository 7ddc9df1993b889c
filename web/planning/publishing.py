"""Publishing a year: what it does is shown first, by doing it and taking it back."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.usecases.date_rounds.standing import is_open, latest_round
from scheduler.usecases.year.publish_year import Published, publish_year
from scheduler.usecases.year.undo_publish import UndoRefusedError, undo_publish, what_undo_does
from scheduler.usecases.year.year_plans import NothingToPublishError, find_year_plan
from web.current import current_now, current_today
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import the_access
from web.pages.reading import current_holidays_of
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    row_of,
)
from web.planning.only_looking import only_look
from web.planning.words import undo_refusal

__all__ = ["publish", "publish_form", "undo", "undo_form"]


@planning.get("/<period>/publiser")
@planning_page
def publish_form(place: Place) -> ResponseReturnValue:
    """Show how many meetings, duties and mails follow from publishing."""
    found, revision = _look(place)
    with current_parts().database.read() as database:
        latest = latest_round(database, place.municipality.id, place.period)
        round_open = latest is not None and is_open(latest, current_today())
    return page("publish", place, found=found, revision=revision, round_open=round_open)


@planning.post("/<period>/publiser")
@planning_page
def publish(place: Place) -> ResponseReturnValue:
    """Publish; a year that was changed since the preview is looked at again first."""
    shown = Form(request.form).number("revision", "", least=0, most=1_000_000)
    with current_parts().database.write() as database:
        plan = find_year_plan(database, place.municipality.id, place.period)
        if plan is None or plan.revision != shown:
            return page("changed", place), 409
        done = _publish(database, place)
    meetings = ngettext("%(num)d møte er publisert.", "%(num)d møter er publisert.", done.meetings)
    mails = ngettext("%(num)d person får e-post.", "%(num)d personer får e-post.", done.mails)
    flash(f"{meetings} {mails}")
    return redirect(path_to("year", place), 303)


@planning.get("/<period>/angre-publisering")
@planning_page
def undo_form(place: Place) -> ResponseReturnValue:
    """Show what taking the publishing back does, or why it cannot be done."""
    with current_parts().database.read() as database:
        found = what_undo_does(database, row_of(database, place), place.period)
    return page("undo", place, found=found, refusal=undo_refusal(found) if found.refusal else None)


@planning.post("/<period>/angre-publisering")
@planning_page
def undo(place: Place) -> ResponseReturnValue:
    """Take the publishing back."""
    try:
        with current_parts().database.write() as database:
            undo_publish(
                database,
                row_of(database, place),
                place.period,
                now=current_now(),
                actor_id=the_access().person.id,
            )
    except UndoRefusedError:
        with current_parts().database.read() as database:
            found = what_undo_does(database, row_of(database, place), place.period)
        return page("undo", place, found=found, refusal=undo_refusal(found)), 409
    flash(_("Publiseringen er angret. Møtene er foreslått igjen, og ingen får e-post om dem."))
    return redirect(path_to("year", place), 303)


def _look(place: Place) -> tuple[Published | None, int]:
    """Publish and take it back: the numbers are those of the real thing."""

    def step(database: Session) -> tuple[Published | None, int]:
        plan = find_year_plan(database, place.municipality.id, place.period)
        revision = plan.revision if plan else 0
        try:
            return _publish(database, place), revision
        except NothingToPublishError:
            return None, revision

    return only_look(current_parts().database, step)


def _publish(database: Session, place: Place) -> Published:
    return publish_year(
        database,
        row_of(database, place),
        place.period,
        now=current_now(),
        holidays_of=current_holidays_of(),
        actor_id=the_access().person.id,
    )
