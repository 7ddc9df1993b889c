"""Many mails at once, written straight into the tables, for storms and measurements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from scheduler.store.tables import Duty, Holder, Outbox, Person, Position
from tests.factories.office import Office
from tests.factories.rows import MADE_AT

__all__ = ["add_mails", "add_people"]

_AT_ONCE = 2000


def add_people(session: Session, office: Office, count: int) -> list[int]:
    """Make positions with one person each; return the positions' ids."""
    first = office.position("Den første", "person-0@sor-fron.example")
    start = first.id or 0
    numbers = range(1, count)
    _insert(
        session,
        Position,
        [
            {
                "id": start + n,
                "municipality_id": office.municipality.id,
                "slug": f"mange-{n}",
                "title": f"Stilling nr. {n}",
                "held_by_several": False,
                "external": False,
            }
            for n in numbers
        ],
    )
    person = office.person("person-0@sor-fron.example").id or 0
    _insert(
        session,
        Person,
        [
            {
                "id": person + n,
                "email": f"person-{n}@sor-fron.example",
                "name": f"Person {n}",
                "active": True,
                "wants_invitations": False,
                "created_at": MADE_AT,
            }
            for n in numbers
        ],
    )
    _insert(
        session,
        Holder,
        [
            {
                "position_id": start + n,
                "person_id": person + n,
                "kind": "holder",
                "from_on": date(2020, 1, 1),
            }
            for n in numbers
        ],
    )
    return [start, *(start + n for n in numbers)]


def add_mails(
    session: Session,
    office: Office,
    positions: Sequence[int],
    *,
    count: int,
    mail_class: str,
    due_at: datetime,
    resend: str = "once",
    state: str = "scheduled",
    first: int = 0,
) -> None:
    """Make duties and one mail for each, spread over the positions."""
    kind = "notice" if mail_class == "notice" else "minutes"
    for start in range(first, first + count, _AT_ONCE):
        numbers = range(start + 1, min(start + _AT_ONCE, first + count) + 1)
        _insert(
            session, Duty, [_duty(office, n, kind, positions[n % len(positions)]) for n in numbers]
        )
        _insert(
            session,
            Outbox,
            [
                {
                    **_mail(office, n, kind, positions[n % len(positions)]),
                    "mail_class": mail_class,
                    "state": state,
                    "due_at": due_at,
                    "next_at": due_at,
                    "expires_at": due_at + timedelta(days=30),
                    "resend_policy": resend,
                }
                for n in numbers
            ],
        )


def _duty(office: Office, number: int, kind: str, position_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "municipality_id": office.municipality.id,
        "key": f"mange-{number}",
        "uid": f"mange-{number}@aarshjul",
        "kind": kind,
        "period": "2027",
        "forum_id": office.forum.id,
        "position_id": position_id,
        "due_on": date(2027, 2, 9),
        "promised_on": date(2027, 2, 9),
        "state": "open",
        "postponed": False,
        "version": 0,
        "sequence": 0,
        "changed_at": MADE_AT,
    }


def _mail(office: Office, number: int, kind: str, position_id: int) -> dict[str, Any]:
    return {
        "municipality_id": office.municipality.id,
        "dedup_key": f"mange:{number}",
        "kind": kind,
        "step": "before",
        "duty_id": number,
        "duty_version": 0,
        "position_id": position_id,
        "function": "responsible",
        "payload": '{"tone": "upcoming", "due_on": "2027-02-09", "leader_on": null}',
        "priority": 3,
        "attempt": 0,
        "resends": 0,
        "created_at": MADE_AT,
    }


def _insert(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)
