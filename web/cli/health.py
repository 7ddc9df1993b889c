"""Whether an installation is healthy, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from scheduler.domain.errors import AarshjulError
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.schema import check_schema
from scheduler.store.tables import Heartbeat
from scheduler.usecases.outbox import ComplaintKind, audit, why_unread
from web.cli.problems import lines_of
from web.settings import Settings

__all__ = ["HealthLine", "healthy_lines"]

_COMPLAINTS = {
    ComplaintKind.NO_HEARTBEAT: "Ingen påminnelser er i gang: start aarshjul worker.",
    ComplaintKind.OVERDUE: "E-poster som skulle vært sendt for over ti minutter siden: {}",
    ComplaintKind.STUCK_IN_SENDING: "E-poster under sending i over tjue minutter: {}",
    ComplaintKind.DUTY_WITHOUT_MAIL: (
        "Oppgaver til møter de neste to ukene uten noen påminnelse: {}"
    ),
    ComplaintKind.STALE_MAIL: "Påminnelser som venter med gamle opplysninger: {}",
    ComplaintKind.MAILBOX_UNREAD: (
        "Postkassen for e-post i retur (AARSHJUL_BOUNCE_IMAP_URL) kan ikke leses: {1}"
    ),
}


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that was looked at."""

    good: bool
    text: str


def healthy_lines(settings: Settings, database: Database, now: datetime) -> Iterator[HealthLine]:
    """Yield what was found: database, schema, worker, mail settings."""
    try:
        check_schema(database)
    except AarshjulError as error:
        yield HealthLine(False, lines_of(error, Language.BOKMAL)[0])
        return
    except OperationalError as error:
        yield HealthLine(False, f"Databasen svarer ikke: {str(error.orig).splitlines()[0]}")
        return
    yield HealthLine(True, "Databasen svarer og er på nyeste versjon.")
    with database.read() as session:
        beaten_at = session.exec(select(func.max(Heartbeat.at))).one()
        complaints = audit(session, now=now)
        why = why_unread(session)
    if beaten_at is not None and not any(
        each.kind is ComplaintKind.NO_HEARTBEAT for each in complaints
    ):
        yield HealthLine(True, f"Påminnelsene er i gang (sist {beaten_at:%Y-%m-%d %H:%M} UTC).")
    for complaint in complaints:
        yield HealthLine(False, _COMPLAINTS[complaint.kind].format(complaint.count, why))
    for name, problem in _missing(settings):
        yield HealthLine(False, f"{name} {problem}")


def _missing(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.smtp_url is None:
        yield "AARSHJUL_SMTP_URL", "er ikke satt, så ingen e-post kan sendes."
    if settings.mail_from is None:
        yield "AARSHJUL_MAIL_FROM", "er ikke satt, så ingen e-post kan sendes."
    if settings.base_url is None:
        yield "AARSHJUL_BASE_URL", "er ikke satt, så ingen lenker kan lages."
