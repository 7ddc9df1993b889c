"""The blueprint of planning, its gate, and what each of its pages starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import Role
from scheduler.domain.periods import Period
from scheduler.store.tables import Municipality
from scheduler.usecases.access.access import AccessMunicipality
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.positions import position_lines
from scheduler.usecases.date_rounds.errors import AlreadyOpenError, RoundStateError
from scheduler.usecases.visibility import Selection, visible_forums
from scheduler.usecases.year.year_to_plan import YearToPlan, read_year_to_plan
from web.current import current_access, current_municipality, current_now, current_today
from web.login.required import NEXT_KEY, the_access
from web.pages.periods import period_in_address, period_of_address
from web.pages.reading import current_holidays_of
from web.parts import current_parts

__all__ = [
    "Place",
    "members_only_slugs",
    "page",
    "path_to",
    "planning",
    "planning_page",
    "read_planned",
    "row_of",
    "the_acting",
    "the_place",
    "to_login",
    "visible_slugs",
]

planning = Blueprint("planning", __name__, url_prefix="/<municipality>/planlegg")


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality and the period that a page is about."""

    municipality: AccessMunicipality
    period: Period

    @property
    def label(self) -> str:
        """Return the period as an address has it."""
        return period_in_address(self.period)


def planning_page(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let only planners of the municipality in; give the view its place."""

    @wraps(view)
    def gate(municipality: str, period: str, **values: Any) -> ResponseReturnValue:
        del municipality
        away = to_login()
        if away is not None:
            return away
        place = the_place(period_of_address(period))
        try:
            return view(place, **values)
        except (AlreadyOpenError, RoundStateError):
            # Somebody else, or the day, took the round a step on after the page was shown.
            return page("changed", place), 409

    return gate


def to_login() -> ResponseReturnValue | None:
    """Send a stranger to the log-in, and back here after it; None for anybody else."""
    if current_access() is not None:
        return None
    if request.method == "GET":
        session[NEXT_KEY] = request.full_path.removesuffix("?")
    return redirect(url_for("login.ask"), 303)


def the_place(period: Period) -> Place:
    """Return the place of a page; others than planners are forbidden.

    The planner sees the dates of forums for their members alone (privacy rule 4), so that whoever
    administers must be given the planner's role too, and it stands in the log. The page says how.
    """
    found = current_municipality()
    if found is None:
        abort(404)
    access = the_access()
    if not access.may_plan(found.id):
        tells_how = access.may_administer(found.id)
        abort(make_response(_not_a_planner(found), 403) if tells_how else 403)
    return Place(found, period)


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


def members_only_slugs(database: Session, place: Place) -> frozenset[str]:
    """Return the slugs of the case-level forums in which the reader has no seat.

    A planner knows their dates and nothing that counts their members (privacy rule 4).
    """
    forums = visible_forums(
        database, the_access().viewer, Selection(municipality_id=place.municipality.id)
    )
    return frozenset(forum.slug for forum in forums if forum.level.is_case and not forum.by_seat)


def case_slugs(database: Session, place: Place) -> frozenset[str]:
    """Return the slugs of the case-level forums, whose place planning never shows.

    Planning needs their dates; where a case is spoken of is for members (privacy rule 4).
    """
    forums = visible_forums(
        database, the_access().viewer, Selection(municipality_id=place.municipality.id)
    )
    return frozenset(forum.slug for forum in forums if forum.level.is_case)


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


def _not_a_planner(here: AccessMunicipality) -> str:
    acting = Acting(
        municipality_id=here.id,
        person_id=the_access().person.id,
        now=current_now(),
        today=current_today(),
    )
    own = {one.slug for one in the_access().positions if one.municipality_id == here.id}
    with current_parts().database.read() as database:
        lines = position_lines(database, acting)
    return render_template(
        "planning/not_planner.html",
        here=here,
        positions=[
            (line.slug, line.title) for line in sorted(lines, key=lambda one: one.slug not in own)
        ],
        planners=[line.title for line in lines if Role.PLANNER in line.roles],
    )
