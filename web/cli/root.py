"""The group that all commands hang on."""

from __future__ import annotations

import sys

import click

from scheduler.domain.errors import AarshjulError
from scheduler.domain.language import Language
from web.cli.calendars import feed, subscribe, subscriptions
from web.cli.database import db
from web.cli.demo import demo
from web.cli.people import admin, people
from web.cli.plan_files import load
from web.cli.problems import lines_of
from web.cli.rhythms import cadence
from web.cli.running import check, serve, worker
from web.cli.tracking import done, reminders, status
from web.cli.year import plan

__all__ = ["main"]

_COMMANDS = (
    demo,
    db,
    admin,
    load,
    people,
    cadence,
    plan,
    feed,
    subscribe,
    subscriptions,
    reminders,
    done,
    status,
    worker,
    serve,
    check,
)


def main() -> None:
    """Run one command; exit 1 with one line per problem the user can mend, 2 on wrong usage."""
    group = click.Group(
        "aarshjul",
        help="Årshjul for kommunenes arbeid med barn, unge og familier.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for command in _COMMANDS:
        group.add_command(command)
    try:
        group()
    except AarshjulError as error:
        for line in lines_of(error, Language.BOKMAL):
            click.echo(f"aarshjul: {line}", err=True)
        sys.exit(1)
