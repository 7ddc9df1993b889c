"""`aarshjul cadence`: how a rhythm in a plan's own words is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date

import click

from scheduler.domain.cadence import Occurrences, Reading, occurrences, read, to_json
from scheduler.domain.enums import ClosedDayRule
from scheduler.domain.language import Language
from scheduler.language.rhythm_words import (
    say_ambiguity,
    say_need,
    say_planned,
    say_problem,
    say_skipped,
    say_window,
)
from web.cli.norwegian import Command
from web.cli.output import as_json

__all__ = ["cadence"]


@click.command(cls=Command)
@click.argument("phrase")
@click.option("--json", "in_json", is_flag=True, help="Skriv lesningen som JSON.")
@click.option("--year", type=click.IntRange(2000, 2099), help="Vis datoene rytmen gir i et år.")
def cadence(phrase: str, *, in_json: bool, year: int | None) -> None:
    """Vis hvordan en møterytme leses. PHRASE «-» leser en frase per linje fra standard inn."""
    if phrase == "-":
        for line in sys.stdin:
            click.echo(json.dumps(to_json(read(line.rstrip("\n")).cadence), ensure_ascii=False))
        return
    reading = read(phrase)
    found = None if year is None else _in_year(reading, year)
    if in_json:
        shown = to_json(reading.cadence)
        if found is not None:
            shown["dates"] = [planned.date.isoformat() for planned in found.dates]
        click.echo(as_json(shown))
        return
    for line in (*_read_as(reading), *(_gives(found) if found else ())):
        click.echo(line)


def _read_as(reading: Reading) -> Iterator[str]:
    for key, value in to_json(reading.cadence).items():
        yield f"{key}: {json.dumps(value, ensure_ascii=False)}"
    if reading.not_understood:
        yield f"Ikke forstått: {', '.join(reading.not_understood)}"
    for problem in reading.problems:
        yield say_problem(problem, Language.BOKMAL)
    if reading.ambiguity is not None:
        yield say_ambiguity(reading.ambiguity, Language.BOKMAL)


def _gives(found: Occurrences) -> Iterator[str]:
    for planned in found.dates:
        yield say_planned(planned, Language.BOKMAL)
    for skipped in found.skipped:
        yield say_skipped(skipped, Language.BOKMAL)
    for window in found.windows:
        yield say_window(window, Language.BOKMAL)
    if found.needs is not None:
        yield say_need(found.needs, Language.BOKMAL)


def _in_year(reading: Reading, year: int) -> Occurrences:
    # The list of holidays is slow to import, and only asked for with --year.
    from web.wiring import holidays_of

    holidays = holidays_of(year)
    return occurrences(
        reading.cadence,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        anchor_on=None,
        is_closed=lambda day: day.weekday() > 4 or day in holidays,
        on_closed=ClosedDayRule.SKIP,
    )
