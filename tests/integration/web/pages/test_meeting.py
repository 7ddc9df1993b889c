"""A meeting's page: what it shows, answers, moving and cancelling."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyState, MeetingState
from scheduler.planning import Reason, ReasonCode, reason_to_record
from scheduler.store.tables import Attendance, Duty, Meeting
from tests.factories.site import Site, Visitor
from tests.factories.town import Town

MOVED = {"held_on": "2027-03-02", "starts": "12:00", "ends": "14:00", "place": "Kantina"}


def meeting(site: Site, town: Town) -> Meeting:
    with site.database.read() as session:
        return session.get_one(Meeting, town.meeting.id)


def path(town: Town, step: str = "") -> str:
    return f"/mote/{town.meeting.id}{step}"


def test_the_page_says_when_where_and_what(leader: Visitor, town: Town) -> None:
    page = leader.get(path(town)).text
    for words in (
        "tirsdag 9. februar 2027",
        "uke\u00a06",
        "kl. 09:00–11:00",
        "Rådhuset, møterom 2",
        "Møte 1 av 1 i 2027",
        "Tiltak, status",
        "Møtet står slik det ble publisert.",
    ):
        assert words in page


def test_moving_is_shown_before_it_is_done(site: Site, leader: Visitor, town: Town) -> None:
    leader.get(path(town, "/flytt"))
    page = leader.post(path(town, "/flytt"), {**MOVED, "sequence": "0"}).text
    assert "tirsdag 2. mars 2027" in page
    assert "3 personer har plass i forumet" in page
    assert "Innkalling: ny frist" in page
    assert "Dagen er i en helg." not in page
    sunday = {**MOVED, "held_on": "2027-03-07", "sequence": "0"}
    assert "Dagen er i en helg." in leader.post(path(town, "/flytt"), sunday).text
    assert meeting(site, town).held_on == date(2027, 2, 9)


@pytest.mark.parametrize(("to", "is_past"), [("2027-01-15", True), ("2027-03-02", False)])
def test_a_deadline_that_has_passed_is_said_before_the_move(
    leader: Visitor, town: Town, to: str, is_past: bool
) -> None:
    leader.get(path(town, "/flytt"))
    page = leader.post(path(town, "/flytt"), {**MOVED, "held_on": to, "sequence": "0"}).text
    papers = page[page.index("Innkalling: ny frist") :].partition("</li>")[0]
    assert ("fristen er alt gått ut" in papers) is is_past


def test_a_moved_meeting_keeps_its_uid_and_moves_its_papers(
    site: Site, leader: Visitor, town: Town
) -> None:
    leader.get(path(town, "/flytt"))
    answer = leader.post(path(town, "/flytt"), {**MOVED, "sequence": "0", "confirmed": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, path(town))
    moved = meeting(site, town)
    assert (moved.uid, moved.held_on, moved.starts, moved.place) == (
        town.meeting.uid,
        date(2027, 3, 2),
        time(12),
        "Kantina",
    )
    assert (moved.state, moved.moved_from, moved.sequence, moved.set_by_hand) == (
        MeetingState.MOVED,
        date(2027, 2, 9),
        1,
        True,
    )
    with site.database.read() as session:
        notice = session.get_one(Duty, town.notice_id)
        assert notice.due_on == date(2027, 2, 23)
    assert moved.reasons == [reason_to_record(Reason(ReasonCode.KEPT_HAND))]
    page = leader.get(path(town)).text
    assert "flyttet fra tirsdag 9. februar" in page
    assert "Åse Leder, oppvekst" in page


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([("2027-02-09", "13:00")], "flyttet fra kl. 09:00"),
        ([("2027-02-09", "13:00"), ("2027-02-09", "09:00")], "planlagt"),
        ([("2027-03-02", "09:00"), ("2027-02-09", "09:00")], "planlagt"),
    ],
)
def test_the_page_says_where_it_was_first_unless_it_is_there_again(
    site: Site, leader: Visitor, town: Town, steps: list[tuple[str, str]], said: str
) -> None:
    for sequence, (held_on, starts) in enumerate(steps):
        leader.get(path(town, "/flytt"))
        form = {"held_on": held_on, "starts": starts, "ends": "15:00", "place": "Kantina"}
        form |= {"sequence": str(sequence), "confirmed": "1"}
        assert leader.post(path(town, "/flytt"), form).status_code == 303
    page = leader.get(path(town)).text
    state = page[page.index("<h1") :].partition('class="tag')[2].partition(">")[2].partition("<")[0]
    assert state == said


def test_a_meeting_moved_over_new_year_says_which_years(leader: Visitor, town: Town) -> None:
    leader.get(path(town, "/flytt"))
    form = {**MOVED, "held_on": "2028-01-18", "sequence": "0"}
    assert "(var tirsdag 26. januar 2027)" in leader.post(path(town, "/flytt"), form).text
    leader.post(path(town, "/flytt"), {**form, "confirmed": "1"})
    forum = leader.get("/sor-fron/forum/ressursgruppe").text
    for page in (leader.get(path(town)).text, forum):
        assert "flyttet fra tirsdag 9. februar 2027" in page
        assert "Møte 1 av 1 i planen for 2027" in page


def test_two_who_move_the_same_meeting_do_not_undo_each_other(
    site: Site, leader: Visitor, town: Town
) -> None:
    leader.get(path(town, "/flytt"))
    first = {**MOVED, "sequence": "0", "confirmed": "1"}
    assert leader.post(path(town, "/flytt"), first).status_code == 303
    second = {**first, "held_on": "2027-04-06"}
    assert leader.post(path(town, "/flytt"), second).status_code == 409
    assert meeting(site, town).held_on == date(2027, 3, 2)


def test_every_problem_of_the_form_comes_at_once(leader: Visitor, town: Town) -> None:
    leader.get(path(town, "/flytt"))
    wrong = {"held_on": "2027-01-04", "starts": "12:00", "ends": "11:00", "sequence": "0"}
    answer = leader.post(path(town, "/flytt"), wrong)
    assert answer.status_code == 422
    for words in (
        "For å gå videre må du rette opp følgende feil",
        "Dato kan ikke være før i dag",
        "Slutter må være etter at møtet starter",
    ):
        assert words in answer.text


def test_a_cancelled_meeting_drops_its_papers_and_can_be_taken_up_again(
    site: Site, leader: Visitor, town: Town
) -> None:
    page = leader.get(path(town, "/avlys")).text
    assert "faller bort" in page
    leader.post(path(town, "/avlys"), {"sequence": "0"})
    assert meeting(site, town).state is MeetingState.CANCELLED
    with site.database.read() as session:
        assert session.get_one(Duty, town.notice_id).state is DutyState.CANCELLED
    assert "avlyst" in leader.get(path(town)).text
    leader.post(path(town, "/ta-opp-igjen"), {"sequence": "1"})
    again = meeting(site, town)
    assert (again.state, again.sequence, again.cancelled_at) == (MeetingState.PLANNED, 2, None)
    with site.database.read() as session:
        assert session.get_one(Duty, town.notice_id).state is DutyState.OPEN


def test_a_member_may_neither_move_nor_cancel(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    assert "Flytt møtet" not in visitor.get(path(town)).text
    steps = [visitor.get(path(town, step)).status_code for step in ("/flytt", "/avlys")]
    assert steps == [403, 403]
    assert visitor.post(path(town, "/avlys"), {"sequence": "0"}).status_code == 403


def test_an_answer_is_kept_and_can_be_changed(site: Site, leader: Visitor, town: Town) -> None:
    leader.get(path(town))
    for answer in ("yes", "no"):
        leader.post(path(town, "/svar"), {"answer": answer})
    with site.database.read() as session:
        kept = [(row.person_id, row.answer) for row in session.exec(select(Attendance))]
    assert kept == [(town.leader_id, "no")]
    assert "kommer ikke" in leader.get(path(town)).text


def test_somebody_without_a_seat_neither_answers_nor_sees_answers(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.planner_id)
    assert "Kommer du?" not in visitor.get(path(town)).text
    assert visitor.post(path(town, "/svar"), {"answer": "yes"}).status_code == 400


def test_a_meeting_that_has_been_is_not_moved(site: Site, leader: Visitor, town: Town) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).held_on = date(2027, 1, 8)
    assert "Flytt møtet" not in leader.get(path(town)).text
    refused = leader.get(path(town, "/flytt"))
    assert (refused.status_code, "Møtet kan ikke endres slik nå" in refused.text) == (409, True)


def test_a_late_cancellation_shows_who_was_told_and_whom_to_tell(
    site: Site, leader: Visitor, town: Town
) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).held_on = date(2027, 1, 13)
    leader.get(path(town, "/avlys"))
    leader.post(path(town, "/avlys"), {"sequence": "0"})
    page = leader.get(path(town)).text
    assert "3 personer får 1 e-post hver." in page
    assert page.count("e-posten er ikke sendt ennå") == 3
    assert page.count("@sor-fron.example") == 3
    other = site.visitor_as(town.planner_id).get(path(town)).text
    assert "@sor-fron.example" not in other


@pytest.mark.parametrize("gone", ["over", "cancelled"])
def test_nobody_answers_to_a_meeting_that_is_over_or_called_off(
    site: Site, town: Town, gone: str
) -> None:
    member = site.visitor_as(town.psychologist_id)
    member.get(path(town))
    if gone == "over":
        site.now += timedelta(days=40)
        member = site.visitor_as(town.psychologist_id)
        member.get(path(town))
    else:
        with site.database.write() as session:
            session.get_one(Meeting, town.meeting.id).state = MeetingState.CANCELLED
    assert member.post(path(town, "/svar"), {"answer": "no"}).status_code == 409
    with site.database.read() as session:
        assert session.exec(select(Attendance)).all() == []
