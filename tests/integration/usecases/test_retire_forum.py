"""A forum that the plan no longer names: its meetings ahead are off, and everyone sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState, FeedScope, MeetingState
from scheduler.domain.planfile import PlanFile
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Forum, Meeting, Seat
from scheduler.usecases.feeds.contents import GoneError, feed_contents
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.meetings import MeetingStateError, reinstate_meeting
from scheduler.usecases.plan_file import Retired, load_plan, parse_plan_file, retire_missing
from tests.factories.office import Office
from tests.factories.rows import add_forum, add_holder, add_seat
from tests.integration.invitations.calendar_mail import send_all

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TODAY = date(2027, 1, 11)
KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
SCOPES = (FeedScope.PERSON, FeedScope.FORUM, FeedScope.MUNICIPALITY)
LOGGED = ("cancel_meeting", "remove_meeting", "plan_file.retired")
PLAN = """[municipality]
slug = "sor-fron"
name = "Sør-Fron"
[plan]
title = "Plan"
"""


@dataclass(frozen=True)
class Here:
    """A forum with Kari, who has invitations, and Leif, who has a feed."""

    database: Database
    municipality: int
    forum: int
    name: str
    kari: int
    leif: int

    def retire(self, *, keep: bool = True) -> Retired:
        """Retire the forum with its seats, or only try it."""
        with self.database.write() as session:
            forum = session.get_one(Forum, self.forum)
            names = [f"forum {forum.slug}"]
            names += [
                name for name in load_plan_report(session) if name.startswith(f"seat {forum.slug}/")
            ]
            retired = retire_missing(
                session,
                plan(),
                names,
                today=TODAY,
                now=NOW,
                holidays_of=public_holidays,
                actor_id=None,
            )
            if not keep:
                session.rollback()
        return retired

    def feed(self, scope: FeedScope, today: date) -> list[tuple[date, str]]:
        """Return day and state of the meetings in a feed: Leif's, the forum's or everyone's."""
        target = FeedTarget(
            scope=scope,
            municipality_id=None if scope is FeedScope.PERSON else self.municipality,
            person_id=self.leif if scope is FeedScope.PERSON else None,
            forum_id=self.forum if scope is FeedScope.FORUM else None,
        )
        with self.database.read() as session:
            found = feed_contents(
                session,
                target,
                owner_id=None if scope is FeedScope.MUNICIPALITY else self.leif,
                today=today,
            )
        return [day_and_state(one) for one in found.meetings]


def plan() -> PlanFile:
    return parse_plan_file(PLAN.encode())


def load_plan_report(session: Session) -> tuple[str, ...]:
    return load_plan(session, plan(), now=NOW, actor_id=None).missing


def day_and_state(meeting: MeetingSnapshot) -> tuple[date, str]:
    return meeting.held_on, meeting.state.value


@pytest.fixture
def here(sqlite_database: Database) -> Here:
    with sqlite_database.write() as session:
        office = Office(session)
        office.meeting(date(2027, 1, 5), number=1)
        near = office.meeting(date(2027, 1, 13), number=2)
        office.minutes(near)
        office.meeting(date(2027, 2, 2), number=3)
        office.meeting(date(2027, 5, 4), number=4, state=MeetingState.PROPOSED)
        made = Here(
            sqlite_database,
            id_of(office.municipality),
            id_of(office.forum),
            office.forum.name,
            id_of(office.person(KARI)),
            id_of(office.person(LEIF)),
        )
        choose_invitations(session, made.kari, now=NOW)
    assert sorted(mail.key for mail in send_all(sqlite_database, NOW)[0]) == [
        (KARI, "REQUEST", 0),
        (KARI, "REQUEST", 0),
    ]
    return made


def stored(database: Database) -> tuple[Any, ...]:
    """Return everything that retiring could change."""
    with database.read() as session:
        return (
            session.exec(select(Meeting.number, Meeting.state).order_by(Meeting.number)).all(),
            session.exec(select(Duty.state)).all(),
            session.exec(select(Forum.retired_on)).all(),
            session.exec(select(Seat.retired_on)).all(),
            len(session.exec(select(AuditEvent)).all()),
        )


def test_a_trial_tells_which_meetings_fall_away_and_who_hears_and_changes_nothing(
    here: Here,
) -> None:
    before = stored(here.database)

    tried = here.retire(keep=False)

    assert [
        (one.held_on, one.duties, one.mails.one_each, one.mails.invitations)
        for one in tried.called_off
    ] == [(date(2027, 1, 13), 1, 1, 1), (date(2027, 2, 2), 0, 0, 1)]
    assert stored(here.database) == before
    assert here.retire() == tried


def test_members_see_for_30_days_that_its_meetings_are_off_and_what_was_held_stays(
    here: Here,
) -> None:
    here.retire()

    off = [(date(2027, 1, 13), "cancelled"), (date(2027, 2, 2), "cancelled")]
    held = [(date(2027, 1, 5), "planned")]
    last_day = TODAY + timedelta(days=30)
    for scope in SCOPES:
        assert here.feed(scope, TODAY) == held + off, scope
        assert here.feed(scope, last_day) == held + off, scope
    for scope in (FeedScope.PERSON, FeedScope.MUNICIPALITY):
        assert here.feed(scope, last_day + timedelta(days=1)) == held, scope
    with pytest.raises(GoneError):
        here.feed(FeedScope.FORUM, last_day + timedelta(days=1))


