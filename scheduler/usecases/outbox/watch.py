"""Telling the administrators that the reminders do not go as they should, once a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import Role
from scheduler.domain.language import Language
from scheduler.domain.reminders import MailClass, ResendPolicy
from scheduler.mail import WatchMail
from scheduler.store.tables import Grant, Outbox, Person
from scheduler.usecases.outbox.auditor import Complaint, ComplaintKind
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look
from scheduler.usecases.people.role_holders import role_holders
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["WATCH_KIND", "queue_complaints", "watch_draft"]

WATCH_KIND = "watch"
_OF_USE_FOR = timedelta(days=1)


def queue_complaints(session: Session, complaints: Sequence[Complaint], *, now: datetime) -> int:
    """Put one mail to each administrator in line; return how many were written.

    A day's second complaint writes nothing: the first is waiting, or has gone. The administrators
    of the installation hear of it; where there are none, those of the municipalities do.
    """
    if not complaints:
        return 0
    today = today_of(now)
    said = {complaint.kind.value: complaint.count for complaint in complaints}
    people = _administrators(session, now)
    keys = {f"watch:{today.isoformat()}:{person_id}": person_id for person_id in people}
    there = session.exec(select(Outbox.dedup_key).where(col(Outbox.dedup_key).in_(keys))).all()
    rows = [
        {
            "municipality_id": None,
            "dedup_key": key,
            "kind": WATCH_KIND,
            "step": WATCH_KIND,
            # It goes at any hour: what it tells of is that nothing else may be going.
            "mail_class": MailClass.CHANGE.value,
            "person_id": person_id,
            "payload": json.dumps(said),
            "priority": 0,
            "due_at": now,
            "expires_at": now + _OF_USE_FOR,
            "resend_policy": ResendPolicy.HOLD.value,
        }
        for key, person_id in keys.items()
        if key not in there
    ]
    return upsert_rows(session, rows, now=now, detail="the auditor complains")


def watch_draft(look: Look, row: Outbox, person: Person) -> Envelope:
    """Return the mail that says what the auditor found."""
    said: dict[str, int] = json.loads(row.payload or "{}")
    return seal(
        WatchMail(
            municipality="",
            complaints=tuple((ComplaintKind(kind).value, count) for kind, count in said.items()),
            home_url=look.settings.home_url,
        ),
        to=(person.email,),
        person_id=person.id,
        language=person.language or Language.BOKMAL,
        settings=look.settings,
        now=look.now,
    )


def _administrators(session: Session, now: datetime) -> list[int]:
    return _of_the_installation(session) or list(
        role_holders(session, Role.ADMINISTRATOR, today=today_of(now))
    )


def _of_the_installation(session: Session) -> list[int]:
    found = session.exec(
        select(Person.id)
        .join(Grant, col(Grant.person_id) == col(Person.id))
        .where(Grant.role == Role.ADMINISTRATOR, col(Person.active).is_(True))
        .distinct()
        .order_by(col(Person.id))
    )
    return [each for each in found if each is not None]
