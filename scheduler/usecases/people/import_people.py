"""Loads a list of people into the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Holder, Person
from scheduler.usecases.people.administered import administers, is_administered
from scheduler.usecases.people.compare_people import compare_people
from scheduler.usecases.people.people_file import PersonRow
from scheduler.usecases.people.people_report import HoldingAction, HoldingChange, PeopleReport
from scheduler.usecases.people.person import is_unnamed
from scheduler.usecases.people.problem import PeopleFileError, RowCode, RowProblem
from scheduler.usecases.people.welcome import queue_welcome

__all__ = ["import_people"]


def import_people(
    session: Session,
    rows: tuple[PersonRow, ...],
    *,
    municipality_id: int,
    today: date,
    now: datetime,
    actor_id: int | None,
) -> PeopleReport:
    """Make people and holdings as the list says; the caller commits.

    A row without a first day begins `today`, unless the person is in the position already. Nobody
    is removed. A known person keeps the name that stands: it may be another municipality's too. Who
    was made from an address alone gets the list's.

    Raises:
        PeopleFileError: as `compare_people`, or rows leave nobody to administer the municipality;
            the caller must roll back then.
    """
    report = compare_people(session, rows, municipality_id=municipality_id, today=today)
    made: dict[str, int] = {}
    for change in report.changes:
        if change.person_id is not None:
            _give_name(session, change.person_id, change.name)
        if change.action is not HoldingAction.UNCHANGED:
            _write(session, change, made, municipality_id, now, actor_id)
    session.flush()
    _refuse_without_administrator(session, report, municipality_id, today)
    return report


def _refuse_without_administrator(
    session: Session, report: PeopleReport, municipality_id: int, today: date
) -> None:
    """Look when all is written: another row may let somebody take over."""
    problems = tuple(
        RowProblem(
            RowCode.LAST_ADMINISTRATOR,
            change.row,
            "position",
            f"{change.position_title}: {change.name}",
        )
        for change in report.changes
        if any(
            not is_administered(session, municipality_id, day)
            for day in _days_lost(change, today)
            if administers(session, change.position_id)
        )
    )
    if problems:
        raise PeopleFileError(problems)


def _days_lost(change: HoldingChange, today: date) -> tuple[date, ...]:
    """Return the first day, from today on, of each span that the row takes from a holding."""
    if change.before is None:
        return ()
    from_on, until_on = change.before
    days: list[date] = []
    if change.from_on > max(today, from_on):
        days.append(max(today, from_on))
    if change.until_on is not None:
        day = max(today, change.until_on + timedelta(days=1))
        if until_on is None or day <= until_on:
            days.append(day)
    return tuple(days)


def _give_name(session: Session, person_id: int, name: str) -> None:
    known = session.get_one(Person, person_id)
    if is_unnamed(known):
        known.name = name
        session.add(known)


def _write(
    session: Session,
    change: HoldingChange,
    made: dict[str, int],
    municipality_id: int,
    now: datetime,
    actor_id: int | None,
) -> None:
    person_id = change.person_id or made.get(change.email)
    if person_id is None:
        person = Person(
            email=change.email, name=change.name, language=change.language, created_at=now
        )
        session.add(person)
        session.flush()
        person_id = made[change.email] = id_of(person)
    known = session.get(Person, person_id)
    if known is not None and not known.active:
        known.active = True
        session.add(known)
    holder = session.get(Holder, change.holder_id) if change.holder_id else None
    if holder is None:
        holder = Holder(
            position_id=change.position_id,
            person_id=person_id,
            kind=change.kind,
            from_on=change.from_on,
        )
    holder.from_on, holder.until_on = change.from_on, change.until_on
    session.add(holder)
    session.flush()
    if change.action is HoldingAction.ADDED or holder.from_on > now.date():
        queue_welcome(session, holder, municipality_id, now=now)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=municipality_id,
            person_id=actor_id,
            action=f"people.{change.action.value}",
            entity="holder",
            entity_id=id_of(holder),
            before=None if change.before is None else _span(*change.before),
            after={
                "position_id": change.position_id,
                "person_id": person_id,
                "kind": change.kind.value,
                **_span(change.from_on, change.until_on),
            },
        )
    )


def _span(from_on: date, until_on: date | None) -> dict[str, Any]:
    return {
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat() if until_on else None,
    }
