"""A meeting is moved, cancelled and taken up again, on both databases, in one transaction each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind, DutyState, Function, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Meeting, Outbox, Position, YearPlan
from scheduler.usecases.meetings import (
    Answer,
    MeetingChangedError,
    MeetingStateError,
    MeetingTime,
    answer_meeting,
    answers_to,
    cancel_meeting,
    may_change_meeting,
    move_meeting,
    preview_change,
    reinstate_meeting,
)
from scheduler.usecases.visibility import Selection, viewer_of, visible_meetings
from tests.factories.town import Town, build_town

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TODAY = date(2027, 1, 11)
LATER = MeetingTime(held_on=date(2027, 3, 2), starts=time(9), ends=time(11), place="Kantina")


def move(session: Session, town: Town, to: MeetingTime = LATER, *, sequence: int = 0) -> Meeting:
    move_meeting(
        session,
        id_of(town.meeting),
        to,
        sequence=sequence,
        now=NOW,
        actor_id=town.leader_id,
        holidays_of=public_holidays,
    )
    return session.get_one(Meeting, town.meeting.id)


def cancel(session: Session, town: Town, *, sequence: int = 0) -> int:
    return cancel_meeting(
        session,
        id_of(town.meeting),
        sequence=sequence,
        now=NOW,
        actor_id=town.leader_id,
        holidays_of=public_holidays,
    ).announced


def test_a_move_is_logged_with_ids_and_raises_the_years_revision(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        before = town.year.revision
        move(session, town)
        (event,) = session.exec(select(AuditEvent).where(AuditEvent.entity == "meeting"))
        assert (event.person_id, event.entity_id, event.action) == (
            town.leader_id,
            town.meeting.id,
            "move_meeting",
        )
        assert event.before is not None
        assert event.after is not None
        assert (event.before["held_on"], event.after["held_on"]) == ("2027-02-09", "2027-03-02")
        assert session.get_one(YearPlan, town.year.id).revision == before + 1


def test_moved_twice_it_still_says_where_it_was_first(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        move(session, town)
        again = MeetingTime(held_on=date(2027, 3, 9), starts=time(9), ends=time(11), place=None)
        moved = move(session, town, again, sequence=1)
        assert (moved.moved_from, moved.sequence, moved.uid) == (
            date(2027, 2, 9),
            2,
            town.meeting.uid,
        )


def test_another_room_is_a_change_but_no_move(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        there = MeetingTime(held_on=date(2027, 2, 9), starts=time(9), ends=time(11), place="Kino")
        moved = move(session, town, there)
        assert (moved.state, moved.moved_from, moved.place, moved.sequence) == (
            MeetingState.PLANNED,
            None,
            "Kino",
            1,
        )


def test_a_change_to_what_was_another_changes_nothing(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        move(session, town)
    with pytest.raises(MeetingChangedError), database.write() as session:
        cancel(session, town, sequence=0)
    with database.read() as session:
        kept = session.get_one(Meeting, town.meeting.id)
        assert (kept.state, kept.sequence) == (MeetingState.MOVED, 1)


def test_a_cancelled_meeting_is_not_moved(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        cancel(session, town)
    with pytest.raises(MeetingStateError), database.write() as session:
        move(session, town, sequence=1)


def test_papers_that_are_done_stay_done_when_the_meeting_is_cancelled(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        session.get_one(Duty, town.notice_id).state = DutyState.DONE
        session.flush()
        cancel(session, town)
        states = [session.get_one(Duty, id_).state for id_ in (town.notice_id, town.minutes_id)]
        assert states == [DutyState.DONE, DutyState.CANCELLED]


def test_a_cancellation_inside_72_hours_goes_to_every_seat_at_once(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        session.get_one(Meeting, town.meeting.id).held_on = date(2027, 1, 13)
        session.flush()
        assert cancel(session, town) == 3
        rows = session.exec(select(Outbox).where(Outbox.kind == "change")).all()
        assert {row.due_at for row in rows} == {NOW}


def test_one_far_ahead_goes_to_nobody_at_once(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        assert cancel(session, town) == 0


def test_taken_up_again_it_is_what_it_was(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        move(session, town)
        cancel(session, town, sequence=1)
        reinstate_meeting(
            session,
            id_of(town.meeting),
            sequence=2,
            now=NOW,
            actor_id=town.leader_id,
            holidays_of=public_holidays,
        )
        again = session.get_one(Meeting, town.meeting.id)
        assert (again.state, again.held_on, again.cancelled_at, again.sequence) == (
            MeetingState.MOVED,
            date(2027, 3, 2),
            None,
            3,
        )


def test_the_preview_says_what_the_move_then_does(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        viewer = viewer_of(session, town.leader_id, today=TODAY)
        (seen,) = visible_meetings(session, viewer, Selection(meeting_id=town.meeting.id))
        preview = preview_change(session, seen, LATER, today=TODAY, holidays_of=public_holidays)
        promised = {paper.kind: paper.to for paper in preview.papers}
        assert (preview.people, preview.closed, preview.busy, preview.outside_period) == (
            3,
            (),
            0,
            False,
        )
        move(session, town)
        duties = session.exec(select(Duty).where(Duty.meeting_id == town.meeting.id)).all()
        assert {duty.kind: duty.due_on for duty in duties} == promised
        assert set(promised) == {DutyKind.NOTICE, DutyKind.MINUTES}


def test_the_preview_warns_of_holidays_clashes_and_another_year(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        viewer = viewer_of(session, town.leader_id, today=TODAY)
        (seen,) = visible_meetings(session, viewer, Selection(meeting_id=town.meeting.id))

        def preview(day: date) -> tuple[tuple[str, ...], int, bool]:
            to = MeetingTime(held_on=day, starts=time(10), ends=time(12), place=None)
            said = preview_change(session, seen, to, today=TODAY, holidays_of=public_holidays)
            return (said.closed, said.busy, said.outside_period)

        assert preview(date(2027, 3, 26)) == (("Langfredag",), 0, False)
        # The psychologist's other meeting, whose name is not the leader's to know.
        assert preview(date(2027, 1, 22)) == ((), 1, False)
        assert preview(date(2028, 2, 8)) == ((), 0, True)


def test_who_may_change_a_meeting(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        people = {
            Function.LEADER: town.leader_id,
            Function.SECRETARY: town.secretary_id,
            Function.MEMBER: town.psychologist_id,
            Function.GUEST: town.planner_id,
        }
        allowed = {}
        for function, person_id in people.items():
            viewer = viewer_of(session, person_id, today=TODAY)
            (seen,) = visible_meetings(session, viewer, Selection(meeting_id=town.meeting.id))
            allowed[function] = may_change_meeting(session, viewer, seen)
        assert allowed == {
            Function.LEADER: True,
            Function.SECRETARY: True,
            Function.MEMBER: False,
            Function.GUEST: True,  # The planner.
        }


def test_an_answer_is_for_the_position_and_the_last_one_counts(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        viewer = viewer_of(session, town.leader_id, today=TODAY)
        (seen,) = visible_meetings(session, viewer, Selection(meeting_id=town.meeting.id))
        for answer in (Answer.COMES, Answer.ABSENT):
            assert answer_meeting(session, viewer, seen, answer, now=NOW)
        session.flush()
        title = session.get_one(Position, town.leader_position.id).title
        assert [(given.position_title, given.answer) for given in answers_to(session, seen.id)] == [
            (title, Answer.ABSENT)
        ]
        stranger = viewer_of(session, town.stranger_id, today=TODAY)
        assert not answer_meeting(session, stranger, seen, Answer.COMES, now=NOW)
