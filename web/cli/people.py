"""`aarshjul people` and `admin`: who holds which position, and who may administer."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.domain.language import Language, say_date
from scheduler.store.rows import id_of
from scheduler.usecases.access.administrators import add_administrator
from scheduler.usecases.access.login_link import new_login_link
from scheduler.usecases.people import (
    HoldingAction,
    PeopleReport,
    import_people,
    read_people_file,
)
from scheduler.usecases.year.year_plans import find_municipality
from web.addresses import login_address
from web.cli.norwegian import Command, Group
from web.cli.options import municipality_option, opened, verbose_option
from web.cli.output import as_json

__all__ = ["admin", "people"]


@click.group(cls=Group)
def admin() -> None:
    """Administratorer."""


@admin.command()
@click.argument("email")
@click.option("--municipality", "-m", "slug", metavar="M", help="Bare for denne kommunen.")
@verbose_option
def add(email: str, *, slug: str | None, verbose: bool) -> None:
    """Gjør en person til administrator, og skriv ut en engangslenke for å logge inn."""
    with opened(verbose=verbose) as here:
        base_url = here.settings.needed_base_url()
        with here.database.write() as session:
            municipality = find_municipality(session, slug) if slug else None
            person_id = add_administrator(
                session, email, municipality, now=here.now, today=here.today
            )
            link = new_login_link(session, person_id, now=here.now)
    click.echo(login_address(base_url, link.token))


@click.command(cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@municipality_option
@click.option("--dry-run", is_flag=True, help="Vis hva som ville skjedd, uten å endre noe.")
@click.option("--json", "in_json", is_flag=True, help="Skriv rapporten som JSON.")
@verbose_option
def people(file: Path, *, slug: str, dry_run: bool, in_json: bool, verbose: bool) -> None:
    """Les inn hvem som har hvilke stillinger (CSV eller XLSX).

    Kolonner: position, name, email, from, to, deputy.
    """
    rows = read_people_file(file.read_bytes())
    # A trial does it all and takes it back, so that it is refused what the real run would be.
    with opened(verbose=verbose) as here, here.database.write() as session:
        report = import_people(
            session,
            rows,
            municipality_id=id_of(find_municipality(session, slug)),
            today=here.today,
            now=here.now,
            actor_id=None,
        )
        if dry_run:
            session.rollback()
    if in_json:
        click.echo(as_json(report.as_json(Language.BOKMAL)))
    else:
        _say(report, dry_run=dry_run)


def _say(report: PeopleReport, *, dry_run: bool) -> None:
    shown = report.as_json(Language.BOKMAL)
    if dry_run:
        click.echo("Prøvekjøring: ingenting er endret.")
    for change in report.changes:
        if change.action is not HoldingAction.UNCHANGED:
            verb = "ny" if change.action is HoldingAction.ADDED else "endret"
            until = (
                say_date(change.until_on, Language.BOKMAL) if change.until_on else "inntil videre"
            )
            click.echo(
                f"{verb}: {change.position_title}: {change.name} <{change.email}>, "
                f"{say_date(change.from_on, Language.BOKMAL)} – {until}"
            )
    click.echo(f"{shown['added']} nye, {shown['changed']} endret, {shown['unchanged']} uendret.")
    for missing in shown["missing"]:
        click.echo(f"Står ikke i listen, men er beholdt: {missing}")
    for warning in shown["warnings"]:
        click.echo(f"Merk: {warning}")
