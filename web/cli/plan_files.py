"""`aarshjul load`: a plan file in."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.domain.language import Language
from scheduler.store.rows import id_of
from scheduler.usecases.plan_file import LoadReport, load_plan, parse_plan_file, preview_plan
from scheduler.usecases.year.council_reports import let_reports_follow
from scheduler.usecases.year.year_plans import find_municipality
from web.cli.norwegian import Command
from web.cli.options import opened, verbose_option
from web.cli.output import as_json
from web.cli.plan_changes import change_lines
from web.wiring import holidays_of

__all__ = ["load"]


@click.command(cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Vis hva som ville skjedd, uten å endre noe.")
@click.option("--json", "in_json", is_flag=True, help="Skriv rapporten som JSON.")
@verbose_option
def load(file: Path, *, dry_run: bool, in_json: bool, verbose: bool) -> None:
    """Les inn en planfil (TOML)."""
    plan = parse_plan_file(file.read_bytes())
    with opened(verbose=verbose) as here:
        if dry_run:
            with here.database.read() as session:
                report = preview_plan(session, plan)
        else:
            with here.database.write() as session:
                report = load_plan(session, plan, now=here.now, actor_id=None)
                let_reports_follow(
                    session,
                    id_of(find_municipality(session, plan.municipality.slug)),
                    now=here.now,
                    holidays_of=holidays_of,
                    actor_id=None,
                )
    if in_json:
        click.echo(as_json(report.as_json(Language.BOKMAL)))
    else:
        _say(report, dry_run=dry_run)


def _say(report: LoadReport, *, dry_run: bool) -> None:
    shown = report.as_json(Language.BOKMAL)
    if dry_run:
        click.echo("Prøvekjøring: ingenting er endret.")
    for line in change_lines(report.changes):
        click.echo(line)
    click.echo(f"{report.added} nye, {report.changed} endret, {report.unchanged} uendret.")
    for missing in shown["missing"]:
        click.echo(f"Står ikke lenger i filen, men er beholdt: {missing}")
    for warning in shown["warnings"]:
        click.echo(f"Merk: {warning}")
