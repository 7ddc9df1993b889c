"""The pages of content, one blueprint a resource."""

from __future__ import annotations

from flask import Blueprint

from web.pages.action import action
from web.pages.answer import answer
from web.pages.calendar import calendar
from web.pages.change_meeting import change_meeting
from web.pages.choice import choice
from web.pages.date_round import date_round
from web.pages.duties import duties
from web.pages.duty import duty
from web.pages.end_address import end_address
from web.pages.forum import forum
from web.pages.meeting import meeting
from web.pages.new_meeting import new_meeting
from web.pages.outlook import outlook
from web.pages.person import person
from web.pages.preferences import preferences
from web.pages.retire_forum import retire_forum
from web.pages.subscribe import subscribe
from web.pages.wheel import wheel

__all__ = ["page_blueprints"]


def page_blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprints of every page of content."""
    return (
        person,
        wheel,
        calendar,
        forum,
        meeting,
        new_meeting,
        retire_forum,
        change_meeting,
        outlook,
        duties,
        duty,
        subscribe,
        end_address,
        preferences,
        choice,
        action,
        answer,
        date_round,
    )
