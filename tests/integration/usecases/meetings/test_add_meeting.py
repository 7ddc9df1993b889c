"""A meeting is added by hand with its papers, reminders and mails, in one transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, FeedScope, Function, MeetingState, SetBy
from scheduler.domain.periods import read_period
from scheduler.domain.reminders import OutboxState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Duty,
    Forum,
    MailStop,
    Meeting,
    Outbox,
    Person,
    Seat,
    YearPlan,
)
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.meetings.add_meeting import (
    AddedMeeting,
    AlreadyMeetsError,
    Series,
    add_meeting,
    may_add_meeting,
)
from scheduler.usecases.meetings.cancel_meeting import cancel_meeting
from scheduler.usecases.meetings.mails import ChangeMails
from scheduler.usecases.meetings.move_meeting import MeetingTime, move_meeting
from scheduler.usecases.meetings.new_meeting_preview import preview_new_meeting
from scheduler.usecases.visibility import viewer_of
from scheduler.usecases.year.publish_year import publish_year
from tests.factories.town import Town, build_town

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TODAY = date(2027, 1, 11)
LATER = MeetingTime(held_on=date(2027, 4, 13), starts=time(9), ends=time(11), place="Kantina")
TOMORROW = MeetingTime(held_on=date(2027, 1, 12), starts=time(9), ends=time(11), place=None)


def series_of(town: Town, forum: Forum) -> Series:
    return Series(municipality_id=id_of(town.municipality), forum_id=id_of(forum))


def added(session: Session, town: Town, forum: Forum, at: MeetingTime = LATER) -> AddedMeeting:
    return add_meeting(
        session,
        series_of(town, forum),
        at,
        now=NOW,
        actor_id=town.leader_id,
        holidays_of=public_holidays,
    )


def test_it_is_settled_next_in_number_and_in_the_log(database: Database) -> None:
    with database.write() as session:
        town = build_town(session, meetings=2)
        before = town.year.revision
        meeting = session.get_one(Meeting, added(session, town, town.group).meeting_id)
        assert (meeting.number, meeting.state, meeting.set_by_hand) == (
            3,
            MeetingState.PLANNED,
            True,
        )
        (event,) = session.exec(select(AuditEvent).where(AuditEvent.entity == "meeting"))
        assert (event.action, event.person_id, event.entity_id) == (
            "add_meeting",
            town.leader_id,
            meeting.id,
        )
        assert session.get_one(YearPlan, town.year.id).revision == before + 1


def test_its_papers_and_their_reminders_are_those_that_the_preview_said(
    database: Database,
) -> None:
    with database.write() as session:
        town = build_town(session)
        preview = preview_new_meeting(
            session, series_of(town, town.group), LATER, now=NOW, holidays_of=public_holidays
        )
        made = added(session, town, town.group)
        duties = session.exec(select(Duty).where(Duty.meeting_id == made.meeting_id)).all()
        due = {duty.kind: duty.due_on for duty in duties}
        assert due == {DutyKind.NOTICE: date(2027, 4, 6), DutyKind.MINUTES: date(2027, 4, 20)}
        assert {paper.kind: paper.due_on for paper in preview.papers} == due
        reminded = session.exec(
            select(Outbox.duty_id).where(col(Outbox.duty_id).is_not(None))
        ).all()
        assert set(reminded) == {duty.id for duty in duties}


def test_members_of_a_published_year_hear_that_it_changed(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        preview = preview_new_meeting(
            session, series_of(town, town.group), LATER, now=NOW, holidays_of=public_holidays
        )
        made = added(session, town, town.group)
        told = session.exec(select(Outbox.person_id).where(Outbox.kind == "summary")).all()
        assert set(told) == {town.leader_id, town.secretary_id, town.psychologist_id}
        assert (made.mails.one_each, len(preview.mailed), preview.at_once) == (3, 3, False)


@pytest.mark.parametrize("at", [LATER, TOMORROW], ids=["later", "near"])
def test_whose_mail_is_stopped_is_not_named_among_those_who_get_it(
    sqlite_database: Database, at: MeetingTime
) -> None:
    with sqlite_database.write() as session:
        town = build_town(session)
        session.add(
            MailStop(
                municipality_id=id_of(town.municipality),
                person_id=town.leader_id,
                stopped_at=NOW,
            )
        )
        session.flush()
        leader = session.get_one(Person, town.leader_id).name
        preview = preview_new_meeting(
            session, series_of(town, town.group), at, now=NOW, holidays_of=public_holidays
        )
        made = added(session, town, town.group, at)
    assert leader not in preview.mailed
    assert len(preview.mailed) == made.mails.one_each == 2


def test_who_gets_it_as_an_invitation_hears_in_no_mail_besides(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        choose_invitations(session, town.leader_id, now=NOW)
        made = added(session, town, town.group)
        told = session.exec(select(Outbox.person_id).where(Outbox.kind == "summary")).all()
        assert set(told) == {town.secretary_id, town.psychologist_id}
        assert (made.mails.one_each, made.mails.invitations) == (2, 1)


@pytest.mark.parametrize("at", [LATER, TOMORROW], ids=["later", "near"])
def test_before_the_year_is_published_it_is_proposed_and_nobody_hears(
    database: Database, at: MeetingTime
) -> None:
    with database.write() as session:
        town = build_town(session)
        town.year.published_at = None
        town.group.room_email = "rom@sor-fron.example"
        session.add_all([town.year, town.group])
        choose_invitations(session, town.leader_id, now=NOW)
        preview = preview_new_meeting(
            session, series_of(town, town.group), at, now=NOW, holidays_of=public_holidays
        )
        made = added(session, town, town.group, at)
        meeting = session.get_one(Meeting, made.meeting_id)
        assert (meeting.state, meeting.set_by_hand) == (MeetingState.PROPOSED, True)
        assert (preview.mailed, preview.at_once, preview.is_shown) == ((), False, False)
        assert (made.mails, made.duties, made.at_once, made.is_shown) == (
            ChangeMails(),
            0,
            False,
            False,
        )
        assert session.exec(select(Outbox)).all() == []


def test_published_it_has_its_papers_and_those_who_go_to_it_hear(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        town.year.published_at = None
        session.add(town.year)
        made = added(session, town, town.group)
        publish_year(
            session,
            town.municipality,
            read_period(town.year.period),
            now=NOW,
            holidays_of=public_holidays,
            actor_id=None,
        )
        duties = session.exec(select(Duty.kind).where(Duty.meeting_id == made.meeting_id)).all()
        told = session.exec(select(Outbox.person_id).where(Outbox.kind == "summary")).all()
        assert session.get_one(Meeting, made.meeting_id).state is MeetingState.PLANNED
        assert set(duties) == {DutyKind.NOTICE, DutyKind.MINUTES}
        assert {town.leader_id, town.secretary_id, town.psychologist_id} <= set(told)


def test_a_settled_meeting_of_a_year_that_is_not_published_is_moved_and_called_off_in_silence(
    database: Database,
) -> None:
    with database.write() as session:
        town = build_town(session)
        made = added(session, town, town.group, TOMORROW)
        for row in session.exec(select(Outbox)).all():
            row.state = OutboxState.CANCELLED.value
            session.add(row)
        town.year.published_at = None
        session.add(town.year)
        session.flush()
        sequence = session.get_one(Meeting, made.meeting_id).sequence
        moved = move_meeting(
            session,
            made.meeting_id,
            LATER,
            sequence=sequence,
            now=NOW,
            actor_id=None,
            holidays_of=public_holidays,
        )
        off = cancel_meeting(
            session,
            made.meeting_id,
            sequence=sequence + 1,
            now=NOW,
            actor_id=None,
            holidays_of=public_holidays,
        )
        waiting = session.exec(
            select(Outbox.kind).where(
                col(Outbox.duty_id).is_(None), Outbox.state == OutboxState.SCHEDULED.value
            )
        ).all()
        assert (moved.announced, off.announced, waiting) == (0, 0, [])


def test_a_meeting_within_three_days_is_told_at_once(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        preview = preview_new_meeting(
            session, series_of(town, town.group), TOMORROW, now=NOW, holidays_of=public_holidays
        )
        made = added(session, town, town.group, TOMORROW)
        kinds = session.exec(
            select(Outbox.kind).where(
                Outbox.meeting_id == made.meeting_id, col(Outbox.duty_id).is_(None)
            )
        ).all()
        assert (kinds, made.mails.one_each) == (["change"] * 3, 3)
        assert (preview.at_once, len(preview.mailed)) == (True, 3)
        assert [paper.late for paper in preview.papers] == [True, False]


def test_a_forum_whose_dates_others_set_gets_no_notice_of_ours(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        town.group.dates_set_by = SetBy.OTHERS
        session.add(town.group)
        made = added(session, town, town.group)
        meeting = session.get_one(Meeting, made.meeting_id)
        kinds = session.exec(select(Duty.kind).where(Duty.meeting_id == made.meeting_id)).all()
        assert kinds == [DutyKind.MINUTES]
        assert meeting.reasons == [{"code": "kept_others"}]


def test_sent_twice_it_is_one_meeting(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        added(session, town, town.group)
        with pytest.raises(AlreadyMeetsError):
            added(session, town, town.group)


def test_a_year_that_nobody_has_planned_takes_it_as_its_first(database: Database) -> None:
    next_year = MeetingTime(held_on=date(2028, 2, 8), starts=time(9), ends=time(11), place=None)
    with database.write() as session:
        town = build_town(session)
        made = added(session, town, town.group, next_year)
        meeting = session.get_one(Meeting, made.meeting_id)
        year = session.get_one(YearPlan, meeting.year_plan_id)
        assert (year.period, meeting.number, year.published_at) == ("2028", 1, None)


def test_it_is_in_the_members_calendars_and_in_no_others_at_case_level(
    database: Database,
) -> None:
    with database.write() as session:
        town = build_town(session)
        uid = session.get_one(Meeting, added(session, town, town.team).meeting_id).uid
    with database.read() as session:
        seen = {
            person_id: uid
            in {
                one.uid
                for one in feed_contents(
                    session,
                    FeedTarget(scope=FeedScope.PERSON, person_id=person_id),
                    owner_id=person_id,
                    today=TODAY,
                ).meetings
            }
            for person_id in (town.psychologist_id, town.leader_id, town.secretary_id)
        }
    assert seen == {town.psychologist_id: True, town.leader_id: False, town.secretary_id: False}


@pytest.mark.parametrize(
    ("function", "may"),
    [
        (Function.LEADER, True),
        (Function.CHAIR, True),
        (Function.CONVENER, True),
        (Function.SECRETARY, True),
        (Function.COORDINATOR, True),
        (Function.MINUTE_TAKER, False),
        (Function.MEMBER, False),
        (Function.GUEST, False),
    ],
)
def test_those_who_run_the_forum_may_and_others_may_not(
    sqlite_database: Database, function: Function, *, may: bool
) -> None:
    with sqlite_database.write() as session:
        town = build_town(session)
        seat = session.exec(
            select(Seat).where(
                Seat.forum_id == town.group.id, Seat.position_id == town.leader_position.id
            )
        ).one()
        seat.function = function
        session.add(seat)
        session.flush()
        group = series_of(town, town.group)
        allowed = {
            person_id: may_add_meeting(session, viewer_of(session, person_id, today=TODAY), group)
            for person_id in (town.leader_id, town.planner_id, town.stranger_id)
        }
        assert allowed == {town.leader_id: may, town.planner_id: True, town.stranger_id: False}
