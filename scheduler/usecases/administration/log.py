"""The log of one municipality: who did what, when, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    ClosedPeriod,
    Duty,
    Forum,
    Holder,
    Leave,
    Measure,
    Meeting,
    MunicipalService,
    Person,
    Position,
    RecurringDuty,
    Seat,
    Unit,
    YearPlan,
)
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.hidden import event_is_open, hidden_forums
from scheduler.usecases.pages.duties import read_duties
from scheduler.usecases.viewer import Viewer

__all__ = ["LogLine", "LogPage", "read_log"]

_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One event; `who` is None for the command line, `about` names the row if it still stands.

    `duty` is the dated duty that it is about instead: what it is called depends on the language.
    """

    id: int
    at: datetime
    who: str | None
    action: str
    entity: str
    about: str | None
    duty: DutySnapshot | None
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some events, and the id to go on from where there are older ones."""

    lines: tuple[LogLine, ...]
    older_than: int | None


def read_log(
    session: Session, acting: Acting, viewer: Viewer, *, older_than: int | None = None
) -> LogPage:
    """Return the newest events, or the next older ones.

    Events of case-level forums where the reader has no seat are left out (privacy rule 4). How
    many dates and people a step of a year was about counts those forums in, so that it is told to
    planners alone, who see the dates.
    """
    conditions = [
        col(AuditEvent.municipality_id) == acting.municipality_id,
        event_is_open(hidden_forums(session, viewer, acting.municipality_id)),
    ]
    if older_than is not None:
        conditions.append(col(AuditEvent.id) < older_than)
    rows = session.exec(
        select(AuditEvent, Person.name)
        .outerjoin(Person, col(Person.id) == col(AuditEvent.person_id))
        .where(*conditions)
        .order_by(col(AuditEvent.id).desc())
        .limit(_A_PAGE + 1)
    ).all()
    shown = rows[:_A_PAGE]
    names = _names(session, [event for event, _name in shown])
    duties = _duties(session, [event for event, _name in shown])
    counts = acting.municipality_id in viewer.planner_of
    return LogPage(
        lines=tuple(
            LogLine(
                id=id_of(event),
                at=event.at,
                who=name,
                action=event.action,
                entity=event.entity,
                about=names.get((_sort(event), event.entity_id)),
                duty=duties.get(event.entity_id) if _sort(event) == "duty" else None,
                before=_told(event, event.before, counts=counts),
                after=_told(event, event.after, counts=counts),
            )
            for event, name in shown
        ),
        older_than=id_of(shown[-1][0]) if len(rows) > _A_PAGE else None,
    )


def _told(event: AuditEvent, values: dict[str, Any] | None, *, counts: bool) -> dict[str, Any]:
    values = values or {}
    if event.entity == "municipality" and isinstance(values.get("choices"), dict):
        # What forums have of their own stands there by name, those for their members alone too.
        own = {name: value for name, value in values["choices"].items() if name != "reminders"}
        return values | {"choices": own}
    if event.entity != "year_plan" or counts:
        return values
    return {name: value for name, value in values.items() if type(value) is not int}


def _names(session: Session, events: list[AuditEvent]) -> dict[tuple[str, int | None], str]:
    """Return what the rows are called today, looked up by what the events are about."""
    ids: dict[str, set[int]] = {}
    for event in events:
        if event.entity_id is not None:
            ids.setdefault(_sort(event), set()).add(event.entity_id)
    found: dict[tuple[str, int | None], str] = {}
    for entity, query in _QUERIES.items():
        wanted = ids.get(entity)
        if wanted:
            number = query.selected_columns[0]
            rows = session.connection().execute(query.where(number.in_(wanted)))
            found.update({(entity, row[0]): row[1] for row in rows})
    return found


def _duties(session: Session, events: list[AuditEvent]) -> dict[int | None, DutySnapshot]:
    ids = {event.entity_id for event in events if _sort(event) == "duty"} - {None}
    return {one.id: one for one in read_duties(session, col(Duty.id).in_(ids))} if ids else {}


def _sort(event: AuditEvent) -> str:
    """Return what the event is about; the plan file's duties are those that return."""
    of_plan_file = event.entity == "duty" and event.action.startswith("plan_file.")
    return "recurring" if of_plan_file else event.entity


# What each sort of row is called: its id and its name.
_QUERIES: dict[str, Any] = {
    "unit": select(col(Unit.id), Unit.name),
    "person": select(col(Person.id), Person.name),
    "position": select(col(Position.id), Position.title),
    "service": select(col(MunicipalService.id), MunicipalService.name),
    "forum": select(col(Forum.id), Forum.name),
    "seat": select(col(Seat.id), col(Forum.name) + ", " + col(Position.title))
    .join(Forum, col(Forum.id) == col(Seat.forum_id))
    .join(Position, col(Position.id) == col(Seat.position_id)),
    "measure": select(col(Measure.id), Measure.name),
    "meeting": select(col(Meeting.id), Forum.name).join(
        Forum, col(Forum.id) == col(Meeting.forum_id)
    ),
    "recurring": select(col(RecurringDuty.id), RecurringDuty.name),
    "closed": select(col(ClosedPeriod.id), ClosedPeriod.name),
    "holder": select(col(Holder.id), Position.title).join(
        Position, col(Position.id) == col(Holder.position_id)
    ),
    "leave": select(col(Leave.id), Position.title)
    .join(Holder, col(Holder.id) == col(Leave.holder_id))
    .join(Position, col(Position.id) == col(Holder.position_id)),
    "year_plan": select(col(YearPlan.id), YearPlan.period),
}
