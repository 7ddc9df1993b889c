"""The blueprint of planning, its gate, and what each of its pages starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.periods import Period
from scheduler.store.tables import Municipality
from scheduler.usecases.access.access import AccessMunicipality
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.visibility import Selection, visible_forums
from scheduler.usecases.year.year_to_plan import YearToPlan, read_year_to_plan
from web.current import current_access, current_municipality, current_now, current_today
from web.login.required import NEXT_KEY, the_access
from web.pages.periods import period_in_address, period_of_address
from web.pages.reading import current_holidays_of

__all__ = [
    "Place",
    "page",
    "path_to",
    "planning",
    "planning_page",
    "read_planned",
    "row_of",
    "the_acting",
    "the_place",
    "visible_slugs",
]

planning = Blueprint("planning", __name__, url_prefix="/<municipality>/planlegg")


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality and the period that a page is about.

    `sees_all` is the planner's: an administrator who does not plan sees no forum that is for its
    members alone, unless they are one (privacy rule 4).
    """

    municipality: AccessMunicipality
    period: Period
    sees_all: bool

    @property
    def label(self) -> str:
        """Return the period as an address has it."""
        return period_in_address(self.period)


def planning_page(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let only planners and administrators of the municipality in; give the view its place."""

    @wraps(view)
    def gate(municipality: str, period: str, **values: Any) -> ResponseReturnValue:
        del municipality
        if current_access() is None:
            if request.method == "GET":
                session[NEXT_KEY] = request.full_path.removesuffix("?")
            return redirect(url_for("login.ask"), 303)
        return view(the_place(period_of_address(period)), **values)

    return gate


def the_place(period: Period) -> Place:
    """Return the place of a page; others than planners and administrators are forbidden."""
    found = current_municipality()
    if found is None:
        abort(404)
    access = the_access()
    plans = access.may_plan(found.id)
    if not plans and not access.may_administer(found.id):
        abort(403)
    return Place(found, period, sees_all=plans)


def the_acting(place: Place) -> Acting:
    """Return who changes something, where and when."""
    return Acting(
        municipality_id=place.municipality.id,
        person_id=the_access().person.id,
        now=current_now(),
        today=current_today(),
    )


def row_of(database: Session, place: Place) -> Municipality:
    """Return the municipality's row."""
    return database.get_one(Municipality, place.municipality.id)


def read_planned(database: Session, place: Place) -> YearToPlan:
    """Return the year as it is to be planned."""
    return read_year_to_plan(
        database,
        place.municipality.slug,
        place.period,
        today=current_today(),
        holidays_of=current_holidays_of(),
    )


def visible_slugs(database: Session, place: Place) -> frozenset[str]:
    """Return the slugs of the forums that the reader may know of."""
    forums = visible_forums(
        database, the_access().viewer, Selection(municipality_id=place.municipality.id)
    )
    return frozenset(forum.slug for forum in forums)


def path_to(name: str, place: Place, **values: Any) -> str:
    """Return the address of a page of planning in this place."""
    return url_for(
        f"planning.{name}", municipality=place.municipality.slug, period=place.label, **values
    )


def page(template: str, place: Place, **values: Any) -> str:
    """Render a page of planning."""
    return render_template(
        f"planning/{template}.html",
        place=place,
        to=lambda name, **more: path_to(name, place, **more),
        **values,
    )
