"""`aarshjul feed`, `subscribe` and `subscriptions`: calendars from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from sqlmodel import Session, select

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.identity_number import holds_identity_number
from scheduler.domain.language import Language
from scheduler.domain.unseen import without_unseen
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Municipality, Person, Position
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subject import GoneError
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    UnknownSubscriptionError,
    create_subscription,
    revoke_subscription,
    subscriptions_of_municipality,
)
from scheduler.usecases.people.person import find_person
from scheduler.usecases.year.year_plans import find_municipality
from web.addresses import feed_address, page_address
from web.cli.errors import CalendarGoneError, NoSuchRowError, UnwritableFileError
from web.cli.norwegian import Command
from web.cli.options import municipality_option, opened, verbose_option
from web.feeds.calendar_bytes import feed_bytes

__all__ = ["feed", "subscribe", "subscriptions"]

_LONGEST_LABEL: Final = 60

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _subject_options(command: _Command) -> _Command:
    """Add the options that say whose calendar it is, and in which municipality."""
    for option in (
        municipality_option,
        click.option("--leaders", is_flag=True, help="Ledernes: gjennomganger og rapporter."),
        click.option("--all", "whole", is_flag=True, help="Hele kommunens kalender."),
        click.option("--forum", metavar="SLUG", help="Et forums kalender."),
        click.option("--position", metavar="SLUG", help="En stillings kalender."),
        click.option("--person", metavar="EMAIL", help="En persons kalender."),
    ):
        command = option(command)
    return command


def _label(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return the label as pages take it: one line, since the list has one for each."""
    text = " ".join(without_unseen(value).split())
    if not 0 < len(text) <= _LONGEST_LABEL:
        raise click.BadParameter(f"Navnet må ha fra 1 til {_LONGEST_LABEL} tegn.")
    if holds_identity_number(text):
        raise click.BadParameter("Navnet kan ikke inneholde fødselsnummer.")
    return text


@click.command(cls=Command)
@_subject_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Skriv til en fil.")
@verbose_option
def feed(
    *,
    person: str | None,
    position: str | None,
    forum: str | None,
    whole: bool,
    leaders: bool,
    slug: str,
    out: Path | None,
    verbose: bool,
) -> None:
    """Skriv ut en kalender (iCalendar) slik den er nå."""
    _ask_for_one(person, position, forum, whole=whole, leaders=leaders)
    with opened(verbose=verbose) as here, here.database.read() as session:
        municipality = find_municipality(session, slug)
        target = _target(session, municipality, person, position, forum, leaders=leaders)
        try:
            contents = feed_contents(
                session, target, owner_id=None, with_duties=True, today=here.today
            )
        except GoneError:
            raise CalendarGoneError from None
        body = feed_bytes(
            contents,
            language=municipality.language,
            detail=FeedDetail.FULL,
            address_of=page_address(here.settings.base_url),
        )
    if out is None:
        sys.stdout.buffer.write(body)
    else:
        try:
            out.write_bytes(body)
        except OSError:
            raise UnwritableFileError(out) from None


@click.command(cls=Command)
@_subject_options
@click.option(
    "--label", required=True, metavar="L", callback=_label, help="Hva abonnementet skal hete."
)
@verbose_option
def subscribe(
    *,
    person: str | None,
    position: str | None,
    forum: str | None,
    whole: bool,
    leaders: bool,
    slug: str,
    label: str,
    verbose: bool,
) -> None:
    """Lag en kalenderadresse. Den vises bare denne ene gangen."""
    _ask_for_one(person, position, forum, whole=whole, leaders=leaders)
    with opened(verbose=verbose) as here:
        base_url = here.settings.needed_base_url()
        with here.database.write() as session:
            municipality = find_municipality(session, slug)
            target = _target(session, municipality, person, position, forum, leaders=leaders)
            _made, secret = create_subscription(
                session,
                target,
                owner_id=target.person_id,
                label=label,
                language=_language(session, municipality, target),
                now=here.now,
            )
    click.echo(feed_address(base_url, secret))


@click.command(cls=Command)
@municipality_option
@click.option("--revoke", type=int, metavar="ID", help="Avslutt et abonnement.")
@verbose_option
def subscriptions(*, slug: str, revoke: int | None, verbose: bool) -> None:
    """List kommunens abonnementer, eller avslutt ett av dem."""
    with opened(verbose=verbose) as here:
        if revoke is not None:
            with here.database.write() as session:
                place = find_municipality(session, slug)
                _revoke_listed(session, id_of(place), revoke, now=here.now)
            click.echo(f"Abonnement {revoke} er avsluttet.")
            return
        with here.database.read() as session:
            municipality = find_municipality(session, slug)
            found = subscriptions_of_municipality(session, id_of(municipality))
    if not found:
        click.echo("Ingen abonnementer. Lag ett med aarshjul subscribe.")
    for one in found:
        click.echo(f"{one.id}\t{one.target.scope.value}\t{one.label}\t{one.created_at:%Y-%m-%d}")


def _revoke_listed(
    session: Session, municipality_id: int, subscription_id: int, *, now: datetime
) -> None:
    """End a subscription that the list shows, so that no wrong number ends a stranger's."""
    listed = subscriptions_of_municipality(session, municipality_id)
    if subscription_id not in {one.id for one in listed}:
        raise UnknownSubscriptionError
    revoke_subscription(session, subscription_id, actor_id=None, now=now)


def _ask_for_one(
    person: str | None, position: str | None, forum: str | None, *, whole: bool, leaders: bool
) -> None:
    if sum((person is not None, position is not None, forum is not None, whole, leaders)) != 1:
        raise click.UsageError("Velg én av --person, --position, --forum, --all og --leaders.")


def _target(
    session: Session,
    municipality: Municipality,
    person: str | None,
    position: str | None,
    forum: str | None,
    *,
    leaders: bool,
) -> FeedTarget:
    own = id_of(municipality)
    if person is not None:
        found = find_person(session, person)
        if found is None:
            raise NoSuchRowError("person", person)
        return FeedTarget(scope=FeedScope.PERSON, person_id=id_of(found))
    if position is not None:
        row = session.exec(
            select(Position).where(Position.municipality_id == own, Position.slug == position)
        ).one_or_none()
        if row is None:
            raise NoSuchRowError("position", position)
        return FeedTarget(scope=FeedScope.POSITION, municipality_id=own, position_id=id_of(row))
    if forum is not None:
        group = session.exec(
            select(Forum).where(Forum.municipality_id == own, Forum.slug == forum)
        ).one_or_none()
        if group is None:
            raise NoSuchRowError("forum", forum)
        return FeedTarget(scope=FeedScope.FORUM, municipality_id=own, forum_id=id_of(group))
    whole = FeedScope.LEADERS if leaders else FeedScope.MUNICIPALITY
    return FeedTarget(scope=whole, municipality_id=own)


def _language(session: Session, municipality: Municipality, target: FeedTarget) -> Language:
    person = session.get(Person, target.person_id) if target.person_id else None
    return (person and person.language) or municipality.language
