"""Dates set by hand: kept by every proposal, until they are let go."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlmodel import select

from scheduler.domain.enums import ForumLevel
from scheduler.store.tables import Duty, Forum, Meeting
from scheduler.usecases.year.by_hand import (
    HandDate,
    NotAdjustableError,
    add_by_hand,
    let_date_go,
    remove_by_hand,
    set_by_hand,
)
from scheduler.usecases.year.series_choice import series_of
from scheduler.usecases.year.undo_publish import undo_publish
from tests.integration.usecases.year.conftest import Office

AT = HandDate(held_on=date(2027, 4, 15), starts=time(13), ends=time(14), place="Kantina, 2. etg.")


def test_a_new_proposal_keeps_the_date_and_moves_it_again_once_it_is_let_go(
    office: Office,
) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        office.apply(session)
        before = [one.held_on for one in office.meetings(session)]
        first = office.meetings(session)[0]
        number, known = first.number, first.id or 0
        for_all = {"now": office.now, "actor_id": None}
        set_by_hand(session, place, known, AT, sequence=0, **for_all)
        office.apply(session)
        after = {one.number: one for one in office.meetings(session)}
        assert (after[number].held_on, after[number].starts, after[number].place) == (
            AT.held_on,
            AT.starts,
            AT.place,
        )
        let_date_go(session, place, known, sequence=1, **for_all)
        office.apply(session)
        assert [one.held_on for one in office.meetings(session)] == before


def test_an_older_page_a_published_meeting_and_another_municipality_are_refused(
    office: Office,
) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        office.apply(session)
        first = office.meetings(session)[0].id or 0
        for_all = {"now": office.now, "actor_id": None}
        with pytest.raises(NotAdjustableError):
            set_by_hand(session, place, first, AT, sequence=7, **for_all)
        with pytest.raises(NotAdjustableError):
            set_by_hand(session, place, 999, AT, sequence=0, **for_all)
        office.publish(session)
        for step in (let_date_go, remove_by_hand):
            with pytest.raises(NotAdjustableError):
                step(session, place, first, sequence=0, **for_all)


def test_a_meeting_more_is_numbered_on_and_can_be_taken_out_again(office: Office) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        office.apply(session)
        added = add_by_hand(
            session,
            place,
            office.period,
            "radet",
            AT,
            now=office.now,
            today=office.today,
            actor_id=None,
        )
        numbers = sorted(one.number for one in office.meetings(session))
        assert numbers == [1, 2, 3, 4, 5]
        remove_by_hand(session, place, added, sequence=0, now=office.now, actor_id=None)
        assert len(office.meetings(session)) == 4
        assert [one.key for one in series_of(session, office.municipality_id)] == [
            "radet",
            "teamet",
        ]


def test_it_can_be_taken_out_again_after_its_publishing_was_undone(office: Office) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        office.apply(session)
        added = add_by_hand(
            session,
            place,
            office.period,
            "radet",
            AT,
            now=office.now,
            today=office.today,
            actor_id=None,
        )
        office.publish(session)
        undo_publish(session, place, office.period, now=office.now, actor_id=None)
        assert session.exec(select(Duty).where(Duty.meeting_id == added)).all() != []
        sequence = session.get_one(Meeting, added).sequence
        remove_by_hand(session, place, added, sequence=sequence, now=office.now, actor_id=None)
    with office.database.read() as session:
        assert session.get(Meeting, added) is None
        assert len(office.meetings(session)) == 4


def test_the_place_of_a_case_level_meeting_is_its_members_own(office: Office) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        forum.level, forum.place = ForumLevel.CASE_ELSE_NOT, "Helsestasjonen"
        session.add(forum)
        session.flush()
        office.apply(session)
        first = office.meetings(session)[0]
        known, where = first.id or 0, first.place
        set_by_hand(session, place, known, AT, sequence=0, now=office.now, actor_id=None)
        session.expire_all()
        assert session.get_one(Meeting, known).place == where
        added = add_by_hand(
            session,
            place,
            office.period,
            "radet",
            AT,
            now=office.now,
            today=office.today,
            actor_id=None,
        )
        assert session.get_one(Meeting, added).place == "Helsestasjonen"
