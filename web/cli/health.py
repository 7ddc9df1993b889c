"""Whether an installation is healthy, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from scheduler.domain.errors import AarshjulError
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.schema import check_schema
from scheduler.store.tables import Heartbeat
from scheduler.usecases.outbox import ComplaintKind, audit, why_unread
from web.cli.output import say_instant
from web.cli.problems import lines_of
from web.settings import Settings

__all__ = ["HealthLine", "Verdict", "healthy_lines"]

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


class Verdict(StrEnum):
    """How one thing stands, in the word it is shown with; a notice is no fault."""

    GOOD = "ok"
    NOTICE = "merk"
    FAULT = "FEIL"


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that was looked at."""

    verdict: Verdict
    text: str


def healthy_lines(settings: Settings, database: Database, now: datetime) -> Iterator[HealthLine]:
    """Yield what was found: database, schema, worker, mail settings, and what is done without."""
    try:
        check_schema(database)
    except AarshjulError as error:
        yield HealthLine(Verdict.FAULT, lines_of(error, Language.BOKMAL)[0])
        return
    except OperationalError as error:
        yield HealthLine(Verdict.FAULT, f"Databasen svarer ikke: {str(error.orig).splitlines()[0]}")
        return
    yield HealthLine(Verdict.GOOD, "Databasen svarer og er på nyeste versjon.")
    with database.read() as session:
        beaten_at = session.exec(select(func.max(Heartbeat.at))).one()
        complaints = audit(session, now=now)
        why = why_unread(session)
    if beaten_at is not None and not any(
        each.kind is ComplaintKind.NO_HEARTBEAT for each in complaints
    ):
        yield HealthLine(Verdict.GOOD, f"Påminnelsene er i gang (sist {say_instant(beaten_at)}).")
    for complaint in complaints:
        yield HealthLine(Verdict.FAULT, _COMPLAINTS[complaint.kind].format(complaint.count, why))
    for name, problem in _missing(settings):
        yield HealthLine(Verdict.FAULT, f"{name} {problem}")
    if settings.bounce_imap_url is None:
        yield HealthLine(
            Verdict.NOTICE,
            "AARSHJUL_BOUNCE_IMAP_URL er ikke satt: ingen oppdager e-post som kommer i retur, og"
            " svar fra kalenderprogrammer blir ikke lest. Invitasjoner besvares med lenken i dem.",
        )


def _missing(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.smtp_url is None:
        yield "AARSHJUL_SMTP_URL", "er ikke satt, så ingen e-post kan sendes."
    if settings.mail_from is None:
        yield "AARSHJUL_MAIL_FROM", "er ikke satt, så ingen e-post kan sendes."
    if settings.base_url is None:
        yield "AARSHJUL_BASE_URL", "er ikke satt, så ingen lenker kan lages."
