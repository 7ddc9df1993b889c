"""Takes out of use what a plan file no longer names, when a person asks for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session

from scheduler.domain.planfile import PlanFile
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent
from scheduler.usecases.plan_file.desired import desired_rows
from scheduler.usecases.plan_file.difference import difference
from scheduler.usecases.plan_file.record import Entity
from scheduler.usecases.plan_file.standing import read_standing

__all__ = ["retire_missing"]


def retire_missing(
    session: Session,
    plan: PlanFile,
    names: Collection[str],
    *,
    today: date,
    now: datetime,
    actor_id: int | None,
) -> tuple[str, ...]:
    """Retire rows that the file does not name from `today`; return those that were.

    `names` are chosen from `LoadReport.missing`; others are passed over, and so are units, which
    have no last day. A retired row keeps its history, and comes back when a file names it again.
    A link has no history and is removed.
    """
    standing = read_standing(session, plan.municipality.slug)
    desired = desired_rows(plan, earlier_choices=standing.choices(), settled=standing.settled())
    retired = []
    for key in difference(desired, standing.values).missing:
        if str(key) not in names or key.entity is Entity.UNIT:
            continue
        row = standing.rows[key]
        session.add(
            AuditEvent(
                at=now,
                municipality_id=standing.municipality_id,
                person_id=actor_id,
                action="plan_file.retired",
                entity=key.entity.value,
                entity_id=id_of(row),
                after={"slug": key.slug, "retired_on": today.isoformat()},
            )
        )
        if key.entity is Entity.LINK:
            session.delete(row)
        else:
            row.retired_on = today
            session.add(row)
        retired.append(str(key))
    session.flush()
    return tuple(retired)
