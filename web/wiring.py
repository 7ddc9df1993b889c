"""The composition root: the only file that knows every concrete part."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from scheduler.clock import Clock, FixedClock, SystemClock
from scheduler.domain.errors import AarshjulError
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.schema import SchemaChangedError, check_schema
from scheduler.usecases.year.closed_days import HolidaysOf
from web.settings import Settings, SettingsError

if TYPE_CHECKING:
    from flask import Blueprint

    from scheduler.mail import Mailbox, Transport
    from scheduler.mail.transport import PointReached
    from scheduler.usecases.outbox import Complaint, Job, StepResult, Worker, WorkerSettings
    from web.parts import Parts

# What only some commands need is imported where it is put together: a command that touches
# neither pages nor mail starts in a third of the time.

__all__ = [
    "DatabaseUnreachableError",
    "clock_of",
    "demo_transport",
    "holidays_of",
    "mail_transport",
    "open_database",
    "parts_of",
    "read_returned",
    "run_worker",
    "start_demo_worker",
    "work_once",
    "worker_of",
]

_LOG = logging.getLogger("aarshjul.worker")

holidays_of: HolidaysOf = public_holidays


class DatabaseUnreachableError(AarshjulError):
    """The database cannot be reached; `reason` is what its driver says, without passwords."""

    def __init__(self, reason: str) -> None:
        """Keep the driver's reason."""
        super().__init__(reason)
        self.reason = reason


def clock_of(settings: Settings) -> Clock:
    """Return the clock: the system's, or a fixed one for tests from outside."""
    return SystemClock() if settings.test_now is None else FixedClock(settings.test_now)


@contextmanager
def open_database(settings: Settings, *, with_schema: bool = True) -> Iterator[Database]:
    """Open the database that the settings name, and close it again.

    Raises:
        SchemaBehindError, SchemaNewerError: the schema is not the one this version works with.
        DatabaseUnreachableError: nothing answers there.
        SettingsError: the home folder cannot be made or written to.
    """
    if settings.database_url is None:
        settings.made_home()
    database = Database(settings.database)
    try:
        if with_schema:
            check_schema(database)
        yield database
    except OperationalError as error:
        raise DatabaseUnreachableError(str(error.orig).strip().splitlines()[0]) from error
    finally:
        database.close()


def parts_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    *,
    extra: tuple[Blueprint, ...] = (),
    demo: bool = False,
) -> Parts:
    """Return what the pages are put together from."""
    from scheduler.usecases.outbox import queue_login_mail
    from web.feeds.blueprints import feed_blueprints
    from web.pages import page_blueprints
    from web.pages.action import action
    from web.pages.answer import answer
    from web.parts import Parts
    from web.planning.pages import planning_blueprints

    def is_ready() -> bool:
        try:
            check_schema(database)
        except (AarshjulError, OperationalError):
            return False
        return True

    pages = [page for page in page_blueprints() if page not in (action, answer)]
    return Parts(
        settings=settings,
        secret_key=settings.kept_secret_key(),
        database=database,
        clock=clock.now,
        send_login_mail=queue_login_mail,
        is_ready=is_ready,
        holidays_of=holidays_of,
        blueprints=(*feed_blueprints(), *pages, *planning_blueprints(), *extra),
        # A mail program posts to a mail's link on its own (RFC 8058); the link is the secret.
        without_csrf=(action, answer),
        demo=demo,
    )


def mail_transport(settings: Settings) -> Transport:
    """Return the way to the mail server that the settings name.

    Raises:
        SettingsError: AARSHJUL_SMTP_URL or AARSHJUL_MAIL_FROM is missing.
    """
    from scheduler.mail import SmtpTransport

    settings.needed_mail_from()
    return SmtpTransport(settings.needed_smtp_url(), at_point=_stop_points(settings))


def demo_transport(folder: Path) -> Transport:
    """Return the way to the demo's mailbox, from which no mail leaves this machine."""
    from scheduler.mail import MailboxTransport

    return MailboxTransport(folder)


def worker_of(
    settings: Settings, database: Database, transport: Transport, *, at_any_hour: bool = False
) -> Worker:
    """Return a worker that sends what is due over the transport; the demo's at any hour."""
    from scheduler.usecases.outbox import Worker

    return Worker(
        database,
        transport,
        now=clock_of(settings).now,
        settings=replace(_worker_settings(settings), at_any_hour=at_any_hour),
        holidays_of=holidays_of,
        at_point=_stop_points(settings),
        steady=None if settings.test_now else monotonic,
    )


def work_once(settings: Settings, database: Database, transport: Transport) -> StepResult:
    """Send what is due now, invitations that follow from a new day or a new seat among it."""
    from scheduler.usecases.invitations.follow import follow_invitations

    worker = worker_of(settings, database, transport)
    follow_invitations(database, now=clock_of(settings).now)()
    return worker.run_once()


