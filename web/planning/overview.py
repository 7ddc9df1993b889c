"""Where the year stands, and the steps to a published one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import MeetingState, PeriodKind
from scheduler.domain.periods import period_of
from scheduler.planning import say_finding
from scheduler.store.tables import Municipality
from scheduler.usecases.administration.closed_periods import closed_lines
from scheduler.usecases.date_rounds.overview import round_overview
from scheduler.usecases.date_rounds.standing import latest_round
from scheduler.usecases.open_questions import OpenQuestion, QuestionKind, open_questions
from scheduler.usecases.year.kept_proposals import KEPT_PROPOSALS, latest_kept
from scheduler.usecases.year.rhythms import ForumRhythm, forum_rhythms
from scheduler.usecases.year.standing import year_meetings
from scheduler.usecases.year.undo_publish import what_undo_does
from scheduler.usecases.year.year_plans import find_year_plan
from scheduler.usecases.year.year_to_plan import what_is_wrong
from web.current import current_now, current_today
from web.language import current_language
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
    to_login,
    visible_slugs,
)
from web.planning.closed import missing_school_years
from web.planning.words import search_words

__all__ = ["index", "year"]

_OF_A_FORUM = frozenset(
    {
        QuestionKind.LEVEL,
        QuestionKind.RHYTHM,
        QuestionKind.UNITS,
        QuestionKind.CONVENER,
        QuestionKind.MINUTE_TAKER,
    }
)


@planning.get("")
def index(municipality: str) -> ResponseReturnValue:
    """Go to the year that is most likely to be planned: the first that is not published."""
    away = to_login()
    if away is not None:
        return away
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
        unsettled = open_questions(database, place.municipality.id, today=current_today())
        undo = what_undo_does(database, row, place.period)
        found = latest_round(database, place.municipality.id, place.period)
        asked = round_overview(database, found, today=current_today()) if found else None
    seen = [one for one in rhythms if one.slug in slugs]
    return page(
        "overview",
        place,
        findings=[say_finding(found, language) for found in wrong],
        is_wrong=bool(wrong),
        unknown=[one for one in seen if one.needs_choice],
        forums=len(seen),
        asked_of_forums=_asked_of(seen, unsettled),
        unconfirmed=len(
            [one for one in lines if not one.confirmed and _touches(place, one.starts_on)]
        ),
        missing=missing_school_years(lines, place.period),
        confirmed=len([one for one in lines if one.confirmed and _touches(place, one.starts_on)]),
        proposed=sum(one.state is MeetingState.PROPOSED for one in meetings),
        published=sum(
            one.state not in (MeetingState.PROPOSED, MeetingState.CANCELLED) for one in meetings
        ),
        kept=kept,
        kept_most=KEPT_PROPOSALS,
        searching=search_words(kept.state, kept.parts_done, kept.parts) if kept else "",
        plan=plan,
        unsettled=len(unsettled),
        undo=undo,
        round=asked,
        earlier=_link(place, -1),
        later=_link(place, 1),
    )


def _asked_of(forums: Sequence[ForumRhythm], questions: Sequence[OpenQuestion]) -> bool:
    """Tell whether the plan leaves anything open about one of the forums."""
    slugs, names = {one.slug for one in forums}, {one.name for one in forums}
    return any(
        (asked.kind in _OF_A_FORUM and asked.slug in slugs) or asked.about in names
        for asked in questions
    )


def _touches(place: Place, day: date) -> bool:
    return place.period.starts_on <= day <= place.period.ends_on


def _link(place: Place, years: int) -> tuple[str, str]:
    other = Place(place.municipality, place.period.moved(years))
    return path_to("year", other), other.period.label
