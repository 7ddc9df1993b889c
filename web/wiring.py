"""The composition root: the only file that knows every concrete part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from scheduler.clock import Clock, FixedClock, SystemClock
from scheduler.domain.errors import AarshjulError
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.schema import check_schema
from scheduler.usecases.year.closed_days import HolidaysOf
from web.settings import Settings

__all__ = ["DatabaseUnreachableError", "clock_of", "holidays_of", "open_database"]

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
