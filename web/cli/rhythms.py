"""`aarshjul cadence`: how a rhythm in a plan's own words is read."""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from scheduler.domain.cadence import occurrences, read, to_json
from scheduler.domain.enums import ClosedDayRule
from scheduler.domain.language import Language, say_date
from web.cli.output import as_json

__all__ = ["cadence"]


@click.command()
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
    shown = to_json(reading.cadence)
    if in_json and year is None:
        click.echo(as_json(shown))
        return
    dates = _dates_in(phrase, year) if year is not None else []
    if in_json:
        click.echo(as_json({**shown, "dates": [day.isoformat() for day in dates]}))
        return
    for key, value in shown.items():
        click.echo(f"{key}: {value}")
    for day in dates:
        click.echo(say_date(day, Language.BOKMAL))


def _dates_in(phrase: str, year: int) -> list[date]:
    # The list of holidays is slow to import, and only asked for with --year.
    from web.wiring import holidays_of

    holidays = holidays_of(year)
    found = occurrences(
        read(phrase).cadence,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        anchor_on=None,
        is_closed=lambda day: day.weekday() > 4 or day in holidays,
        on_closed=ClosedDayRule.SKIP,
    )
    return [planned.date for planned in found.dates]
