"""What several commands share: their options, and the database they open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import click
from sqlalchemy import make_url

from scheduler.domain.civil_time import today_of
from scheduler.store.database import Database
from web.settings import Settings, read_settings
from web.wiring import clock_of, open_database

__all__ = [
    "Opened",
    "day_option",
    "municipality_option",
    "opened",
    "say_database",
    "shown_database",
    "verbose_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Opened:
    """The database and the time that one command works with."""

    settings: Settings
    database: Database
    now: datetime

    @property
    def today(self) -> date:
        """Return today's date in Norway."""
        return today_of(self.now)


@contextmanager
def opened(
    *, verbose: bool, needs: Iterable[Callable[[Settings], object]] = ()
) -> Iterator[Opened]:
    """Open the database with the newest schema; with `verbose`, say on stderr which it is.

    `needs` are the settings that the command cannot do without; all that miss are named at once.
    """
    settings = read_settings(*needs)
    if verbose:
        say_database(settings)
    with open_database(settings) as database:
        yield Opened(settings, database, clock_of(settings).now())


def municipality_option(command: _Command) -> _Command:
    """Add the required `--municipality`."""
    return click.option(
        "--municipality", "-m", "slug", required=True, metavar="M", help="Kommunens kortnavn."
    )(command)


def verbose_option(command: _Command) -> _Command:
    """Add `-v`, which says where the database is."""
    return click.option(
        "-v", "--verbose", is_flag=True, help="Si hvilken database kommandoen bruker."
    )(command)


def day_option(name: str, *, text: str) -> Callable[[_Command], _Command]:
    """Return an option that reads a day as 2027-03-09."""
    return click.option(
        name, required=True, type=click.DateTime(formats=["%Y-%m-%d"]), metavar="D", help=text
    )


def say_database(settings: Settings) -> None:
    """Say on stderr which database a command opens."""
    click.echo(f"database: {shown_database(settings)}", err=True)


def shown_database(settings: Settings) -> str:
    """Return where the database is: an absolute path, or an address without its password."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return str((settings.home_folder.parent / url.database).resolve())
    return url.render_as_string(hide_password=True)
