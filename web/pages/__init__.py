"""The pages of content, one blueprint a resource."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from scheduler.usecases.year.closed_days import HolidaysOf
from web.pages.action import action
from web.pages.calendar import calendar
from web.pages.duties import duties
from web.pages.forum import forum
from web.pages.meeting import meeting
from web.pages.person import person
from web.pages.reading import HOLIDAYS_KEY
from web.pages.subscribe import subscribe
from web.pages.wheel import wheel

__all__ = ["page_blueprints"]


def page_blueprints(holidays_of: HolidaysOf) -> tuple[Blueprint, ...]:
    """Return the blueprints of every page of content.

    `holidays_of` gives the public holidays of a year: a moved meeting's deadlines are counted in
    working days, and the calendar names the days.
    """
    holidays = Blueprint("holidays", __name__)

    @holidays.record
    def _keep(state: BlueprintSetupState) -> None:
        state.app.extensions[HOLIDAYS_KEY] = holidays_of

    return (holidays, person, wheel, calendar, forum, meeting, duties, subscribe, action)
