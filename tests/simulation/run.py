"""A stretch of time, hour by hour, with a worker, a real SMTP server and people who do things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from scheduler.mail import SmtpTransport
from scheduler.store.database import Database
from scheduler.store.tables import Duty, Municipality, Outbox, Person
from tests.e2e.post_office import PostOffice
from tests.factories.office import worker_of
from tests.factories.ports import free_port
from tests.simulation.rulebook import Fact
from tests.simulation.script import Scene, scenes_of
from tests.simulation.stage import publish, settle
from tests.simulation.story import Story

__all__ = ["Arrived", "Run", "every_hour", "hours_with_mail", "in_utc", "simulate"]

OSLO = ZoneInfo("Europe/Oslo")
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Arrived:
    """One mail as it came in: when, to whom, and the rows it told of."""

    at: datetime
    to: tuple[str, ...]
    subject: str
    text: str
    kinds: tuple[str, ...]
    mail_class: str
    facts: tuple[Fact, ...]


@dataclass
class Run:
    """What came of a simulated stretch."""

    story: Story
    arrived: list[Arrived] = field(default_factory=list)


def every_hour(_database: Database) -> datetime | None:
    """Walk through every hour."""
    return datetime.min.replace(tzinfo=UTC)


def hours_with_mail(database: Database) -> datetime | None:
    """Pass by the hours in which nothing is due."""
    with database.read() as session:
        return session.exec(
            select(func.min(Outbox.next_at)).where(Outbox.state == "scheduled")
        ).one()


def simulate(
    database: Database,
    slugs: Iterable[str],
    *,
    first: datetime,
    last: datetime,
    next_walk: Callable[[Database], datetime | None] = every_hour,
) -> Run:
    """Publish the municipalities' years at `first`, and step to `last` hour by hour."""
    story = Story(published_at=first, ended_at=last)
    scenes: list[Scene] = []
    for slug in slugs:
        with database.write() as session:
            settle(session, slug, now=first)
            publish(session, slug, now=first)
            scenes += scenes_of(session, slug)
    scenes.sort(key=lambda scene: scene.at)
    came: dict[str, tuple[datetime, Any]] = {}
    clock = [first]
    walk_at = next_walk(database)
    with PostOffice(free_port()) as office:
        transport = SmtpTransport(office.url)
        worker = worker_of(database, transport, lambda: clock[0])
        at = first
        while at < last:
            at += AN_HOUR
            while scenes and scenes[0].at <= at:
                scene = scenes.pop(0)
                if scene.at > first:
                    with database.write() as session:
                        scene.act(session, story)
                    walk_at = next_walk(database)
            clock[0] = at
            if walk_at is None or walk_at > at:
                continue
            worker.run_once()
            walk_at = next_walk(database)
            for mail in office.mails:
                assert mail["Message-ID"] not in came, mail["Subject"]
                came[str(mail["Message-ID"])] = (at, mail)
            office.mails.clear()
        transport.close()
    return Run(story, _told(database, came))


def _told(database: Database, came: dict[str, tuple[datetime, Any]]) -> list[Arrived]:
    with database.read() as session:
        rows = session.exec(
            select(Outbox, Duty, Municipality.slug)
            .outerjoin(Duty, col(Duty.id) == col(Outbox.duty_id))
            .outerjoin(Municipality, col(Municipality.id) == col(Outbox.municipality_id))
        ).all()
        emails = dict(session.exec(select(Person.email, Person.id)).all())
    by_id = {row.message_id: row for row, _duty, _slug in rows if row.message_id}
    told: dict[int | None, list[tuple[Outbox, str | None]]] = defaultdict(list)
    for row, _duty, slug in rows:
        told[row.merged_into if row.state == "merged" else row.id].append((row, slug))
    arrived = []
    for message_id, (at, mail) in came.items():
        carrier = by_id[message_id]
        to = tuple(sorted(part.addr_spec for part in mail["To"].addresses))
        assert not set(to) - set(emails), to
        body = mail.get_body(("plain",))
        parts = told[carrier.id]
        arrived.append(
            Arrived(
                at=at,
                to=to,
                subject=str(mail["Subject"]),
                text=body.get_content(),
                kinds=tuple(row.kind for row, _slug in parts),
                mail_class=carrier.mail_class,
                facts=tuple(
                    _fact(row, str(slug), at, to) for row, slug in parts if row.duty_id is not None
                ),
            )
        )
    return arrived


def _fact(row: Outbox, slug: str, at: datetime, to: tuple[str, ...]) -> Fact:
    return Fact(
        municipality=slug,
        kind=row.kind,
        step=row.step,
        duty=row.duty_id or 0,
        position=(row.position_id or 0) if row.kind == "agenda" else 0,
        deadline=date.fromisoformat(row.dedup_key.rsplit("@", 1)[1]),
        day=at.astimezone(OSLO).date(),
        to=to,
    )


def in_utc(text: str) -> datetime:
    """Return an instant from local words: "2026-12-01 08:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)
