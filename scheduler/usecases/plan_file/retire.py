"""Takes out of use what a plan file no longer names, when a person asks for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from scheduler.domain.planfile import PlanFile
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent
from scheduler.usecases.plan_file.desired import desired_rows
from scheduler.usecases.plan_file.difference import difference, goes_with_forum
from scheduler.usecases.plan_file.record import Entity, Key
from scheduler.usecases.plan_file.standing import Standing, read_standing
from scheduler.usecases.retiring import CalledOff, call_off_meetings
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["Retired", "retire_missing"]


@dataclass(frozen=True, slots=True)
class Retired:
    """What was taken out of use ("forum familieteam"), and the meetings that fell away with it."""

    names: tuple[str, ...] = ()
    called_off: tuple[CalledOff, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as `aarshjul load --retire --json` prints it."""
        return {
            "retired": list(self.names),
            "called_off": [
                {
                    "forum": one.forum,
                    "unit": one.unit,
                    "date": one.held_on.isoformat(),
                    "duties": one.duties,
                    "mails": one.mails.one_each,
                    "invitations": one.mails.invitations,
                    "rooms": one.mails.rooms,
                }
                for one in self.called_off
            ],
        }


def retire_missing(
    session: Session,
    plan: PlanFile,
    names: Collection[str],
    *,
    today: date,
    now: datetime,
    holidays_of: HolidaysOf,
    actor_id: int | None,
) -> Retired:
    """Retire rows that the file does not name from `today`; return those that were.

    `names` are chosen from `LoadReport.missing`; others are passed over, and so are units, which
    have no last day. A retired row keeps its history, and comes back when a file names it again.
    A link has no history and is removed. With a forum its meetings ahead are cancelled, and its
    seats go out of use as they are: who has one sees that the meetings are off.
    """
    standing = read_standing(session, plan.municipality.slug)
    desired = desired_rows(plan, earlier_choices=standing.choices(), settled=standing.settled())
    chosen = [
        key
        for key in difference(desired, standing.values).missing
        if str(key) in names and key.entity is not Entity.UNIT
    ]
    forums = {key for key in chosen if key.entity is Entity.FORUM}
    called_off = call_off_meetings(
        session,
        [standing.rows[key] for key in chosen if key in forums],
        now=now,
        actor_id=actor_id,
        holidays_of=holidays_of,
    )
    for key in chosen:
        row = standing.rows[key]
        _log(session, standing, key, today=today, now=now, actor_id=actor_id)
        if key.entity is Entity.LINK:
            session.delete(row)
        elif not goes_with_forum(key, standing.values, forums):
            row.retired_on = today
            session.add(row)
    session.flush()
    return Retired(tuple(str(key) for key in chosen), called_off)


def _log(
    session: Session,
    standing: Standing,
    key: Key,
    *,
    today: date,
    now: datetime,
    actor_id: int | None,
) -> None:
    session.add(
        AuditEvent(
            at=now,
            municipality_id=standing.municipality_id,
            person_id=actor_id,
            action="plan_file.retired",
            entity=key.entity.value,
            entity_id=id_of(standing.rows[key]),
            after={"slug": key.slug, "retired_on": today.isoformat()},
        )
    )
