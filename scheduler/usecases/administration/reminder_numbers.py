"""The numbers of the reminders: the municipality's, and those that one forum has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.enums import UNFINISHED_STATES
from scheduler.domain.reminders import reminder_settings
from scheduler.store.in_force import in_use
from scheduler.store.tables import Duty, Forum, Municipality
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.administration.hidden import hidden_forums
from scheduler.usecases.reminders import schedule_duty_reminders
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["change_numbers", "forums_with_numbers", "own_numbers", "used_numbers"]


def used_numbers(session: Session, acting: Acting, names: tuple[str, ...]) -> dict[str, int]:
    """Return the municipality's numbers, as they are used where nothing was chosen too."""
    settings = reminder_settings(session.get_one(Municipality, acting.municipality_id).choices)
    return {name: int(getattr(settings, name)) for name in names}


def own_numbers(session: Session, acting: Acting, forum_slug: str) -> dict[str, int]:
    """Return the numbers that the forum has of its own."""
    choices = session.get_one(Municipality, acting.municipality_id).choices
    own = choices.get("reminders", {}).get("forums", {}).get(forum_slug, {})
    return {name: value for name, value in own.items() if type(value) is int}


def forums_with_numbers(
    session: Session, acting: Acting, viewer: Viewer
) -> tuple[tuple[str, str, int], ...]:
    """Return slug, name and how many numbers of its own each forum has, by name.

    A case-level forum is there for its members alone (privacy rule 4).
    """
    hidden = hidden_forums(session, viewer, acting.municipality_id)
    rows = session.exec(
        select(Forum)
        .where(
            Forum.municipality_id == acting.municipality_id, in_use(Forum.retired_on, acting.today)
        )
        .order_by(col(Forum.name), col(Forum.id))
    )
    return tuple(
        (row.slug, row.name, len(own_numbers(session, acting, row.slug)))
        for row in rows
        if row.id not in hidden
    )


def change_numbers(
    session: Session,
    acting: Acting,
    wanted: Mapping[str, int | None],
    *,
    forum_slug: str | None,
    holidays_of: HolidaysOf,
) -> None:
    """Keep the numbers, of the municipality or of one forum; None is "as the municipality's".

    The reminders that wait follow at once, in the same transaction.

    Raises:
        NotHereError: the municipality has no such forum.
    """
    row = session.get_one(Municipality, acting.municipality_id)
    reminders: dict[str, Any] = dict(row.choices.get("reminders", {}))
    forum_id = None
    if forum_slug is None:
        before = dict(reminders)
        reminders = _with(reminders, wanted)
        after = reminders
    else:
        forum_id = session.exec(
            select(Forum.id).where(
                Forum.municipality_id == acting.municipality_id, Forum.slug == forum_slug
            )
        ).one_or_none()
        if forum_id is None:
            raise NotHereError(forum_slug)
        forums = dict(reminders.get("forums", {}))
        before = dict(forums.get(forum_slug, {}))
        after = forums[forum_slug] = _with(before, wanted)
        reminders["forums"] = forums
    row.choices = {**row.choices, "reminders": reminders}
    session.add(row)
    note(
        session,
        acting,
        "reminders.numbers",
        entity="municipality" if forum_slug is None else "forum",
        entity_id=acting.municipality_id if forum_slug is None else forum_id,
        before={name: before.get(name) for name in wanted},
        after={name: after.get(name) for name in wanted},
    )
    conditions: list[ColumnElement[bool] | bool] = [
        Duty.municipality_id == acting.municipality_id,
        col(Duty.state).in_(UNFINISHED_STATES),
    ]
    if forum_id is not None:
        conditions.append(Duty.forum_id == forum_id)
    ids = [each for each in session.exec(select(Duty.id).where(*conditions)) if each is not None]
    schedule_duty_reminders(session, ids, now=acting.now, holidays_of=holidays_of)


def _with(numbers: Mapping[str, Any], wanted: Mapping[str, int | None]) -> dict[str, Any]:
    kept = {name: value for name, value in numbers.items() if name not in wanted}
    return kept | {name: value for name, value in wanted.items() if value is not None}
