"""`aarshjul reminders`, `done` and `status`: what will be sent, and what has been done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click
from sqlmodel import Session

from scheduler.domain.language import Language
from scheduler.domain.periods import period_of, read_period
from scheduler.language.titles import duty_title
from scheduler.usecases.pages.duties import read_duty
from scheduler.usecases.reminders.duty_states import duty_done
from scheduler.usecases.reminders.errors import DutyNotFoundError
from scheduler.usecases.reminders.forecast import forecast
from scheduler.usecases.tracking.status import municipality_status
from scheduler.usecases.year.year_plans import find_municipality
from web.cli.errors import NoSuchRowError
from web.cli.norwegian import Command
from web.cli.options import day_option, municipality_option, opened, verbose_option
from web.cli.output import as_json
from web.wiring import holidays_of

__all__ = ["done", "reminders", "status"]


@click.command(cls=Command)
@municipality_option
@day_option("--from", text="Første dag.")
@day_option("--to", text="Siste dag.")
@click.option("--json", "in_json", is_flag=True, help="Skriv listen som JSON.")
@verbose_option
def reminders(*, slug: str, in_json: bool, verbose: bool, **days: datetime) -> None:
    """Vis hvilke påminnelser som går ut, når og til hvem."""
    if days["to"] < days["from"]:
        raise click.UsageError("--to er før --from.")
    with opened(verbose=verbose) as here, here.database.read() as session:
        municipality = find_municipality(session, slug)
        zone = ZoneInfo(municipality.timezone)
        rows = forecast(
            session,
            municipality,
            from_at=days["from"].replace(tzinfo=zone),
            until_at=days["to"].replace(tzinfo=zone) + timedelta(days=1),
            today=here.today,
            holidays_of=holidays_of,
        )
    if in_json:
        click.echo(as_json([row.as_json() for row in rows]))
        return
    if not rows:
        click.echo("Ingen påminnelser i disse dagene.")
    for row in sorted(rows, key=lambda one: one.goes_at or one.due_at):
        at = (row.goes_at or row.due_at).astimezone(zone)
        # A later mail about the same comes before it could go.
        overtaken = " (går ikke: for sent)" if row.waits and row.goes_at is None else ""
        click.echo(
            f"{at:%Y-%m-%d %H:%M}\t{row.kind}\t{row.step}\t"
            f"{row.recipient or row.position or '-'}\t{row.forum or '-'}\t{row.state}{overtaken}"
        )


@click.command(cls=Command)
@click.argument("duty_id", type=int)
@click.option("--link", metavar="URL", help="Lenke til saken i arkivet.")
@verbose_option
def done(duty_id: int, *, link: str | None, verbose: bool) -> None:
    """Merk en oppgave som ferdig."""
    with opened(verbose=verbose) as here, here.database.write() as session:
        try:
            changed = duty_done(
                session, duty_id, by=None, now=here.now, link=link, through="command"
            )
        except DutyNotFoundError as error:
            raise NoSuchRowError("duty", str(duty_id)) from error
        title = _title(session, duty_id)
    click.echo(f"Merket som ferdig: {title}" if changed else f"Allerede ferdig: {title}")


@click.command(cls=Command)
@municipality_option
@click.option("--period", metavar="P", help="År (2027) eller skoleår (2027/28).")
@click.option("--json", "in_json", is_flag=True, help="Skriv statusen som JSON.")
@verbose_option
def status(*, slug: str, period: str | None, in_json: bool, verbose: bool) -> None:
    """Vis alt planen ber om, og hvor langt det er kommet."""
    with opened(verbose=verbose) as here, here.database.read() as session:
        municipality = find_municipality(session, slug)
        asked = read_period(period) if period else period_of(here.today, municipality.period_kind)
        found = municipality_status(session, municipality, asked)
    if in_json:
        click.echo(as_json(found.as_json()))
        return
    click.echo(f"{found.period}:")
    for row in found.rows:
        click.echo(row.as_line(Language.BOKMAL))


def _title(session: Session, duty_id: int) -> str:
    duty = read_duty(session, duty_id)
    if duty is None:
        raise NoSuchRowError("duty", str(duty_id))
    if duty.level is not None and duty.level.is_case:
        # Dates of case-level meetings are shown to nobody here (privacy rule 4).
        duty = replace(duty, meeting_on=None)
    return duty_title(duty, Language.BOKMAL)
