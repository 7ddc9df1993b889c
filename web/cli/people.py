"""`aarshjul admin`: who may administer; nothing on the web works before there is one."""

from __future__ import annotations

import click

from scheduler.usecases.access.administrators import add_administrator
from scheduler.usecases.access.login_link import new_login_link
from scheduler.usecases.year.year_plans import find_municipality
from web.addresses import login_address
from web.cli.options import opened, verbose_option

__all__ = ["admin"]


@click.group()
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
