"""Every mail that is to go or has gone, and each step it took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from scheduler.store.tables.columns import Instant

__all__ = ["Heartbeat", "MailStop", "MailboxFault", "Outbox", "OutboxEvent", "SmtpCircuit"]


class Outbox(SQLModel, table=True):
    """One mail from the moment it is promised until long after it has gone.

    `due_at` is the promise and never changes; `next_at` is when to try. The bytes are frozen when
    the row is given to a person, and are the same on every attempt. `person_id` is that person
    (None where the mail is to several at once), `merged_into` the row whose mail said this one's
    matter too, `resends` how often an uncertain mail went again.
    """

    # In PostgreSQL the same rows are indexed, as its migration says; to say it here as well would
    # load what knows PostgreSQL in every process on SQLite: two megabytes.
    __table_args__ = (
        Index(
            "outbox_due",
            "next_at",
            "priority",
            sqlite_where=text("state = 'scheduled'"),
        ),
        Index(
            "outbox_in_hand",
            "lease_until",
            sqlite_where=text("state IN ('leased', 'sending')"),
        ),
        Index(
            "outbox_to_show",
            "municipality_id",
            sqlite_where=text("state IN ('uncertain', 'failed')"),
        ),
        Index("outbox_municipality", "municipality_id", "due_at"),
        Index("outbox_person", "person_id", "message_at"),
        Index("outbox_merged_into", "merged_into"),
        Index("outbox_duty", "duty_id"),
        Index("outbox_meeting", "meeting_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id")
    dedup_key: str = Field(unique=True)
    kind: str
    step: str
    mail_class: str
    duty_id: int | None = Field(default=None, foreign_key="duty.id")
    duty_version: int | None = None
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    meeting_sequence: int | None = None
    position_id: int | None = Field(default=None, foreign_key="position.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    function: str | None = None
    payload: str | None = None
    state: str = Field(default="scheduled")
    priority: int = 5
    due_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    next_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    resend_policy: str
    attempt: int = 0
    resends: int = 0
    merged_into: int | None = None
    lease_owner: str | None = None
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_column=Column(Instant))
    message_id: str | None = Field(default=None, unique=True)
    recipient: str | None = None
    message: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    message_hash: str | None = None
    message_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    phase: str | None = None
    smtp_reply: str | None = None
    last_error: str | None = None
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    bounced_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class OutboxEvent(SQLModel, table=True):
    """One step of one mail; rows are only ever added."""

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id", index=True)
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    from_state: str | None = None
    to_state: str
    detail: str | None = None


class SmtpCircuit(SQLModel, table=True):
    """Whether the mail server is taken to be down, and since when."""

    server: str = Field(primary_key=True)
    opened_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    retry_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    failures: int = 0
    reason: str | None = None


class MailboxFault(SQLModel, table=True):
    """A mailbox of returned mails that could not be read, and how many times in a row."""

    server: str = Field(primary_key=True)
    failed_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    failures: int
    reason: str


class MailStop(SQLModel, table=True):
    """A person whom a municipality sends no mail, since an administrator stopped it."""

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    stopped_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Heartbeat(SQLModel, table=True):
    """When each worker was last alive."""

    worker: str = Field(primary_key=True)
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    version: str
