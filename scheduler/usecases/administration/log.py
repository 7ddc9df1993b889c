"""The log of one municipality: who did what, when, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    ClosedPeriod,
    Forum,
    Holder,
    Leave,
    Meeting,
    Person,
    Position,
)
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.hidden import event_is_open, hidden_forums
from scheduler.usecases.viewer import Viewer

__all__ = ["LogLine", "LogPage", "read_log"]

_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One event; `who` is None for the command line, `about` names the row if it still stands."""

    id: int
    at: datetime
    who: str | None
    action: str
    about: str | None
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

    Events of case-level forums where the reader has no seat are left out (PRIVACY.md 4).
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
    return LogPage(
        lines=tuple(
            LogLine(
                id=id_of(event),
                at=event.at,
                who=name,
                action=event.action,
                about=names.get((event.entity, event.entity_id)),
                before=event.before or {},
                after=event.after or {},
            )
            for event, name in shown
        ),
        older_than=id_of(shown[-1][0]) if len(rows) > _A_PAGE else None,
    )


def _names(session: Session, events: list[AuditEvent]) -> dict[tuple[str, int | None], str]:
    """Return what the rows are called today, looked up by what the events are about."""
    ids: dict[str, set[int]] = {}
    for event in events:
        if event.entity_id is not None:
            ids.setdefault(event.entity, set()).add(event.entity_id)
    found: dict[tuple[str, int | None], str] = {}

    def keep(entity: str, rows: Any) -> None:
        found.update({(entity, number): name for number, name in rows})

    keep(
        "position",
        session.exec(
            select(col(Position.id), Position.title).where(
                col(Position.id).in_(ids.get("position", ()))
            )
        ),
    )
    keep(
        "forum",
        session.exec(
            select(col(Forum.id), Forum.name).where(col(Forum.id).in_(ids.get("forum", ())))
        ),
    )
    keep(
        "meeting",
        session.exec(
            select(col(Meeting.id), Forum.name)
            .join(Forum, col(Forum.id) == col(Meeting.forum_id))
            .where(col(Meeting.id).in_(ids.get("meeting", ())))
        ),
    )
    keep(
        "closed",
        session.exec(
            select(col(ClosedPeriod.id), ClosedPeriod.name).where(
                col(ClosedPeriod.id).in_(ids.get("closed", ()))
            )
        ),
    )
    keep(
        "holder",
        session.exec(
            select(col(Holder.id), Position.title)
            .join(Position, col(Position.id) == col(Holder.position_id))
            .where(or_(col(Holder.id).in_(ids.get("holder", ()))))
        ),
    )
    keep(
        "leave",
        session.exec(
            select(col(Leave.id), Position.title)
            .join(Holder, col(Holder.id) == col(Leave.holder_id))
            .join(Position, col(Position.id) == col(Holder.position_id))
            .where(col(Leave.id).in_(ids.get("leave", ())))
        ),
    )
    return found
