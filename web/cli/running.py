"""`aarshjul worker`, `serve` and `check`: the program in operation."""

from __future__ import annotations

import os
import sys

import click

from scheduler.usecases.outbox.waiting import Waiting, read_waiting
from web.cli.health import Verdict, healthy_lines
from web.cli.mail_check import try_mail
from web.cli.norwegian import Command
from web.cli.options import Opened, opened, say_database, shown_database, verbose_option
from web.cli.output import say_instant
from web.cli.web_server import refuse_taken_port, web_server_command, web_server_environment
from web.settings import Settings, read_settings
from web.wiring import (
    clock_of,
    mail_transport,
    open_database,
    read_returned,
    run_worker,
    work_once,
)

__all__ = ["check", "serve", "worker"]


@click.command(cls=Command)
@click.option("--once", is_flag=True, help="Send det som er forfalt nå, og stopp.")
@verbose_option
def worker(*, once: bool, verbose: bool) -> None:
    """Send påminnelser etter hvert som de forfaller."""
    needs = (Settings.needed_base_url, Settings.needed_smtp_url, Settings.needed_mail_from)
    with opened(verbose=verbose, needs=needs) as here:
        transport = mail_transport(here.settings)
        if once:
            problem = read_returned(here.settings, here.database)
            try:
                done = work_once(here.settings, here.database, transport)
            finally:
                transport.close()
            click.echo(f"{done.sent} e-poster sendt.")
            if problem is not None:
                click.echo(f"Postkassen for e-post i retur kan ikke leses: {problem}", err=True)
            if done.server_down:
                click.echo(
                    f"E-postserveren {transport.server} tar ikke imot; resten prøves igjen senere."
                    " Kjør aarshjul check --mail ADRESSE for å se hvorfor.",
                    err=True,
                )
            return
        with here.database.read() as session:
            click.echo(_start(read_waiting(session), here))
        run_worker(here.settings, here.database, transport)


@click.command(cls=Command)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(*, port: int, host: str) -> None:
    """Start nettsidene for drift (gunicorn). Påminnelsene sendes av aarshjul worker."""
    settings = read_settings(
        Settings.refuse_test_now, Settings.needed_base_url, Settings.refuse_no_secret_key
    )
    settings.kept_secret_key()
    with open_database(settings):
        pass  # A schema that is behind must be said here, not by each web process.
    without_mail = settings.unset_for_mail()
    if without_mail:
        click.echo(
            f"aarshjul: {' og '.join(without_mail)} er ikke satt: ingen får e-post, heller ikke"
            " lenker for å logge inn, uten at aarshjul worker går et annet sted.",
            err=True,
        )
    refuse_taken_port(host, port)
    click.echo(
        f"Nettsidene startes på {host}:{port}, for {settings.needed_base_url()}."
        f" Database: {shown_database(settings)}"
    )
    command = web_server_command(host=host, port=port)
    environment = web_server_environment(os.environ)
    os.execve(sys.executable, command, environment)  # noqa: S606 - no shell.


@click.command(cls=Command)
@click.option("--mail", "recipient", metavar="TO", help="Send en prøvemelding og si hva som skjer.")
@verbose_option
def check(*, recipient: str | None, verbose: bool) -> None:
    """Sjekk om installasjonen er i orden."""
    settings = read_settings()
    clock = clock_of(settings)
    healthy = True
    with open_database(settings, with_schema=False) as database:
        for line in healthy_lines(settings, database, clock.now()):
            healthy = healthy and line.verdict is not Verdict.FAULT
            click.echo(f"{line.verdict:<4}  {line.text}")
    if verbose:
        say_database(settings)
    if recipient is not None:
        healthy = try_mail(settings, recipient, clock.now()) and healthy
    if not healthy:
        sys.exit(1)


def _start(waiting: Waiting, here: Opened) -> str:
    """Return the line that says what the worker goes on with, and in which database."""
    if waiting.next_at is None:
        line = "Ingen e-post venter."
    elif waiting.next_at <= here.now:
        line = f"E-poster i kø: {waiting.mails}, den neste nå."
    else:
        line = f"E-poster i kø: {waiting.mails}, den neste {say_instant(waiting.next_at)}."
    return f"Påminnelsene er i gang. {line} Database: {shown_database(here.settings)}"
