"""What the command line itself says, in bokmål: the headings of help, and how it was used wrongly.

Click writes these in English; our own texts stand with each command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import click

__all__ = ["Command", "Group", "say_wrong_usage"]

_HEADINGS: Final = {"Options": "Valg", "Commands": "Kommandoer", "Positional arguments": "Verdier"}
# What stands in a column of the help, or in the line that says how a command is written.
_IN_HELP: Final = (
    (re.compile(r"^Show this message and exit\.$"), "Vis denne hjelpen."),
    (re.compile(r"\[OPTIONS\]"), "[VALG]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "KOMMANDO [VERDIER]..."),
    (re.compile(r" (INTEGER RANGE|INTEGER)\b"), " TALL"),
    (re.compile(r" TEXT\b"), " TEKST"),
    (re.compile(r"\[required\]$"), "[må oppgis]"),
    (re.compile(r"\[default: "), "[ellers: "),
    (re.compile(r"(\d+)<=x<=(\d+)\]$"), r"\1 til \2]"),
)
_WRONG: Final = (
    (r"(.+) is not a valid integer(?: range)?\.", r"\1 er ikke et helt tall."),
    (r"(\S+) is not in the range (\d+)<=x<=(\d+)\.", r"\1 er ikke et tall fra \2 til \3."),
    (r"(.+) does not match the formats? .+", r"\1 er ikke en dato som 2027-03-09."),
    (r"\w+ (.+) does not exist\.", r"\1 finnes ikke."),
    (r"\w+ (.+) is a directory\.", r"\1 er en mappe."),
    (r"\w+ (.+) is not readable\.", r"\1 kan ikke leses."),
    (r"\w+ (.+) is not writable\.", r"\1 kan ikke skrives til."),
    (r"Option (.+) requires an argument\.", r"\1 må ha en verdi."),
    (r"Option (.+) does not take a value\.", r"\1 skal ikke ha noen verdi."),
    (r"Got unexpected extra arguments? \((.+)\)", r"For mange verdier: \1."),
    (r"No such command (\S+)\..*", r"Det finnes ingen kommando \1."),
    (r"Missing command\.", "Skriv hvilken kommando det gjelder."),
)


class _Help(click.HelpFormatter):
    """Writes help with Norwegian headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is written."""
        super().write_usage(prog, _in_help(args), prefix or "Bruk: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of options or commands."""
        said = [(_in_help(first), _in_help(second)) for first, second in rows]
        super().write_dl(said, col_max, col_spacing)


class _Context(click.Context):
    """A command that is run, and whose help is Norwegian."""

    formatter_class = _Help


class Command(click.Command):
    """A command whose help is Norwegian."""

    context_class = _Context


class Group(click.Group):
    """A group of commands whose help is Norwegian."""

    context_class = _Context
    command_class = Command


def say_wrong_usage(error: click.ClickException) -> list[str]:
    """Return what was wrong with a command as it was written, and where its help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return [error.format_message()]
    context = error.ctx if isinstance(error, click.UsageError) else None
    said = [f"aarshjul: {_what(error)}"]
    if context is None:
        return said
    return [context.get_usage(), f"Se {context.command_path} --help.", "", *said]


def _what(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            near = " eller ".join(error.possibilities or ())
            asked = f" Mente du {near}?" if near else ""
            return f"Valget {error.option_name} finnes ikke.{asked}"
        case click.MissingParameter():
            return f"{_name_of(error)} mangler."
        case click.BadParameter():
            return f"{_name_of(error)}: {_translated(error.message)}"
    return _translated(error.format_message())


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return "En verdi"
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name
    return max(error.param.opts, key=len)


def _translated(message: str) -> str:
    for pattern, said in _WRONG:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, said, message)
    return message


def _in_help(text: str) -> str:
    for pattern, said in _IN_HELP:
        text = pattern.sub(said, text)
    return text
