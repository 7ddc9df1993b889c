"""`aarshjul demo`: everything in one process, with made-up people and no mail that leaves."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import click

from scheduler.domain.civil_time import today_of
from scheduler.plans import bundled
from scheduler.store.schema import upgrade_schema
from web.addresses import feed_address, login_address
from web.cli.norwegian import Command
from web.cli.output import as_json
from web.demo.seed import DemoLinks, DemoSecrets, keep_links, seed
from web.demo.serving import reserve_port, serve_demo
from web.settings import Settings, read_settings
from web.wiring import clock_of, holidays_of, open_database

__all__ = ["demo"]

_ROLES = {
    "member": "Medlem",
    "secretary": "Sekretær",
    "leader": "Leder",
    "administrator": "Administrator",
}


@click.command(cls=Command)
@click.option("--plan", default="sor-fron", show_default=True, help="Hvilken kommunes plan.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Begynn på nytt med en ny database.")
@click.option("--no-serve", is_flag=True, help="Lag databasen, men start ikke tjenesten.")
@click.option("--json", "in_json", is_flag=True, help="Skriv adressene som JSON.")
def demo(*, plan: str, port: int, fresh: bool, no_serve: bool, in_json: bool) -> None:
    """Prøv årshjulet med en ferdig plan og oppdiktede personer."""
    # Asked for before anything is made or removed: a name may be misspelt.
    bundled(plan)
    settings = _demo_settings(read_settings(), port)
    home = settings.home_folder
    clock = clock_of(settings)
    with ExitStack() as stack:
        # The port first: a demo that cannot be served is not made either.
        listening = None if no_serve else stack.enter_context(reserve_port(port))
        if fresh:
            shutil.rmtree(home, ignore_errors=True)
        database = stack.enter_context(open_database(settings, with_schema=False))
        upgrade_schema(database)
        now = clock.now()
        if not in_json:
            click.echo(f"Lager demoen i {home} …", err=True)
        seed(database, plan, now=now, today=today_of(now), holidays_of=holidays_of)
        secrets = DemoSecrets(settings.kept_secret_key())
        links = keep_links(database, plan, secrets, now=now, today=today_of(now))
        _print(links, settings.needed_base_url(), in_json=in_json)
        if listening is not None:
            serve_demo(settings, database, listening, clock)


def _demo_settings(settings: Settings, port: int) -> Settings:
    """Return the settings of the demo: its own folder, SQLite, and no mail server."""
    home: Path = settings.home_folder / "demo"
    return settings.model_copy(
        update={
            "home": home,
            "database_url": None,
            "smtp_url": None,
            "secret_key": None,
            "mail_from": "aarshjul@demo.example",
            "base_url": f"http://127.0.0.1:{port}",
        }
    )


def _print(links: DemoLinks, base_url: str, *, in_json: bool) -> None:
    logins = {role: login_address(base_url, token) for role, token in links.logins.items()}
    feeds = {role: feed_address(base_url, secret) for role, secret in links.feeds.items()}
    if in_json:
        click.echo(
            as_json(
                {
                    "municipality": links.municipality,
                    "login_urls": logins,
                    "feeds": feeds,
                    "meetings": links.meetings,
                }
            )
        )
        return
    click.echo(f"\n{links.meetings} møter er planlagt og publisert. Åpne en av lenkene:\n")
    for role, address in logins.items():
        click.echo(f"  {_ROLES[role]:<14} {address}")
    click.echo("\nKalendere å abonnere på:\n")
    for role, address in feeds.items():
        click.echo(f"  {_ROLES[role]:<14} {address}")
    click.echo(f"\nE-post som demoen sender: {base_url}/demo/post/\nStopp med Ctrl+C.")
