"""The same rows give the same bytes on SQLite and on PostgreSQL, for a whole municipality."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from scheduler.domain.enums import FeedDetail, FeedScope, MeetingState
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Holder, Meeting, Municipality
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from scheduler.usecases.meetings import cancel_meeting
from tests.factories.site import make_site
from web.demo.seed import seed
from web.feeds.blueprint import blueprint

NOW = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)


def feeds_of(database: Database) -> dict[str, tuple[str, bytes]]:
    """Plan Sør-Fron, call off a meeting, and return tag and bytes of the feeds of all scopes."""
    seed(database, "sor-fron", now=NOW, today=date(2027, 1, 4), holidays_of=public_holidays)
    with database.write() as session:
        meeting = session.exec(
            select(Meeting)
            .where(Meeting.state == MeetingState.PLANNED, Meeting.held_on > date(2027, 3, 1))
            .order_by(Meeting.held_on, Meeting.uid)
        ).first()
        assert meeting is not None
        cancel_meeting(
            session, id_of(meeting), sequence=0, now=NOW, actor_id=None, holidays_of=public_holidays
        )
        own = id_of(session.exec(select(Municipality)).one())
        holder = session.exec(select(Holder).order_by(Holder.id)).first()
        assert holder is not None
        targets = [
            FeedTarget(scope=FeedScope.MUNICIPALITY, municipality_id=own),
            FeedTarget(scope=FeedScope.LEADERS, municipality_id=own),
            FeedTarget(
                scope=FeedScope.POSITION, municipality_id=own, position_id=holder.position_id
            ),
            FeedTarget(scope=FeedScope.PERSON, person_id=holder.person_id),
            *[
                FeedTarget(scope=FeedScope.FORUM, municipality_id=own, forum_id=forum_id)
                for forum_id in session.exec(select(Forum.id).order_by(Forum.id))
            ],
        ]
        secrets = {
            f"{target} {language} {detail}": create_subscription(
                session,
                target,
                owner_id=None,
                label="X",
                language=language,
                detail=detail,
                now=NOW,
            )[1]
            for target in targets
            for language, detail in (
                (Language.BOKMAL, FeedDetail.FULL),
                (Language.NYNORSK, FeedDetail.TITLE),
            )
        }
    client = make_site(database, NOW, blueprints=(blueprint,)).app.test_client()
    answers = {
        name: client.get(f"/feeds/{secret}.ics", buffered=True) for name, secret in secrets.items()
    }
    return {name: (answer.headers["ETag"], answer.data) for name, answer in answers.items()}


@pytest.mark.postgresql
def test_both_databases_give_the_same_bytes(
    sqlite_database: Database, empty_postgresql_url: str
) -> None:
    postgresql = Database(empty_postgresql_url)
    here, there = feeds_of(sqlite_database), feeds_of(postgresql)
    postgresql.close()

    assert here == there
    assert [name for name, (_tag, body) in here.items() if b"BEGIN:VCALENDAR" not in body] == []
    assert any(b"SUMMARY:AVLYST: " in body for _tag, body in here.values())
