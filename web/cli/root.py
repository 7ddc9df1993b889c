"""The group that all commands hang on."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from scheduler.domain.errors import AarshjulError
from scheduler.domain.language import Language
from web.cli.norwegian import Group, say_wrong_usage

__all__ = ["main"]

_COMMANDS = {
    "demo": "demo",
    "db": "database",
    "admin": "people",
    "load": "plan_files",
    "people": "people",
    "cadence": "rhythms",
    "read-plan": "read_plan",
    "plan": "year",
    "feed": "calendars",
    "subscribe": "calendars",
    "subscriptions": "calendars",
    "reminders": "tracking",
    "done": "tracking",
    "status": "tracking",
    "worker": "running",
    "serve": "running",
    "check": "running",
}


class _Commands(Group):
    """Imports a command when it is called: reading a rhythm needs neither pages nor a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they are needed."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None where there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"web.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


def main() -> None:
    """Run one command; exit 1 with one line per problem the user can mend, 2 on wrong usage."""
    group = _Commands(
        "aarshjul",
        help="Årshjul for kommunenes arbeid med barn, unge og familier.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    try:
        sys.exit(group.main(prog_name="aarshjul", standalone_mode=False))
    except click.Abort:
        click.echo("aarshjul: Avbrutt.", err=True)
        sys.exit(1)
    except click.ClickException as error:
        for line in say_wrong_usage(error):
            click.echo(line, err=True)
        sys.exit(error.exit_code)
    except AarshjulError as error:
        from web.cli.problems import lines_of

        for line in lines_of(error, Language.BOKMAL):
            click.echo(f"aarshjul: {line}", err=True)
        sys.exit(1)
