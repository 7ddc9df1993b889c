"""Five municipalities, planned and published for 2026 and 2027, with their feeds served."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlmodel import Session, func, select
from werkzeug.serving import make_server

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.feeds import FeedAlarm
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.schema import upgrade_schema
from scheduler.store.tables import Forum, Holder, Meeting, Municipality, Seat
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    create_subscription,
    find_subscription,
)
from scheduler.usecases.meetings import MeetingTime, cancel_meeting, move_meeting
from tests.factories.by_hand import set_by_hand
from tests.factories.site import Site, make_site
from web.demo.seed import seed
from web.feeds.blueprint import blueprint

PLANS = ("sor-fron", "hemsedal", "sor-aurdal", "sondre-land", "bamble")
NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MOVED_TO = date(2026, 6, 17)


# The feed of one person in Sør-Aurdal, with a cancelled and a moved meeting, in other forms.
FORMS = {
    "nynorsk_hour": (Language.NYNORSK, FeedDetail.FULL, FeedAlarm.HOUR),
    "english_title_day": (Language.ENGLISH, FeedDetail.TITLE, FeedAlarm.DAY),
    "english_busy_quarter": (Language.ENGLISH, FeedDetail.BUSY, FeedAlarm.QUARTER_HOUR),
}


def name_of(plan: str, scope: FeedScope) -> str:
    """Return the name of a feed, in the letters that vdirsyncer takes."""
    return f"{plan.replace('-', '_')}_{scope.value}"


@dataclass(frozen=True)
class Feeds:
    """The secrets of the feeds by name, where they are served, and the application."""

    secrets: dict[str, str]
    origin: str
    site: Site

    def address(self, name: str) -> str:
        """Return the address of a feed."""
        return f"{self.origin}/feeds/{self.secrets[name]}.ics"

    def body(self, name: str) -> bytes:
        """Return the bytes of a feed."""
        answer = self.site.app.test_client().get(f"/feeds/{self.secrets[name]}.ics", buffered=True)
        assert answer.status_code == 200
        content: bytes = answer.data
        return content


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Feeds]:
    """For every municipality a feed of each scope: its own, its leaders', that of the position
    with the most meetings, that of its holder, and that of the forum with the most meetings.
    """
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('towns') / 'aarshjul.db'}")
    upgrade_schema(database)
    secrets: dict[str, str] = {}
    for plan in PLANS:
        if plan == "bamble":
            # This plan gives no rhythm that could be planned.
            with database.write() as session:
                set_by_hand(session, plan, years=(2026, 2027), now=NOW)
        else:
            seed(database, plan, now=NOW, today=date(2026, 1, 5), holidays_of=public_holidays)
        secrets |= _subscribe(database, plan)
    secrets |= _in_other_forms(database, secrets[name_of("sor-aurdal", FeedScope.PERSON)])
    site = make_site(database, NOW, blueprints=(blueprint,))
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Feeds(secrets, f"http://127.0.0.1:{server.server_port}", site)
    server.shutdown()
    thread.join()
    server.server_close()
    database.close()


def _subscribe(database: Database, plan: str) -> dict[str, str]:
    with database.write() as session:
        own = id_of(session.exec(select(Municipality).where(Municipality.slug == plan)).one())
        seats = session.exec(
            select(Seat.position_id, Seat.forum_id)
            .join(Forum)
            .where(Forum.municipality_id == own)
            .order_by(Seat.position_id, Seat.forum_id)
        ).all()
        held = {forum: _meetings(session, forum) for _position, forum in seats}
        largest = max(sorted(held), key=held.__getitem__)
        meetings = Counter[int]()
        for position, forum in seats:
            meetings[position] += held[forum]
        busiest = max(sorted(meetings), key=meetings.__getitem__)
        holder = session.exec(
            select(Holder.person_id).where(Holder.position_id == busiest).order_by(Holder.id)
        ).first()
        targets = {
            FeedScope.MUNICIPALITY: FeedTarget(scope=FeedScope.MUNICIPALITY, municipality_id=own),
            FeedScope.LEADERS: FeedTarget(scope=FeedScope.LEADERS, municipality_id=own),
            FeedScope.POSITION: FeedTarget(
                scope=FeedScope.POSITION, municipality_id=own, position_id=busiest
            ),
            FeedScope.FORUM: FeedTarget(
                scope=FeedScope.FORUM, municipality_id=own, forum_id=largest
            ),
            FeedScope.PERSON: FeedTarget(scope=FeedScope.PERSON, person_id=holder),
        }
        return {
            name_of(plan, kind): create_subscription(
                session, target, owner_id=None, label=kind.value, language=Language.BOKMAL, now=NOW
            )[1]
            for kind, target in targets.items()
        }


def _in_other_forms(database: Database, secret: str) -> dict[str, str]:
    """Cancel one of a person's meetings, move another, and subscribe to them in each form."""
    with database.write() as session:
        subscription = find_subscription(session, secret)
        assert subscription is not None
        contents = feed_contents(session, subscription.target, owner_id=None, today=NOW.date())
        ahead = [one for one in contents.meetings if one.held_on.month > 2]
        cancel_meeting(
            session,
            ahead[0].id,
            sequence=ahead[0].sequence,
            now=NOW,
            actor_id=None,
            holidays_of=public_holidays,
        )
        to = MeetingTime(held_on=MOVED_TO, starts=time(12, 30), ends=time(14), place="Møterom Å")
        move_meeting(
            session,
            ahead[1].id,
            to,
            sequence=ahead[1].sequence,
            now=NOW,
            actor_id=None,
            holidays_of=public_holidays,
        )
        return {
            name: create_subscription(
                session,
                subscription.target,
                owner_id=None,
                label=name,
                language=language,
                detail=detail,
                alarm=alarm,
                now=NOW,
            )[1]
            for name, (language, detail, alarm) in FORMS.items()
        }


def _meetings(session: Session, forum_id: int) -> int:
    return session.exec(select(func.count()).where(Meeting.forum_id == forum_id)).one()


@pytest.fixture(scope="session")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ical.js and node-ical from npm, where node is at hand."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed on this machine")
    folder = tmp_path_factory.mktemp("javascript")
    for file in (Path(__file__).parents[2] / "data" / "feeds").iterdir():
        shutil.copy(file, folder)
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        message = f"npm cannot install ical.js and node-ical: {done.stderr[-500:]}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
