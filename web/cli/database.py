"""`aarshjul db`: the schema."""

from __future__ import annotations

import click

from scheduler.store.schema import upgrade_schema
from web.cli.norwegian import Group
from web.cli.options import say_database, verbose_option
from web.settings import read_settings
from web.wiring import open_database

__all__ = ["db"]


@click.group(cls=Group)
def db() -> None:
    """Databasen: lag den, eller bring den opp til nyeste versjon."""


@db.command()
@verbose_option
def upgrade(verbose: bool) -> None:
    """Lag databasen, eller bring den opp til nyeste versjon."""
    settings = read_settings()
    if settings.on_sqlite:
        settings.made_home()
    with open_database(settings, with_schema=False) as database:
        changed = upgrade_schema(database)
    if verbose:
        say_database(settings)
    click.echo("Databasen er oppdatert." if changed else "Databasen var allerede oppdatert.")
