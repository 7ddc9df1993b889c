"""Where the year stands, and the steps to a published one."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import MeetingState, PeriodKind
from scheduler.domain.periods import period_of
from scheduler.planning import say_finding
from scheduler.store.tables import Municipality
from scheduler.usecases.administration.closed_periods import closed_lines
from scheduler.usecases.year.kept_proposals import latest_kept
from scheduler.usecases.year.rhythms import forum_rhythms
from scheduler.usecases.year.standing import year_meetings
from scheduler.usecases.year.undo_publish import what_undo_does
from scheduler.usecases.year.year_plans import find_year_plan
from scheduler.usecases.year.year_to_plan import what_is_wrong
from web.current import current_access, current_now, current_today
from web.language import current_language
from web.login.required import NEXT_KEY
from web.pages.periods import period_in_address
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    read_planned,
    row_of,
    the_acting,
    the_place,
    visible_slugs,
)
from web.planning.words import search_words

__all__ = ["index", "year"]


@planning.get("")
def index(municipality: str) -> ResponseReturnValue:
    """Go to the year that is most likely to be planned: the first that is not published."""
    if current_access() is None:
        session[NEXT_KEY] = request.path
        return redirect(url_for("login.ask"), 303)
    today = current_today()
    with current_parts().database.read() as database:
        # The gate is asked with any period; which one to show needs the municipality's row.
        place = the_place(period_of(today, PeriodKind.CALENDAR_YEAR))
        row = database.get_one(Municipality, place.municipality.id)
        shown = period_of(today, row.period_kind)
        plan = find_year_plan(database, place.municipality.id, shown)
        if plan is not None and plan.published_at is not None:
            shown = shown.moved(1)
    return redirect(
        url_for("planning.year", municipality=municipality, period=period_in_address(shown)), 303
    )


@planning.get("/<period>")
@planning_page
def year(place: Place) -> ResponseReturnValue:
    """Show what is settled, what is missing, and what comes next."""
    language = current_language()
    with current_parts().database.read() as database:
        row = row_of(database, place)
        planned = read_planned(database, place)
        slugs = visible_slugs(database, place)
        wrong = what_is_wrong(planned.year)
        rhythms = () if wrong else forum_rhythms(database, row, planned.year)
        lines = closed_lines(database, the_acting(place))
        meetings = [
            one
            for one in year_meetings(database, place.municipality.id, place.period)
            if one.forum in slugs
        ]
        kept = latest_kept(database, place.municipality.id, place.period, now=current_now())
        plan = find_year_plan(database, place.municipality.id, place.period)
        undo = what_undo_does(database, row, place.period)
    shown = [
        found for found in wrong if place.sees_all or found.slug is None or found.slug in slugs
    ]
    return page(
        "overview",
        place,
        findings=[say_finding(found, language) for found in shown],
        is_wrong=bool(wrong),
        unknown=[one for one in rhythms if one.needs_choice and one.slug in slugs],
        forums=len([one for one in rhythms if one.slug in slugs]),
        unconfirmed=len(
            [one for one in lines if not one.confirmed and _touches(place, one.starts_on)]
        ),
        confirmed=len([one for one in lines if one.confirmed and _touches(place, one.starts_on)]),
        proposed=sum(one.state is MeetingState.PROPOSED for one in meetings),
        published=sum(
            one.state not in (MeetingState.PROPOSED, MeetingState.CANCELLED) for one in meetings
        ),
        kept=kept,
        searching=search_words(kept.state, kept.parts_done, kept.parts) if kept else "",
        plan=plan,
        undo=undo,
        earlier=_link(place, -1),
        later=_link(place, 1),
    )


def _touches(place: Place, day: date) -> bool:
    return place.period.starts_on <= day <= place.period.ends_on


def _link(place: Place, years: int) -> tuple[str, str]:
    other = Place(place.municipality, place.period.moved(years), place.sees_all)
    return path_to("year", other), other.period.label
