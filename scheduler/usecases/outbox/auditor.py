"""Whether the reminders are being sent as they should, seen from the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, TextClause, func, text
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, DutyState
from scheduler.domain.reminders import LIVE_STATES
from scheduler.store.tables import Duty, Meeting, Outbox
from scheduler.usecases.outbox.heartbeat import read_pulse
from scheduler.usecases.outbox.mailbox_fault import unread_mailboxes

__all__ = ["Complaint", "ComplaintKind", "audit"]

_OVERDUE = timedelta(minutes=10)
_SENDING_TOO_LONG = timedelta(minutes=5)
_AHEAD = timedelta(days=14)


class ComplaintKind(StrEnum):
    """What the auditor may find."""

    NO_HEARTBEAT = "no_heartbeat"
    OVERDUE = "overdue"
    STUCK_IN_SENDING = "stuck_in_sending"
    DUTY_WITHOUT_MAIL = "duty_without_mail"
    STALE_MAIL = "stale_mail"
    MAILBOX_UNREAD = "mailbox_unread"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that is not as it should be, and how many there are of it."""

    kind: ComplaintKind
    count: int


def audit(session: Session, *, now: datetime) -> tuple[Complaint, ...]:
    """Return everything that is wrong; nothing, where all is well.

    Complains where no worker was alive in the last five minutes, a mail should have been tried ten
    minutes ago, one has been `sending` for twenty, an open duty of a meeting in the next fourteen
    days never had a mail, a waiting mail was made for an older version of its duty, or the mailbox
    of returned mails could not be read three times in a row.
    """
    found = {
        ComplaintKind.NO_HEARTBEAT: 0 if read_pulse(session, now=now).alive else 1,
        ComplaintKind.OVERDUE: _count(
            session, text("state = 'scheduled'"), col(Outbox.next_at) < now - _OVERDUE
        ),
        # A row in `sending` is taken over when its lease of fifteen minutes ends.
        ComplaintKind.STUCK_IN_SENDING: _count(
            session,
            text("state IN ('leased', 'sending')"),
            col(Outbox.lease_until) < now - _SENDING_TOO_LONG,
        ),
        ComplaintKind.DUTY_WITHOUT_MAIL: _without_mail(session, now),
        ComplaintKind.STALE_MAIL: _stale(session),
        ComplaintKind.MAILBOX_UNREAD: unread_mailboxes(session, now=now),
    }
    return tuple(Complaint(kind, count) for kind, count in found.items() if count)


def _count(session: Session, *where: ColumnElement[bool] | TextClause) -> int:
    return session.exec(select(func.count()).select_from(Outbox).where(*where)).one()


def _without_mail(session: Session, now: datetime) -> int:
    today = today_of(now)
    has_mail = select(Outbox.id).where(Outbox.duty_id == Duty.id).exists()
    return session.exec(
        select(func.count())
        .select_from(Duty)
        .join(Meeting, col(Meeting.id) == col(Duty.meeting_id))
        .where(
            col(Meeting.held_on).between(today, today + _AHEAD),
            col(Meeting.state).in_(EXPECTED_STATES),
            Duty.state == DutyState.OPEN,
            col(Duty.position_id).is_not(None),
            # What was due before it was made never asked for a mail.
            Duty.due_on > today,
            ~has_mail,
        )
    ).one()


def _stale(session: Session) -> int:
    return session.exec(
        select(func.count())
        .select_from(Outbox)
        .join(Duty, col(Duty.id) == col(Outbox.duty_id))
        .where(
            col(Outbox.state).in_(LIVE_STATES),
            col(Outbox.duty_version) != col(Duty.version),
            Duty.state == DutyState.OPEN,
        )
    ).one()
