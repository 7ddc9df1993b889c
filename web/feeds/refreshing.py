"""The worker's job of fetching the calendars that are planned around."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler.documents.fetch import fetch
from scheduler.store.database import Database
from scheduler.usecases.imported_calendars.refresh import refresh_calendars
from scheduler.usecases.outbox.jobs import Job
from web.feeds.foreign_days import read_days

__all__ = ["calendar_job"]


def calendar_job(
    database: Database,
    *,
    now: Callable[[], datetime],
    fetch: Callable[[str], bytes] = fetch,
) -> Job:
    """Return the job, which runs twice a day; `fetch` gets what stands at an address."""

    def refresh() -> None:
        refresh_calendars(database, fetch=fetch, read=read_days, now=now())

    return Job("calendars", timedelta(hours=12), refresh)
