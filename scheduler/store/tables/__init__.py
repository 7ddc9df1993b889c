"""Every table of the database."""

from scheduler.store.tables.access import ActionLink, Grant, LoginToken, RateCount, WebSession
from scheduler.store.tables.audit import AuditEvent
from scheduler.store.tables.date_round import (
    DateRound,
    DateRoundAnswer,
    DateRoundDate,
    DateRoundLink,
    DateRoundPerson,
)
from scheduler.store.tables.duty import Duty
from scheduler.store.tables.feed import (
    FeedSource,
    FeedStamp,
    FeedToken,
    KeptEntryBytes,
    KeptFeed,
)
from scheduler.store.tables.forum import Forum, ForumLink, Seat
from scheduler.store.tables.imported_calendar import ImportedCalendar
from scheduler.store.tables.invitation import AnswerLink, Invitation
from scheduler.store.tables.municipality import (
    ClosedPeriod,
    CouncilDate,
    Municipality,
    MunicipalService,
    Unit,
)
from scheduler.store.tables.outbox import (
    Heartbeat,
    MailboxFault,
    MailStop,
    Outbox,
    OutboxEvent,
    SmtpCircuit,
)
from scheduler.store.tables.plan import Measure, Plan, RecurringDuty
from scheduler.store.tables.position import Holder, Leave, Person, Position
from scheduler.store.tables.year import Attendance, Meeting, Proposal, YearPlan

__all__ = [
    "ActionLink",
    "AnswerLink",
    "Attendance",
    "AuditEvent",
    "ClosedPeriod",
    "CouncilDate",
    "DateRound",
    "DateRoundAnswer",
    "DateRoundDate",
    "DateRoundLink",
    "DateRoundPerson",
    "Duty",
    "FeedSource",
    "FeedStamp",
    "FeedToken",
    "Forum",
    "ForumLink",
    "Grant",
    "Heartbeat",
    "Holder",
    "ImportedCalendar",
    "Invitation",
    "KeptEntryBytes",
    "KeptFeed",
    "Leave",
    "LoginToken",
    "MailStop",
    "MailboxFault",
    "Measure",
    "Meeting",
    "MunicipalService",
    "Municipality",
    "Outbox",
    "OutboxEvent",
    "Person",
    "Plan",
    "Position",
    "Proposal",
    "RateCount",
    "RecurringDuty",
    "Seat",
    "SmtpCircuit",
    "Unit",
    "WebSession",
    "YearPlan",
]
