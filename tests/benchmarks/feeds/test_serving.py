"""What it costs to serve a feed, beside an empty page, making it anew, and Radicale.

Every round asks every server; ratios of the medians of five rounds are asserted, and seconds only
printed, since machines differ.
"""

from __future__ import annotations

import base64
import http.client
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from statistics import median

import pytest
from sqlmodel import Session

from scheduler.domain.enums import DutyKind, FeedDetail, FeedScope
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.schema import upgrade_schema
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from tests.benchmarks.feeds.servers import Server, our_server, radicale
from tests.factories import rows
from web.addresses import page_address
from web.feeds.calendar_bytes import feed_bytes

ROUNDS = 5
MIB = 1024 * 1024


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
    now, today = datetime.now(UTC), date.today()  # noqa: DTZ011 - any day near it will do.
    began = time.process_time()
    for _ in range(times):
        with database.read() as session:
            contents = feed_contents(session, target, owner_id=None, now=now, today=today)
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


@pytest.mark.parametrize("bounds", SIZES, ids=lambda bounds: f"{bounds.entries} entries")
def test_a_kept_feed_costs_what_an_empty_page_does(bounds: Bounds, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'aarshjul.db'}")
    upgrade_schema(database)
    with database.write() as session:
        target, secret = fill(session, bounds.entries)
    path = f"/feeds/{secret}.ics"
    empty, unchanged, whole, making, latency, other = ([] for _ in range(6))
    with (
        our_server(database.url, tmp_path / "home") as ours,
        radicale(tmp_path / "radicale") as theirs,
    ):
        body, tag = ours.get(path)
        assert body.count(b"BEGIN:VEVENT") == bounds.entries
        put_in_radicale(theirs, body)
        known = {"If-None-Match": tag or ""}
        for warm in (True, *[False] * ROUNDS):
            page = ours.ask("/healthz", 500, status=200)
            same = ours.ask(path, 500, status=304, headers=known)
            full = ours.ask(path, 500, status=200)
            made = cost_of_making(database, target, 3)
            theirs_took = theirs.ask("/kari/feed/", 5, status=200, headers=AS_KARI)
            if not warm:
                empty.append(page.cpu)
                unchanged.append(same.cpu)
                whole.append(full.cpu)
                making.append(made)
                latency.append(full.latency)
                other.append(theirs_took.latency)
        memory = ours.largest()
    database.close()
    costs = {
        "empty page, CPU": empty,
        "304, CPU": unchanged,
        "200, CPU": whole,
        "made anew, CPU": making,
        "200, latency": latency,
        "Radicale, latency": other,
    }
    figures = [f"{name} {median(found) * 1000:.2f} ms" for name, found in costs.items()]
    figures.append(f"{1 / median(unchanged):.0f} answers 304 a second of CPU")
    figures.append(f"{1 / median(whole):.0f} answers 200 a second of CPU")
    figures.append(f"{memory / MIB:.0f} MiB")
    print(f"\n{bounds.entries} entries: {'; '.join(figures)}")  # noqa: T201 - what a benchmark says.

    assert median(unchanged) <= median(empty) / 0.6
    assert median(whole) <= median(empty) / 0.6
    assert median(whole) <= median(making) * bounds.of_making
    assert median(latency) <= median(other) * bounds.of_radicale
    assert memory < 100 * MIB
