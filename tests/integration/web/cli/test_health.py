"""What `check` finds of an installation, line by line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler.store.database import Database
from scheduler.usecases.outbox.heartbeat import beat
from web.cli.health import Verdict, healthy_lines
from web.settings import Settings

SUMMER = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
COMPLETE: dict[str, Any] = {
    "smtp_url": "smtp://localhost",
    "mail_from": "aarshjul@sor-fron.example",
    "base_url": "https://aarshjul.example",
    "bounce_imap_url": "imap://127.0.0.1/INBOX",
}


def found(database: Database, **settings: Any) -> list[tuple[Verdict, str]]:
    """Return what is found where a worker was alive just now."""
    with database.write() as session:
        beat(session, "arbeider", version="1", now=SUMMER)
    lines = healthy_lines(Settings(**(COMPLETE | settings)), database, SUMMER)
    return [(line.verdict, line.text) for line in lines]


def test_the_worker_was_last_heard_from_by_the_clock_in_norway(sqlite_database: Database) -> None:
    assert found(sqlite_database) == [
        (Verdict.GOOD, "Databasen svarer og er på nyeste versjon."),
        (Verdict.GOOD, "Påminnelsene er i gang (sist fredag 2. juli 2027 kl. 00:30)."),
    ]


def test_a_mailbox_that_nobody_reads_is_told_and_is_no_fault(sqlite_database: Database) -> None:
    verdict, text = found(sqlite_database, bounce_imap_url=None)[-1]
    assert (verdict, text.partition(":")[0]) == (
        Verdict.NOTICE,
        "AARSHJUL_BOUNCE_IMAP_URL er ikke satt",
    )


@pytest.mark.parametrize("name", ["smtp_url", "mail_from", "base_url"])
def test_what_mails_need_is_a_fault_where_it_is_missing(
    sqlite_database: Database, name: str
) -> None:
    verdict, text = found(sqlite_database, **{name: None})[-1]
    assert (verdict, text.partition(",")[0]) == (
        Verdict.FAULT,
        f"AARSHJUL_{name.upper()} er ikke satt",
    )