def test_whoever_was_invited_gets_a_cancel_of_each_and_the_others_a_mail_of_what_is_near(
    here: Here,
) -> None:
    here.retire()

    mails, transport = send_all(here.database, NOW)

    assert [(mail.key, mail.status) for mail in mails] == [((KARI, "CANCEL", 1), "CANCELLED")] * 2
    assert sorted(mail.subject for mail in mails) == [
        f"AVLYST: {here.name} onsdag 13. januar 2027",
        f"AVLYST: {here.name} tirsdag 2. februar 2027",
    ]
    assert [sent.recipients for sent in transport.sent if sent.recipients != (KARI,)] == [(LEIF,)]
    with here.database.read() as session:
        assert session.exec(select(Duty.state)).all() == [DutyState.CANCELLED]


def test_what_was_only_proposed_is_gone_and_each_step_stands_in_the_log(here: Here) -> None:
    here.retire()

    with here.database.read() as session:
        numbers = session.exec(select(Meeting.number).order_by(Meeting.number)).all()
        log = session.exec(
            select(AuditEvent.action, AuditEvent.entity)
            .where(col(AuditEvent.action).in_(LOGGED))
            .order_by(col(AuditEvent.id))
        ).all()
        again = load_plan_report(session)
    assert numbers == [1, 2, 3]
    assert log == [
        ("cancel_meeting", "meeting"),
        ("cancel_meeting", "meeting"),
        ("remove_meeting", "meeting"),
        ("plan_file.retired", "forum"),
        ("plan_file.retired", "seat"),
        ("plan_file.retired", "seat"),
    ]
    assert [name for name in again if name.startswith(("forum", "seat"))] == []


def test_a_meeting_that_stands_after_its_forum_is_out_of_use_is_seen_by_nobody(here: Here) -> None:
    with here.database.write() as session:
        session.get_one(Forum, here.forum).retired_on = date(2027, 1, 13)

    found = {scope: here.feed(scope, date(2027, 1, 14)) for scope in SCOPES}

    assert found == {
        scope: [(date(2027, 1, 5), "planned"), (date(2027, 1, 13), "planned")] for scope in SCOPES
    }


def test_none_of_its_meetings_is_taken_up_again(here: Here) -> None:
    here.retire()
    with here.database.write() as session:
        meeting = session.exec(select(Meeting).where(Meeting.number == 3)).one()
        with pytest.raises(MeetingStateError):
            reinstate_meeting(
                session,
                id_of(meeting),
                sequence=meeting.sequence,
                now=NOW,
                actor_id=None,
                holidays_of=public_holidays,
            )


def test_who_has_two_near_meetings_in_what_is_retired_hears_of_both_in_one_mail(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        office.meeting(date(2027, 1, 12), number=1)
        office.meeting(date(2027, 1, 13), number=2)
        team = add_forum(session, office.municipality, name="Familieteam", slug="familieteam")
        add_seat(session, team, office.leader)
        gunn = office.position("Helsesykepleier", "gunn@sor-fron.example")
        add_seat(session, team, gunn)
        office.meeting(date(2027, 1, 12), number=1, forum=team)
        # The leader's seat is shared by one who has no seat in the team.
        add_holder(session, office.secretary, office.person(LEIF))
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
        forums = [f"forum {office.forum.slug}", f"forum {team.slug}"]
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        names = [
            *forums,
            *(name for name in load_plan_report(session) if name.startswith("seat ")),
        ]
        retired = retire_missing(
            session,
            plan(),
            names,
            today=TODAY,
            now=NOW,
            holidays_of=public_holidays,
            actor_id=None,
        )
    assert [(one.mails.one_each, one.mails.invitations) for one in retired.called_off] == [
        (1, 1),
        (2, 0),
        (1, 1),
    ]
    calendar, sent = send_all(sqlite_database, NOW)
    assert sorted(mail.key for mail in calendar) == [(KARI, "CANCEL", 1), (KARI, "CANCEL", 1)]
    assert sorted(
        (mail.recipients[0], mail.subject) for mail in sent.sent if mail.recipients != (KARI,)
    ) == [
        ("gunn@sor-fron.example", "AVLYST: Familieteam tirsdag 12. januar"),
        (LEIF, "AVLYST: 3 av møtene dine"),
    ]
    (mail,) = [mail for mail in sent.sent if mail.recipients == (LEIF,)]
    assert mail.text.split("\n\n")[1:5] == [
        "Disse møtene er avlyst:",
        "Familieteam\ntirsdag 12. januar 2027 kl. 09:00–11:00",
        "Ressursgruppe, tverrfaglig\ntirsdag 12. januar 2027 kl. 09:00–11:00",
        "Ressursgruppe, tverrfaglig\nonsdag 13. januar 2027 kl. 09:00–11:00",
    ]
