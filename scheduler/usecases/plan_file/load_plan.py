"""Loads a checked plan file into the database, or tells what loading it would do."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlmodel import Session

from scheduler.domain.planfile import PlanFile
from scheduler.store.tables import AuditEvent, Forum, Municipality
from scheduler.usecases.feeds.printed import end_closed_addresses
from scheduler.usecases.feeds.reworded import rewording
from scheduler.usecases.feeds.sweep import forget_closed
from scheduler.usecases.plan_file.desired import desired_rows
from scheduler.usecases.plan_file.difference import Change, Difference, difference
from scheduler.usecases.plan_file.record import TABLES, Key, Record, Ref
from scheduler.usecases.plan_file.report import LoadReport
from scheduler.usecases.plan_file.standing import Standing, read_standing

__all__ = ["load_plan", "preview_plan"]


def load_plan(
    session: Session, plan: PlanFile, *, now: datetime, actor_id: int | None
) -> LoadReport:
    """Make the database say what the plan file says, matched by slug.

    The session must be in a transaction that writes; the caller commits. Nothing that is missing
    from the file is removed. Every added and changed row is written to the log with `now` (aware)
    and the person who loaded it, or None from the command line. A second run changes nothing.
    """
    standing = read_standing(session, plan.municipality.slug)
    found = _compare(plan, standing)
    if found.added or found.changed:
        _Writer(session, standing, now, actor_id).write(found)
    return _report(plan, found)


def preview_plan(session: Session, plan: PlanFile) -> LoadReport:
    """Return the report that `load_plan` would give, writing nothing."""
    return _report(plan, _compare(plan, read_standing(session, plan.municipality.slug)))


def _compare(plan: PlanFile, standing: Standing) -> Difference:
    desired = desired_rows(plan, earlier_choices=standing.choices(), settled=standing.settled())
    return difference(desired, standing.values)


def _report(plan: PlanFile, found: Difference) -> LoadReport:
    return LoadReport(
        added=len(found.added),
        changed=len(found.changed),
        unchanged=len(found.unchanged),
        missing=tuple(str(key) for key in found.missing),
        warnings=plan.warnings,
        changes=(*found.added, *found.changed),
    )


class _Writer:
    """Writes a difference, turning slugs into numbers as the rows get them."""

    def __init__(
        self, session: Session, standing: Standing, now: datetime, actor_id: int | None
    ) -> None:
        self._session = session
        self._rows = dict(standing.rows)
        self._municipality_id = standing.municipality_id
        self._now = now
        self._actor_id = actor_id

    def write(self, found: Difference) -> None:
        """Write every added and changed row, and an event in the log for each."""
        # A changed row may point to an added one, so the added ones come first; they never
        # point to what only a change would bring.
        for change in found.added:
            self._add(change)
        if found.changed:
            with rewording(self._session, self._municipality_id, now=self._now):
                for change in found.changed:
                    self._change(change)
        self._session.flush()
        if self._municipality_id is not None:
            # A forum on paper may be its members' alone by now (privacy rule 4).
            end_closed_addresses(self._session, self._municipality_id, now=self._now)
            forget_closed(self._session, self._municipality_id)

    def _change(self, change: Change) -> None:
        row = self._rows[change.key]
        values = self._columns(change.after)
        if isinstance(row, Forum):
            values |= _earlier_places(row, values)
        for column, value in values.items():
            setattr(row, column, value)
        self._session.add(row)
        self._log("plan_file.changed", change, row)

    def _add(self, change: Change) -> None:
        key = change.key
        values = self._columns(change.after)
        table = TABLES[key.entity]
        columns = table.model_fields
        if "slug" in columns:
            values["slug"] = key.slug
        if "municipality_id" in columns:
            values["municipality_id"] = self._municipality_id
        row = table(**values)
        self._session.add(row)
        self._session.flush()
        self._rows[key] = row
        if isinstance(row, Municipality):
            self._municipality_id = row.id
        self._log("plan_file.added", change, row)

    def _columns(self, record: Record) -> Record:
        return {column: self._number(value) for column, value in record.items()}

    def _number(self, value: Any) -> Any:
        if isinstance(value, Ref):
            return self._rows[Key(value.entity, value.slug)].id
        return value

    def _log(self, action: str, change: Change, row: Any) -> None:
        self._session.add(
            AuditEvent(
                at=self._now,
                municipality_id=self._municipality_id,
                person_id=self._actor_id,
                action=action,
                entity=change.key.entity.value,
                entity_id=row.id,
                before=None if change.before is None else _plain(change.before),
                after=_plain(change.after),
            )
        )


def _earlier_places(forum: Forum, values: Record) -> Record:
    """Return the words to know the forum's room by, where its mailbox or its place gets others.

    The meetings that were set before keep the words that they have, and the room with them. With
    another mailbox it is another room, whose earlier words nobody has given.
    """
    if values.get("room_email", forum.room_email) != forum.room_email:
        return {"earlier_places": []}
    place = values.get("place", forum.place)
    if place == forum.place:
        return {}
    earlier = {*forum.earlier_places, *([forum.place] if forum.place else [])} - {place}
    return {"earlier_places": sorted(earlier)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Ref):
        return value.slug
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return value
