"""Who hears of a change by their own calendars, and who hears of none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import AttendanceRule, FeedScope
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Seat
from scheduler.usecases.feeds.subscriptions import create_subscription, revoke_subscription
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.meetings import preview_change
from scheduler.usecases.meetings.reach import Reach
from scheduler.usecases.visibility import Selection, viewer_of, visible_meetings
from tests.factories.town import Town, build_town

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TODAY = date(2027, 1, 11)
LEADER, PSYCHOLOGIST, SECRETARY = "Åse Leder, oppvekst", "Åse Kommunepsykolog", "Åse Sekretær"


def reach(session: Session, town: Town) -> Reach:
    viewer = viewer_of(session, town.leader_id, today=TODAY)
    (seen,) = visible_meetings(session, viewer, Selection(meeting_id=id_of(town.meeting)))
    return preview_change(session, seen, None, today=TODAY, holidays_of=public_holidays).reach


def subscribe(session: Session, owner_id: int, target: FeedTarget) -> int:
    made, _secret = create_subscription(
        session, target, owner_id=owner_id, label="Outlook", language=Language.BOKMAL, now=NOW
    )
    return made.id


def test_without_subscriptions_and_invitations_nobody_hears(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        assert reach(session, town) == Reach(shown=0, silent=(PSYCHOLOGIST, LEADER, SECRETARY))


def test_a_live_subscription_and_an_invitation_are_heard_of(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        mine = FeedTarget(scope=FeedScope.PERSON, person_id=town.leader_id)
        made = subscribe(session, town.leader_id, mine)
        choose_invitations(session, town.psychologist_id, now=NOW)
        assert reach(session, town) == Reach(shown=2, silent=(SECRETARY,))
        revoke_subscription(session, made, actor_id=None, now=NOW)
        assert reach(session, town) == Reach(shown=1, silent=(LEADER, SECRETARY))


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        (FeedScope.POSITION, 1),
        (FeedScope.FORUM, 1),
        (FeedScope.MUNICIPALITY, 1),
        (FeedScope.LEADERS, 0),
    ],
)
def test_a_subscription_counts_where_the_meeting_is_in_it(
    database: Database, scope: FeedScope, shown: int
) -> None:
    with database.write() as session:
        town = build_town(session)
        target = FeedTarget(
            scope=scope,
            municipality_id=id_of(town.municipality),
            position_id=id_of(town.leader_position) if scope is FeedScope.POSITION else None,
            forum_id=id_of(town.group) if scope is FeedScope.FORUM else None,
        )
        subscribe(session, town.leader_id, target)
        assert reach(session, town).shown == shown


def test_the_subscription_of_one_on_call_does_not_have_the_meeting(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        mine = FeedTarget(scope=FeedScope.PERSON, person_id=town.leader_id)
        subscribe(session, town.leader_id, mine)
        seat = session.exec(
            select(Seat).where(
                Seat.forum_id == town.group.id, Seat.position_id == town.leader_position.id
            )
        ).one()
        seat.attends = AttendanceRule.ON_CALL
        session.add(seat)
        session.flush()
        assert reach(session, town) == Reach(shown=0, silent=(PSYCHOLOGIST, LEADER, SECRETARY))
