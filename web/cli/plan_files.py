"""`aarshjul load`: a plan file in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from sqlmodel import Session

from scheduler.domain.language import Language, say_date
from scheduler.domain.planfile import PlanFile
from scheduler.store.rows import id_of
from scheduler.usecases.plan_file import (
    CalledOff,
    LoadReport,
    Retired,
    load_plan,
    parse_plan_file,
    preview_plan,
    retire_missing,
)
from scheduler.usecases.year.council_reports import let_reports_follow
from scheduler.usecases.year.year_plans import find_municipality
from web.cli.errors import NoSuchRowError
from web.cli.norwegian import Command
from web.cli.options import Opened, opened, verbose_option
from web.cli.output import as_json
from web.cli.plan_changes import change_lines
from web.wiring import holidays_of

__all__ = ["load"]


@click.command(cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Vis hva som ville skjedd, uten å endre noe.")
@click.option(
    "--retire",
    "names",
    multiple=True,
    metavar="NAVN",
    help="Ta ut av bruk noe filen ikke lenger nevner, for eksempel «forum tog». "
    "Møtene framover i et forum avlyses. Kan gjentas.",
)
@click.option("--json", "in_json", is_flag=True, help="Skriv rapporten som JSON.")
@verbose_option
def load(
    file: Path, *, dry_run: bool, names: tuple[str, ...], in_json: bool, verbose: bool
) -> None:
    """Les inn en planfil (TOML)."""
    plan = parse_plan_file(file.read_bytes())
    retired = Retired()
    with opened(verbose=verbose) as here:
        if dry_run and not names:
            with here.database.read() as session:
                report = preview_plan(session, plan)
        else:
            # A trial does it all and takes it back, so that it tells what the real run would do.
            with here.database.write() as session:
                report = load_plan(session, plan, now=here.now, actor_id=None)
                if names:
                    retired = _retire(session, plan, report, names, here)
                    report = replace(report, missing=preview_plan(session, plan).missing)
                let_reports_follow(
                    session,
                    id_of(find_municipality(session, plan.municipality.slug)),
                    now=here.now,
                    holidays_of=holidays_of,
                    actor_id=None,
                )
                if dry_run:
                    session.rollback()
    if in_json:
        said = report.as_json(Language.BOKMAL)
        if names:
            said |= retired.as_json()
        click.echo(as_json(said))
    else:
        _say(report, retired, dry_run=dry_run)


def _retire(
    session: Session, plan: PlanFile, report: LoadReport, names: tuple[str, ...], here: Opened
) -> Retired:
    for name in names:
        if name not in report.missing:
            raise NoSuchRowError("missing", name)
    return retire_missing(
        session,
        plan,
        names,
        today=here.today,
        now=here.now,
        holidays_of=holidays_of,
        actor_id=None,
    )


def _say(report: LoadReport, retired: Retired, *, dry_run: bool) -> None:
    shown = report.as_json(Language.BOKMAL)
    if dry_run:
        click.echo("Prøvekjøring: ingenting er endret.")
    for line in change_lines(report.changes):
        click.echo(line)
    click.echo(f"{report.added} nye, {report.changed} endret, {report.unchanged} uendret.")
    for name in retired.names:
        click.echo(f"tatt ut av bruk: {name}")
    for one in retired.called_off:
        click.echo(_said_called_off(one))
    for missing in shown["missing"]:
        click.echo(f"Står ikke lenger i filen, men er beholdt: {missing}")
    if shown["missing"]:
        click.echo("Ta det ut av bruk med --retire og navnet, først med --dry-run.")
    for warning in shown["warnings"]:
        click.echo(f"Merk: {warning}")


def _said_called_off(one: CalledOff) -> str:
    series = f"{one.forum}, {one.unit}" if one.unit else one.forum
    told = [
        f"{count} {words}"
        for count, words in (
            (one.duties, "frister faller bort"),
            (one.mails.one_each, "får e-post"),
            (one.mails.invitations, "får invitasjonen trukket"),
            (one.mails.rooms, "rom får beskjed"),
        )
        if count
    ]
    said = f"avlyst: {series}, {say_date(one.held_on, Language.BOKMAL)}"
    return f"{said} ({', '.join(told)})" if told else said
