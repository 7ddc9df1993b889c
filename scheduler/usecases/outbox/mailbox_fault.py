"""Whether the mailbox of returned mails can be read, as the auditor sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from scheduler.store.tables import MailboxFault
from scheduler.store.upsert import insert_into

__all__ = ["mailbox_failed", "mailbox_was_read", "unread_mailboxes", "why_unread"]

# A server that restarts is no news.
_ROUNDS = 3
# A mailbox that is no longer in the settings is not tried, and soon not spoken of.
_SPOKEN_OF = timedelta(hours=1)


def mailbox_failed(session: Session, server: str, *, reason: str, now: datetime) -> None:
    """Note that the mailbox could not be read this time either."""
    statement = insert_into(session, MailboxFault).values(
        server=server, failed_at=now, failures=1, reason=reason
    )
    session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=["server"],
            set_={
                "failed_at": now,
                "failures": col(MailboxFault.failures) + 1,
                "reason": reason,
            },
        )
    )


def mailbox_was_read(session: Session, server: str) -> None:
    """Note that nothing is wrong with the mailbox."""
    session.connection().execute(delete(MailboxFault).where(col(MailboxFault.server) == server))


def unread_mailboxes(session: Session, *, now: datetime) -> int:
    """Return how many mailboxes could not be read three times in a row, the last within an hour."""
    return session.exec(
        select(func.count())
        .select_from(MailboxFault)
        .where(
            col(MailboxFault.failures) >= _ROUNDS,
            col(MailboxFault.failed_at) > now - _SPOKEN_OF,
        )
    ).one()


def why_unread(session: Session) -> str | None:
    """Return what the last mailbox that could not be read said; None where all can be."""
    return session.exec(
        select(MailboxFault.reason).order_by(col(MailboxFault.failed_at).desc()).limit(1)
    ).first()