def read_returned(settings: Settings, database: Database) -> str | None:
    """Write down which mails came back or were answered; return why the mailbox cannot be read."""
    from calendars import read_reply
    from scheduler.usecases.outbox import read_mailbox

    mailbox = _bounce_mailbox(settings)
    if mailbox is None:
        return None
    now = clock_of(settings).now()
    return read_mailbox(database, mailbox, read_reply=read_reply, now=now).problem


def run_worker(settings: Settings, database: Database, transport: Transport) -> None:
    """Send what falls due until this process is told to end; the mail in hand is finished.

    Raises:
        SchemaChangedError: the database was upgraded meanwhile, and the program must start anew.
    """
    from scheduler.ticker import tick_until_told

    worker = worker_of(settings, database, transport)
    ended, changed = Event(), list[SchemaChangedError]()

    def failed(name: str, error: BaseException) -> None:
        if isinstance(error, SchemaChangedError):
            changed.append(error)
            ended.set()
        else:
            _log_failure(name, error)

    try:
        tick_until_told(
            _jobs(settings, database, worker), finish=worker.stop, on_error=failed, told=ended
        )
    finally:
        transport.close()
    if changed:
        raise changed[0]


def start_demo_worker(
    settings: Settings, database: Database, transport: Transport
) -> Callable[[], None]:
    """Send what falls due at once, in threads of this process; return what ends it."""
    from scheduler.ticker import start_ticking

    worker = worker_of(settings, database, transport, at_any_hour=True)
    # Nobody is on call for a demo: it sends, and does not audit itself; no mail of it comes back.
    jobs = [
        job for job in _jobs(settings, database, worker) if job.name not in ("audit", "bounces")
    ]
    end = start_ticking(jobs, on_error=_log_failure)

    def stop() -> None:
        worker.stop()
        end()
        transport.close()

    return stop


def _jobs(settings: Settings, database: Database, worker: Worker) -> tuple[Job, ...]:
    from scheduler.usecases.invitations.follow import follow_invitations
    from scheduler.usecases.outbox import Job, jobs_of
    from web.feeds.refreshing import calendar_job

    now = clock_of(settings).now
    mails = jobs_of(
        worker,
        database,
        _worker_settings(settings),
        now=now,
        version=version("aarshjul"),
        complain=_log_complaints,
    )
    follow = Job("invitations", timedelta(minutes=1), follow_invitations(database, now=now))
    bounces = _bounce_jobs(settings, database)
    return (*mails, follow, calendar_job(database, now=now), *bounces)


def _bounce_jobs(settings: Settings, database: Database) -> tuple[Job, ...]:
    from calendars import read_reply
    from scheduler.usecases.outbox import Job, read_mailbox

    # One mailbox for as long as the worker runs: it remembers what is not for it.
    mailbox, now = _bounce_mailbox(settings), clock_of(settings).now
    if mailbox is None:
        return ()

    def look() -> None:
        problem = read_mailbox(database, mailbox, read_reply=read_reply, now=now()).problem
        if problem is not None:
            _LOG.warning("the mailbox of returned mails cannot be read: %s", problem)

    return (Job("bounces", timedelta(minutes=3), look),)


def _bounce_mailbox(settings: Settings) -> Mailbox | None:
    from scheduler.mail import ImapMailbox

    url = settings.bounce_imap_url
    return None if url is None else ImapMailbox(url.get_secret_value())


def _worker_settings(settings: Settings) -> WorkerSettings:
    from scheduler.usecases.outbox import WorkerSettings
    from web.addresses import page_address
    from web.invitation_bytes import invitation_bytes

    base_url = settings.needed_base_url()
    return WorkerSettings(
        worker=f"{socket.gethostname()}:{os.getpid()}",
        sender=settings.needed_mail_from(),
        base_url=base_url,
        text_domain=settings.sms_mail_domain,
        write_invitation=invitation_bytes(page_address(base_url)),
        reads_answers=settings.bounce_imap_url is not None,
    )


def _log_failure(name: str, error: BaseException) -> None:
    _LOG.error("the job %s failed: %s", name, type(error).__name__, exc_info=error)


def _log_complaints(complaints: tuple[Complaint, ...]) -> None:
    for complaint in complaints:
        _LOG.warning("the auditor complains: %s (%s)", complaint.kind.value, complaint.count)


def _stop_points(settings: Settings) -> PointReached:
    from scheduler.mail.transport import pass_by
    from scheduler.usecases.outbox import StopPoint, kill_at

    if settings.test_stop_at is None:
        return pass_by
    try:
        return kill_at(StopPoint(settings.test_stop_at))
    except ValueError:
        points = ", ".join(point.value for point in StopPoint)
        raise SettingsError("AARSHJUL_TEST_STOP_AT", f"må være en av {points}") from None
