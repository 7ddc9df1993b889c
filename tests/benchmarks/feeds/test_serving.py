"""What it costs to serve a feed, beside an empty page, making it anew, and Radicale.

Every round asks every server, a few requests at a time in turn, so that a busy machine is busy for
all of them; CPU is that of the serving process alone. Ratios of the medians of five rounds are
asserted; seconds, answers a second and the machine's load are only printed.
"""

from __future__ import annotations

import base64
import http.client
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from statistics import fmean, median

import pytest
from sqlmodel import Session

from scheduler.domain.enums import DutyKind, FeedDetail, FeedScope
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from tests.benchmarks.feeds.servers import (
    Server,
    memory_of_postgresql_driver,
    our_server,
    radicale,
)
from tests.factories import rows
from web.addresses import page_address
from web.feeds.calendar_bytes import feed_bytes

ROUNDS = 5
SLICES, IN_A_SLICE = 10, 50
MIB = 1024 * 1024
Making = Callable[[], float]


@dataclass(frozen=True)
class Bounds:
    """What the feed of a size may cost at most, as a part of what it is compared with."""

    entries: int
    of_making: float
    of_radicale: float


SIZES = (
    Bounds(entries=60, of_making=1 / 25, of_radicale=1 / 8),
    Bounds(entries=500, of_making=1 / 150, of_radicale=1 / 40),
)


def fill(session: Session, entries: int) -> tuple[FeedTarget, str]:
    """Give a position that many meetings and deadlines around today, and a feed."""
    municipality = rows.add_municipality(session)
    year = rows.add_year(session, municipality)
    forum = rows.add_forum(
        session, municipality, name="Ressursgruppe, tverrfaglig", agenda=["Årshjulet", "Tiltak"]
    )
    position = rows.add_position(session, municipality, title="Barne- og familieveileder")
    rows.add_seat(session, forum, position)
    first = datetime.now(UTC).date() - timedelta(days=200)
    for number in range(entries):
        on = first + timedelta(days=number)
        if number % 4 == 3:
            rows.add_duty(
                session,
                municipality,
                kind=DutyKind.NOTICE,
                position_id=position.id,
                forum_id=forum.id,
                due_on=on,
            )
        else:
            rows.add_meeting(session, year, forum, held_on=on, starts=clock(9), ends=clock(11, 30))
    target = FeedTarget(
        scope=FeedScope.POSITION,
        municipality_id=id_of(municipality),
        position_id=id_of(position),
    )
    _made, secret = create_subscription(
        session,
        target,
        owner_id=None,
        label="Outlook",
        language=Language.BOKMAL,
        now=datetime.now(UTC),
    )
    return target, secret


def cost_of_making(database: Database, target: FeedTarget, times: int) -> float:
    """Return the CPU of reading the rows and writing every entry with icalendar."""
    today = date.today()  # noqa: DTZ011 - any day near it will do.
    began = time.process_time()
    for _ in range(times):
        with database.read() as session:
            contents = feed_contents(session, target, owner_id=None, today=today)
        feed_bytes(
            contents,
            language=Language.BOKMAL,
            detail=FeedDetail.FULL,
            address_of=page_address("https://arshjul.example"),
        )
    return (time.process_time() - began) / times


def put_in_radicale(server: Server, body: bytes) -> None:
    """Store the same entries as a calendar of Radicale's."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request(
        "PUT", "/kari/feed/", body=body, headers={**AS_KARI, "Content-Type": "text/calendar"}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 201, answer.status


AS_KARI = {"Authorization": f"Basic {base64.b64encode(b'kari:').decode()}"}


@dataclass
class Round:
    """What each thing cost in one round, in seconds a request."""

    empty: float
    unchanged: float
    whole: float
    latency: float
    making: float
    radicale: float


def one_round(ours: Server, theirs: Server, path: str, tag: str, making: Making) -> Round:
    """Ask for everything in turn, a slice at a time."""
    known = {"If-None-Match": tag}
    pages, same, full, made, other = [], [], [], [], []
    for number in range(SLICES):
        pages.append(ours.ask("/healthz", IN_A_SLICE, status=200))
        same.append(ours.ask(path, IN_A_SLICE, status=304, headers=known))
        full.append(ours.ask(path, IN_A_SLICE, status=200))
        if number % 5 == 0:
            made.append(making())
            other.append(theirs.ask("/kari/feed/", 2, status=200, headers=AS_KARI).latency)
    return Round(
        empty=fmean(cost.cpu for cost in pages),
        unchanged=fmean(cost.cpu for cost in same),
        whole=fmean(cost.cpu for cost in full),
        latency=fmean(cost.latency for cost in full),
        making=fmean(made),
        radicale=fmean(other),
    )


@pytest.mark.parametrize("bounds", SIZES, ids=lambda bounds: f"{bounds.entries} entries")
def test_a_kept_feed_costs_what_an_empty_page_does(
    bounds: Bounds, database: Database, tmp_path: Path
) -> None:
    with database.write() as session:
        target, secret = fill(session, bounds.entries)
    path = f"/feeds/{secret}.ics"
    rounds: list[Round] = []
    with (
        our_server(database.url, tmp_path / "home") as ours,
        radicale(tmp_path / "radicale") as theirs,
    ):
        body, tag = ours.get(path)
        assert body.count(b"BEGIN:VEVENT") == bounds.entries
        put_in_radicale(theirs, body)
        for _ in range(1 + ROUNDS):
            rounds.append(
                one_round(
                    ours, theirs, path, tag or "", lambda: cost_of_making(database, target, 1)
                )
            )
        memory = ours.largest()
    # The first round warms up.
    middle = {
        name: median(getattr(one, name) for one in rounds[1:]) for name in Round.__annotations__
    }
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    # What it is made of is not ours to make smaller.
    driver = 0 if database.is_sqlite else memory_of_postgresql_driver()
    figures = [f"{name} {seconds * 1000:.2f} ms" for name, seconds in middle.items()]
    figures += [
        f"304 and 200 by empty {middle['unchanged'] / middle['empty']:.2f} and "
        f"{middle['whole'] / middle['empty']:.2f}",
        f"making by 200 {middle['making'] / middle['whole']:.0f}",
        f"Radicale by 200 {middle['radicale'] / middle['latency']:.0f}",
        f"{1 / middle['unchanged']:.0f} answers 304 and {1 / middle['whole']:.0f} answers 200 a "
        "second of CPU",
        f"{memory / MIB:.0f} MiB, of which the driver {driver / MIB:.0f}",
        f"load {os.getloadavg()[0]:.1f}",
    ]
    print(f"\n{bounds.entries} entries, {kind}: {'; '.join(figures)}")  # noqa: T201 - its purpose.

    assert middle["unchanged"] <= middle["empty"] / 0.6
    assert middle["whole"] <= middle["empty"] / 0.6
    assert middle["whole"] <= middle["making"] * bounds.of_making
    assert middle["latency"] <= middle["radicale"] * bounds.of_radicale
    assert memory - driver < 100 * MIB
