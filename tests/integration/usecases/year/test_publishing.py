"""Publishing, taking it back, and the revisions that are kept of a year."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState, MeetingState, YearPlanState
from scheduler.domain.reminders import OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, MailStop, Meeting, Outbox, YearPlan
from scheduler.usecases.outbox.transition import take_step
from scheduler.usecases.year.by_hand import HandDate, add_by_hand, set_by_hand
from scheduler.usecases.year.revisions import (
    RevisionCause,
    compare,
    revisions_of,
    standing_revision,
)
from scheduler.usecases.year.undo_publish import (
    UndoRefusal,
    UndoRefusedError,
    undo_publish,
    what_undo_does,
)
from tests.integration.usecases.year.conftest import Office

AT = HandDate(held_on=date(2027, 4, 15), starts=time(13), ends=time(14), place="Kantina, 2. etg.")


def undo(office: Office, session: Session) -> None:
    undo_publish(
        session, office.municipality(session), office.period, now=office.now, actor_id=None
    )


def states(session: Session) -> tuple[set[str], set[str], set[str]]:
    return (
        {str(row) for row in session.exec(select(col(Meeting.state)))},
        {str(row) for row in session.exec(select(col(Duty.state)))},
        {str(row) for row in session.exec(select(Outbox.state))},
    )


def test_an_undone_publishing_leaves_nothing_that_is_sent_or_seen(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        published = office.publish(session)
    assert (published.meetings, published.mails) == (6, 1)
    with office.database.write() as session:
        looked = what_undo_does(session, office.municipality(session), office.period)
        undo(office, session)
    assert (looked.refusal, looked.meetings, looked.duties) == (None, 6, published.duties)
    assert looked.mails == published.reminders + published.mails
    with office.database.read() as session:
        year_plan = session.exec(select(YearPlan)).one()
        assert states(session) == ({"proposed"}, {"cancelled"}, {"cancelled"})
        assert (year_plan.state, year_plan.published_at) == (YearPlanState.PROPOSED, None)


def test_published_again_everything_is_as_if_it_had_never_been_undone(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        first = office.publish(session)
        undo(office, session)
        again = office.publish(session)
    assert (again.meetings, again.duties, again.mails) == (
        first.meetings,
        first.duties,
        first.mails,
    )
    with office.database.read() as session:
        duties = session.exec(select(Duty).where(col(Duty.meeting_id).is_not(None))).all()
        assert states(session) == ({"planned"}, {"open"}, {"scheduled", "cancelled"})
        assert len({duty.meeting_id for duty in duties}) == 6


def test_a_proposal_may_take_away_a_meeting_whose_publishing_was_undone(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        undo(office, session)
        forum = office.meetings(session)[0]
        council = session.get_one(type(forum), forum.id)
        from scheduler.store.tables import Forum
        from tests.integration.usecases.year.conftest import yearly

        row = session.get_one(Forum, council.forum_id)
        row.cadence = yearly(2)
        session.add(row)
        session.flush()
        office.apply(session)
        assert len(office.meetings(session)) == 2
        published = office.publish(session)
    assert published.meetings == 4


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (OutboxState.SENT, True),
        (OutboxState.SENDING, True),
        (OutboxState.UNCERTAIN, True),
        (OutboxState.LEASED, False),
    ],
)
def test_once_a_mail_has_gone_or_may_have_gone_the_publishing_stands(
    office: Office, state: OutboxState, refused: bool
) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        mail = session.exec(select(Outbox).where(Outbox.kind == "summary")).one()
        mail.state = state.value
        session.add(mail)
    with office.database.write() as session:
        looked = what_undo_does(session, office.municipality(session), office.period)
        if refused:
            with pytest.raises(UndoRefusedError):
                undo(office, session)
    expected = (UndoRefusal.MAIL_GONE, 1) if refused else (None, 0)
    assert (looked.refusal, looked.mails_gone) == expected


@pytest.mark.parametrize("left", [OutboxState.UNCERTAIN, OutboxState.SENT])
def test_a_mail_that_waits_to_go_once_more_has_gone(office: Office, left: OutboxState) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        mail = session.exec(select(Outbox).where(Outbox.kind == "summary")).one()
        assert take_step(session, id_of(mail), OutboxState.SCHEDULED, left, at=office.now)
        assert take_step(session, id_of(mail), left, OutboxState.SCHEDULED, at=office.now)
    with office.database.write() as session:
        looked = what_undo_does(session, office.municipality(session), office.period)
    assert (looked.refusal, looked.mails_gone) == (UndoRefusal.MAIL_GONE, 1)


def test_whose_mail_is_stopped_is_not_counted_among_those_who_get_one(office: Office) -> None:
    with office.database.write() as session:
        session.add(
            MailStop(
                municipality_id=office.municipality_id,
                person_id=office.leader_id,
                stopped_at=office.now,
            )
        )
        office.apply(session)
        assert office.publish(session).mails == 0


def test_nothing_and_what_others_have_built_on_cannot_be_undone(office: Office) -> None:
    def refusal(session: Session) -> UndoRefusal | None:
        return what_undo_does(session, office.municipality(session), office.period).refusal

    with office.database.write() as session:
        assert refusal(session) is UndoRefusal.NOTHING
        office.apply(session)
        office.publish(session)
        duty = session.exec(select(Duty).order_by(col(Duty.id))).first()
        assert duty is not None
        duty.state = DutyState.DONE
        session.add(duty)
        session.flush()
        assert refusal(session) is UndoRefusal.DUTY_BEGUN
        duty.state = DutyState.OPEN
        session.add(duty)
        year_plan = session.exec(select(YearPlan)).one()
        year_plan.revision += 1
        session.add(year_plan)
        session.flush()
        assert refusal(session) is UndoRefusal.CHANGED_SINCE


def test_each_step_keeps_a_revision_and_two_of_them_can_be_compared(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        place = office.municipality(session)
        first = office.meetings(session)[0]
        set_by_hand(
            session,
            place,
            first.id or 0,
            AT,
            sequence=first.sequence,
            now=office.now,
            actor_id=office.leader_id,
        )
        office.publish(session)
    with office.database.read() as session:
        kept = revisions_of(session, office.municipality_id, office.period)
        now = standing_revision(session, office.municipality_id, office.period)
    assert [(one.number, one.cause, one.who) for one in kept] == [
        (3, RevisionCause.PUBLISHED, "Åse Leder"),
        (2, RevisionCause.BY_HAND, "Åse Leder"),
        (1, RevisionCause.APPLIED, None),
    ]
    changes = compare(kept[2], kept[1])
    assert [(one.after.held_on, one.after.place) for one in changes if one.after is not None] == [
        (AT.held_on, AT.place)
    ]
    assert {one.after.state for one in compare(kept[1], kept[0]) if one.after} == {
        MeetingState.PLANNED
    }
    assert compare(kept[0], now) == ()


def test_a_meeting_entered_after_it_was_held_counts_and_nobody_is_chased_for_it(
    office: Office,
) -> None:
    held_on = date(2027, 1, 5)
    with office.database.write() as session:
        for series in ("radet", "teamet"):
            add_by_hand(
                session,
                office.municipality(session),
                office.period,
                series,
                HandDate(held_on=held_on, starts=time(9), ends=time(10), place=None),
                now=office.now,
                today=office.today,
                actor_id=None,
            )
        office.apply(session)
        office.publish(session)
    with office.database.read() as session:
        days = {
            slug: [(one.held_on == held_on, one.state) for one in office.meetings(session, slug)]
            for slug in ("radet", "teamet")
        }
        past = {one.id for one in office.meetings(session) if one.held_on == held_on}
        chased = session.exec(select(Duty).where(col(Duty.meeting_id).in_(past))).all()
    # A case-level meeting has no held state.
    assert days["radet"][0] == (True, MeetingState.HELD)
    assert days["teamet"][0] == (True, MeetingState.PLANNED)
    assert (len(days["radet"]), len(days["teamet"])) == (4, 2)
    assert chased == []
