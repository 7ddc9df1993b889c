"""When dates are lost: the least change, made only as it was shown."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import ClosedKind, MeetingState
from scheduler.planning import DaySolver, ReplanMethod
from scheduler.public_holidays import public_holidays
from scheduler.store.tables import ClosedPeriod, Forum, Outbox, Person, YearPlan
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.year.replan_year import (
    LostDates,
    Replanning,
    apply_replan,
    read_replanning,
    replanned,
    shown_digest,
    who_is_affected,
)
from scheduler.usecases.year.year_plans import StaleProposalError
from tests.factories.rows import add
from tests.integration.invitations.calendar_mail import send_all
from tests.integration.usecases.year.conftest import Office


def asked_of(office: Office, lost: LostDates) -> Replanning:
    with office.database.read() as session:
        return read_replanning(
            session,
            "fjordvik",
            office.period,
            lost,
            today=office.today,
            holidays_of=public_holidays,
        )


def published(office: Office) -> list[date]:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        return [one.held_on for one in office.meetings(session)]


def test_only_the_meeting_that_lost_its_day_moves_and_its_people_are_told_once(
    office: Office,
) -> None:
    before = published(office)
    with office.database.read() as session:
        hit = office.meetings(session)[1]
    asked = asked_of(office, LostDates(meeting_ids=frozenset({hit.id or 0})))
    with DaySolver() as solver:
        found = replanned(asked, solver)
    assert found.method is ReplanMethod.KEPT_ALL_ELSE
    with office.database.write() as session:
        titles, people = who_is_affected(session, found, today=office.today)
        done = apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=office.now,
            holidays_of=public_holidays,
            actor_id=None,
        )
    assert (titles, people) == (("Leder, oppvekst",), 1)
    assert (done.moved, done.people, done.mails) == (1, 1, 1)
    with office.database.read() as session:
        after = office.meetings(session)
        news = session.exec(select(Outbox).where(Outbox.kind == "summary")).all()
    changed = [one for one in after if one.held_on not in before]
    assert [(one.id, one.state, one.moved_from, one.set_by_hand) for one in changed] == [
        (hit.id, MeetingState.MOVED, before[1], False)
    ]
    assert len(news) == 2


def test_mails_of_new_dates_are_counted_by_kind_as_they_then_go(office: Office) -> None:
    published(office)
    with office.database.write() as session:
        session.get_one(Person, office.leader_id).wants_invitations = True
        hit = office.meetings(session)[1]
        hit.place = "Møterom 2"
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        forum.room_email, forum.place = "rom2@fjordvik.example", "Møterom 2"
        session.add_all([hit, forum])
        invite_all(session, now=office.now)
        before = kinds(session)
    asked = asked_of(office, LostDates(meeting_ids=frozenset({hit.id or 0})))
    with DaySolver() as solver:
        found = replanned(asked, solver)
    with office.database.write() as session:
        done = apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=office.now + timedelta(hours=1),
            holidays_of=public_holidays,
            actor_id=None,
        )
        after = kinds(session)
    # Whoever has the meeting as an invitation does not read of it in a mail besides, and the two
    # invitations that waited say the new date.
    assert (done.summaries, done.notices, done.invitations, done.rooms) == (0, 0, 1, 1)
    assert done.mails == 2
    assert after["summary"] == before["summary"]


@pytest.mark.parametrize("invited", [False, True])
def test_of_a_near_meeting_each_person_hears_once_and_at_once(
    office: Office, invited: bool
) -> None:
    published(office)
    with office.database.write() as session:
        if invited:
            choose_invitations(session, office.leader_id, now=office.now)
        hit = office.meetings(session)[1]
    now = datetime.combine(hit.held_on - timedelta(days=1), time(22), tzinfo=UTC)
    send_all(office.database, now)
    lost = LostDates(meeting_ids=frozenset({hit.id or 0}))
    with office.database.read() as session:
        asked = read_replanning(
            session,
            "fjordvik",
            office.period,
            lost,
            today=now.date(),
            holidays_of=public_holidays,
        )
    with DaySolver() as solver:
        found = replanned(asked, solver)
    with office.database.write() as session:
        done = apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=now,
            holidays_of=public_holidays,
            actor_id=None,
        )
    counted = (done.people, done.summaries, done.notices, done.invitations, done.mails)
    assert counted == (1, 0, 0 if invited else 1, 1 if invited else 0, 1)
    _, at_night = send_all(office.database, now)
    _, next_day = send_all(office.database, now + timedelta(hours=12))
    subjects = [mail.subject for mail in (*at_night.sent, *next_day.sent)]
    news = [one for one in subjects if one.startswith(("FLYTTET", "Møteplanen"))]
    assert [one.partition(" til ")[0] for one in news] == ["FLYTTET: Rådet, barn og unge"]


def kinds(session: Session) -> Counter[str]:
    return Counter(session.exec(select(Outbox.kind)))


def test_days_that_are_lost_are_not_used_for_the_new_date_either(office: Office) -> None:
    before = published(office)
    span = (before[1] - timedelta(days=5), before[1] + timedelta(days=5))
    asked = asked_of(
        office, LostDates(from_on=span[0], until_on=span[1], forums=frozenset({"radet"}))
    )
    with DaySolver() as solver:
        found = replanned(asked, solver)
    days = [change.meeting.date for change in found.changes if change.meeting is not None]
    assert len(days) == 1
    assert not span[0] <= days[0] <= span[1]


def test_a_closed_period_added_later_is_found_without_being_asked_for(office: Office) -> None:
    before = published(office)
    with office.database.write() as session:
        add(
            session,
            ClosedPeriod(
                municipality_id=office.municipality_id,
                slug="fri",
                name="Vinterferie",
                kind=ClosedKind.SCHOOL_BREAK,
                starts_on=before[0],
                ends_on=before[0],
            ),
        )
    with DaySolver() as solver:
        found = replanned(asked_of(office, LostDates()), solver)
    assert [change.standing.date for change in found.changes if change.standing] == [before[0]]


def test_a_change_of_an_older_year_is_refused_and_its_digest_is_another(office: Office) -> None:
    published(office)
    with office.database.read() as session:
        hit = office.meetings(session)[1].id or 0
    asked = asked_of(office, LostDates(meeting_ids=frozenset({hit})))
    with DaySolver() as solver:
        found = replanned(asked, solver)
        with office.database.write() as session:
            year_plan = session.exec(select(YearPlan)).one()
            year_plan.revision += 1
            session.add(year_plan)
        again = asked_of(office, LostDates(meeting_ids=frozenset({hit})))
        assert shown_digest(asked, found) != shown_digest(again, replanned(again, solver))
    with office.database.write() as session, pytest.raises(StaleProposalError):
        apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=office.now,
            holidays_of=public_holidays,
            actor_id=None,
        )


def test_unpublished_meetings_move_without_a_mail(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        hit = office.meetings(session)[0]
    asked = asked_of(office, LostDates(meeting_ids=frozenset({hit.id or 0})))
    with DaySolver() as solver:
        found = replanned(asked, solver)
    with office.database.write() as session:
        done = apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=office.now,
            holidays_of=public_holidays,
            actor_id=None,
        )
        assert (done.moved, done.people, done.mails) == (1, 0, 0)
        assert {one.state for one in office.meetings(session)} == {MeetingState.PROPOSED}
