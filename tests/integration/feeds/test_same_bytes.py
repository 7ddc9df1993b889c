"""The same rows give the same bytes on SQLite and on PostgreSQL, for whole municipalities."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, FeedDetail, FeedScope
from scheduler.domain.feeds import FeedAlarm
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Holder, Meeting, Municipality, Person, Position
from scheduler.usecases.feeds.reworded import rewording
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from scheduler.usecases.meetings import MeetingTime, cancel_meeting, move_meeting
from scheduler.usecases.reminders import duty_done
from scheduler.usecases.retiring import call_off_meetings
from tests.factories.by_hand import set_by_hand
from tests.factories.rows import add_holder
from tests.factories.site import make_site
from web.feeds.blueprint import blueprint

NOW = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
PLANS = ("sor-fron", "hemsedal")
FORMS = (
    (Language.BOKMAL, FeedDetail.FULL, FeedAlarm.NONE),
    (Language.NYNORSK, FeedDetail.TITLE, FeedAlarm.DAY),
    (Language.ENGLISH, FeedDetail.FULL, FeedAlarm.HOUR),
    (Language.ENGLISH, FeedDetail.BUSY, FeedAlarm.QUARTER_HOUR),
)


def feeds_of(database: Database) -> dict[str, tuple[str, bytes]]:
    """Fill the database, change rows in every way, and return tags and bytes of all scopes."""
    with database.write() as session:
        places = [
            set_by_hand(session, plan, years=(2027,), now=NOW, months=(3, 10)) for plan in PLANS
        ]
        for at, place in enumerate(places, start=1):
            _change(session, place, NOW + timedelta(hours=at))
        _work_in_both(session, *places)
        secrets = {
            f"{target} {form} {with_duties}": create_subscription(
                session,
                target,
                owner_id=None,
                label="X",
                language=form[0],
                detail=form[1],
                alarm=form[2],
                with_duties=with_duties,
                now=NOW,
            )[1]
            for target in _targets(session, places)
            for form, with_duties in (
                # The forums are many, and no form of an entry is theirs alone.
                [(FORMS[0], True)]
                if target.scope is FeedScope.FORUM
                else [*product(FORMS, [True]), (FORMS[0], False)]
            )
        }
    client = make_site(database, NOW, blueprints=(blueprint,)).app.test_client()
    answers = {
        name: client.get(f"/feeds/{secret}.ics", buffered=True) for name, secret in secrets.items()
    }
    return {name: (answer.headers["ETag"], answer.data) for name, answer in answers.items()}


def _change(session: Session, place: Municipality, now: datetime) -> None:
    """Cancel a meeting, move another whose paper is done, rename a forum and retire one."""
    meetings = session.exec(
        select(Meeting)
        .where(Meeting.municipality_id == id_of(place), Meeting.number == 1)
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    ).all()
    off, moved, renamed, retired = meetings[:4]
    cancel_meeting(
        session, id_of(off), sequence=0, now=now, actor_id=None, holidays_of=public_holidays
    )
    notice = session.exec(
        select(Duty).where(Duty.meeting_id == moved.id, Duty.kind == DutyKind.NOTICE)
    ).first()
    if notice is not None:
        duty_done(session, id_of(notice), by=None, now=now)
    to = MeetingTime(held_on=date(2027, 4, 14), starts=time(12), ends=time(13), place="Møterom Å")
    move_meeting(
        session, id_of(moved), to, sequence=0, now=now, actor_id=None, holidays_of=public_holidays
    )
    with rewording(session, id_of(place), now=now):
        session.get_one(Forum, renamed.forum_id).name = "Forum, æøå; «nytt»"
    forum = session.get_one(Forum, retired.forum_id)
    call_off_meetings(session, [forum], now=now, actor_id=None, holidays_of=public_holidays)
    forum.retired_on = now.date()


def _work_in_both(session: Session, here: Municipality, there: Municipality) -> None:
    """Let somebody from here have every position there too."""
    person = session.get_one(Person, _holder(session, here).person_id)
    for position in session.exec(
        select(Position)
        .where(Position.municipality_id == id_of(there))
        .order_by(col(Position.slug))
    ):
        add_holder(session, position, person)


def _holder(session: Session, place: Municipality) -> Holder:
    holder = session.exec(
        select(Holder)
        .join(Position, col(Position.id) == Holder.position_id)
        .where(Position.municipality_id == id_of(place))
        .order_by(col(Position.slug), col(Holder.id))
    ).first()
    assert holder is not None
    return holder


def _targets(session: Session, places: list[Municipality]) -> list[FeedTarget]:
    targets = []
    for place in places:
        own, holder = id_of(place), _holder(session, place)
        targets += [
            FeedTarget(scope=FeedScope.MUNICIPALITY, municipality_id=own),
            FeedTarget(scope=FeedScope.LEADERS, municipality_id=own),
            FeedTarget(
                scope=FeedScope.POSITION, municipality_id=own, position_id=holder.position_id
            ),
            FeedTarget(scope=FeedScope.PERSON, person_id=holder.person_id),
            *[
                FeedTarget(scope=FeedScope.FORUM, municipality_id=own, forum_id=forum_id)
                for forum_id in session.exec(
                    select(Forum.id).where(Forum.municipality_id == own).order_by(col(Forum.slug))
                )
            ],
        ]
    return targets


@pytest.mark.postgresql
def test_both_databases_give_the_same_bytes(
    sqlite_database: Database, empty_postgresql_url: str
) -> None:
    postgresql = Database(empty_postgresql_url)
    here, there = feeds_of(sqlite_database), feeds_of(postgresql)
    postgresql.close()

    assert here == there
    assert [name for name, (_tag, body) in here.items() if b"BEGIN:VCALENDAR" not in body] == []
    # Every kind of change is among them, so that nothing is the same for want of it.
    whole = b"".join(body for _tag, body in here.values()).replace(b"\r\n ", b"")
    for text in (
        "SUMMARY:AVLYST: ",
        "SUMMARY:CANCELLED: Busy",
        "Moved from ",
        "Flyttet fra ",
        "SUMMARY:Innkalling: ",
        "SUMMARY:Done: ",
        "TRIGGER:-P1D",
        "TRIGGER:-PT1H",
        "TRIGGER:-PT15M",
        "Forum\\, æøå\\; «nytt»",
    ):
        assert (text, text.encode() in whole) == (text, True)
