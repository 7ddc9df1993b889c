"""Invitations on pages: chosen with a count, answered by a link, seen by the chair."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
import vobject
from icalendar import Calendar
from sqlmodel import col, select

from scheduler.domain.calendar_reply import CalendarReply, ReplyWord
from scheduler.domain.enums import DutyState
from scheduler.mail import Bounce, Outcome, Phase, SendResult
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Attendance, Duty, Forum, Holder, Meeting, Outbox, Person, Seat
from scheduler.usecases.invitations.answer_link import new_answer_link
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.calendar_answer import answer_by_calendar
from scheduler.usecases.invitations.choice import choose_invitations, choose_subscription
from scheduler.usecases.meetings import MeetingTime, move_meeting
from scheduler.usecases.outbox.bounced import mark_bounced
from tests.factories.office import worker_of
from tests.factories.site import BASE_URL, Site, Visitor, make_site
from tests.factories.town import Town
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING
from tests.integration.invitations.changes import ROOM
from web.feeds.blueprint import blueprint as feeds
from web.pages import page_blueprints
from web.pages.answer import answer

SEQUENCE = re.compile(r'name="sequence" value="(\d+)"')
ADDRESS = re.compile(rf"{re.escape(BASE_URL)}(/feeds/[\w-]+\.ics)")


REFUSED = SendResult(Outcome.FAILED, Phase.RCPT, 550, "no such user")
RETURNED = Bounce(
    message_id=None, key=None, recipient=None, action="failed", status="5.1.1", diagnostic=""
)


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    pages = tuple(page for page in page_blueprints() if page is not answer)
    return make_site(sqlite_database, now, blueprints=(feeds, *pages), without_csrf=(answer,))


@pytest.fixture
def psychologist(site: Site, town: Town) -> Visitor:
    return site.visitor_as(town.psychologist_id)


def answer_path(site: Site, town: Town, person_id: int) -> str:
    with site.database.write() as session:
        token = new_answer_link(
            session, meeting_id=id_of(town.meeting), person_id=person_id, now=site.now
        )
    return f"/svar/{token}"


def answers(site: Site) -> list[tuple[int, str]]:
    with site.database.read() as session:
        rows = session.exec(select(Attendance).order_by(col(Attendance.id)))
        return [(row.person_id, row.answer) for row in rows]


def send(site: Site, *answers: SendResult) -> list[tuple[tuple[str, ...], str]]:
    transport = FakeTransport(list(answers))
    settings = replace(INVITING, at_any_hour=True)
    worker_of(site.database, transport, site.now, settings=settings).run_once()
    return [(mail.recipients, mail.subject.split(":")[0]) for mail in transport.sent]


def titles(visitor: Visitor, path: str) -> list[str]:
    body = visitor.client.get(path).data
    return sorted(str(one["SUMMARY"]) for one in Calendar.from_ical(body).walk("VEVENT"))


def test_opening_the_link_in_an_invitation_changes_nothing(site: Site, town: Town) -> None:
    path = answer_path(site, town, town.psychologist_id)
    visitor = site.visitor()
    page = visitor.get(path).text
    assert "Ressursgruppe, barn og unge" in page
    assert "Jeg kommer ikke" in page
    assert visitor.client.head(path).status_code == 200
    assert answers(site) == []


def test_one_post_without_log_in_or_cookie_answers_and_the_chair_sees_it(
    site: Site, town: Town, leader: Visitor
) -> None:
    path = answer_path(site, town, town.psychologist_id)
    client = site.app.test_client(use_cookies=False)

    page = client.post(path, data={"answer": "no", "sequence": "0"}).text

    assert "Svaret er lagret: du kommer ikke." in page
    assert answers(site) == [(town.psychologist_id, "no")]
    assert "Du har svart at du ikke kommer." in client.get(path).text
    assert (
        "0 kommer, 1 kommer ikke, 2 har ikke svart" in leader.get(f"/mote/{town.meeting.id}").text
    )
    client.post(path, data={"answer": "yes", "sequence": "0"})
    assert (
        "1 kommer, 0 kommer ikke, 2 har ikke svart" in leader.get(f"/mote/{town.meeting.id}").text
    )
    assert answers(site) == [(town.psychologist_id, "yes")]


def test_an_answer_that_is_none_is_asked_for_again(site: Site, town: Town) -> None:
    path = answer_path(site, town, town.psychologist_id)
    assert site.visitor().post(path, {"answer": "kanskje"}).status_code == 422
    assert site.visitor().post(path, {}).status_code == 422
    assert answers(site) == []


def test_a_page_that_shows_an_old_time_asks_again_with_the_new(site: Site, town: Town) -> None:
    path = answer_path(site, town, town.psychologist_id)
    shown = site.visitor().get(path).text
    with site.database.write() as session:
        move_meeting(
            session,
            id_of(town.meeting),
            MeetingTime(
                held_on=date(2027, 2, 16), starts=time(12), ends=time(14), place="Biblioteket"
            ),
            sequence=0,
            now=site.now,
            actor_id=None,
            holidays_of=public_holidays,
        )
    for fields in (
        {"answer": "yes", "sequence": SEQUENCE.findall(shown)[0]},
        {"answer": "yes"},
        {"answer": "yes", "sequence": "x"},
    ):
        stale = site.visitor().post(path, fields)
        assert (stale.status_code, "svaret er ikke lagret" in stale.text) == (409, True)
        assert "tirsdag 16. februar" in stale.text
        assert answers(site) == []
    again = SEQUENCE.findall(stale.text)[0]
    saved = site.visitor().post(path, {"answer": "yes", "sequence": again})
    assert "Svaret er lagret: du kommer." in saved.text
    assert answers(site) == [(town.psychologist_id, "yes")]


def test_a_link_that_is_over_says_so_kindly(site: Site, town: Town) -> None:
    path = answer_path(site, town, town.psychologist_id)
    site.now = datetime.combine(date(2027, 2, 10), site.now.timetz())
    for gone in (path, "/svar/feil", f"{path}x"):
        found = site.visitor().get(gone)
        assert (found.status_code, "Lenken gjelder ikke lenger" in found.text) == (410, True)
        assert site.visitor().post(gone, {"answer": "yes", "sequence": "0"}).status_code == 410
    assert answers(site) == []


def test_an_answer_of_one_who_has_left_is_neither_shown_nor_counted(
    site: Site, town: Town, leader: Visitor
) -> None:
    site.visitor().post(
        answer_path(site, town, town.psychologist_id), {"answer": "yes", "sequence": "0"}
    )
    with site.database.write() as session:
        held = session.exec(select(Holder).where(Holder.person_id == town.psychologist_id)).one()
        held.until_on = site.now.date()
        session.add(held)
    site.now += timedelta(days=1)
    page = leader.get(f"/mote/{town.meeting.id}").text
    assert "har ikke svart" not in page
    assert "Åse Kommunepsykolog" not in page


def test_nobody_sees_a_meeting_twice(site: Site, town: Town, psychologist: Visitor) -> None:
    psychologist.get("/abonner")
    made = psychologist.post(
        "/abonner",
        {"what": "person", "label": "Outlook", "duties": "with"},
        follow_redirects=True,
    ).text
    found = ADDRESS.search(made)
    assert found is not None
    everything = titles(psychologist, found[1])
    group = psychologist.post(
        "/abonner",
        {"what": f"forum:{town.group.id}", "label": "Forum", "duties": "with"},
        follow_redirects=True,
    ).text
    forum = ADDRESS.search(group)
    assert forum is not None
    meetings = ["Familieteam", "Ressursgruppe, barn og unge"]
    assert everything == meetings

    asked = psychologist.get("/abonner/invitasjoner").text
    assert "Du får 2 e-poster nå: én invitasjon for hvert møte framover." in asked
    assert psychologist.get("/abonner").status_code == 200
    done = psychologist.post("/abonner/invitasjoner")
    assert done.location == "/abonner#hvordan"
    assert "2 invitasjoner er på vei." in psychologist.get("/abonner").text

    assert titles(psychologist, found[1]) == []
    assert "Ressursgruppe, barn og unge" not in titles(psychologist, forum[1])
    assert [subject for _to, subject in send(site)] == ["Invitasjon", "Invitasjon"]

    back = psychologist.get("/abonner/i-abonnementet").text
    assert "Ta dem ut for meg: 2 e-poster, én for hvert møte" in back
    assert psychologist.post("/abonner/i-abonnementet", {}).status_code == 422
    psychologist.post("/abonner/i-abonnementet", {"leftovers": "clear"})
    assert titles(psychologist, found[1]) == meetings
    assert [subject for _to, subject in send(site)] == ["Tatt ut av kalenderen"] * 2


def test_an_invitation_that_did_not_arrive_puts_the_meeting_back_and_is_told_of(
    site: Site, town: Town, psychologist: Visitor, leader: Visitor
) -> None:
    psychologist.get("/abonner")
    made = psychologist.post(
        "/abonner",
        {"what": "person", "label": "Outlook", "duties": "without"},
        follow_redirects=True,
    ).text
    found = ADDRESS.search(made)
    assert found is not None
    psychologist.get("/abonner/invitasjoner")
    psychologist.post("/abonner/invitasjoner")
    assert titles(psychologist, found[1]) == []

    # One is refused at once, the other comes back later.
    assert [subject for _to, subject in send(site, REFUSED)] == ["Invitasjon"]
    assert len(titles(psychologist, found[1])) == 1
    with site.database.write() as session:
        sent = session.exec(select(Outbox.message_id).where(Outbox.state == "sent")).one()
        mark_bounced(session, replace(RETURNED, message_id=sent), now=site.now)

    assert titles(psychologist, found[1]) == ["Familieteam", "Ressursgruppe, barn og unge"]
    for path in ("/", "/abonner"):
        told = "2 invitasjoner kom ikke fram til e-postadressen din."
        assert told in psychologist.get(path).text
    page = leader.get(f"/mote/{town.meeting.id}").text
    assert "Invitasjoner som ikke kom fram" in page
    assert "<li>Åse Kommunepsykolog " in page
    page = psychologist.get(f"/mote/{town.meeting.id}").text
    assert "Invitasjoner som ikke kom fram" not in page


def test_the_page_says_plainly_that_a_subscription_keeps_no_time_free(leader: Visitor) -> None:
    assert "Abonnementet sperrer ikke tiden din for kolleger" in leader.get("/abonner").text


def test_who_has_invitations_is_told_that_meetings_alone_make_an_empty_calendar(
    site: Site, psychologist: Visitor, town: Town
) -> None:
    told = "kan kalenderen med det som er ditt, bli tom"
    before = told in psychologist.get("/abonner").text
    with site.database.write() as session:
        session.get_one(Person, town.psychologist_id).wants_invitations = True
    assert (before, told in psychologist.get("/abonner").text) == (False, True)


def test_a_subscription_to_meetings_that_come_as_invitations_says_that_it_may_be_empty(
    site: Site, psychologist: Visitor, town: Town
) -> None:
    psychologist.get("/abonner")
    psychologist.post("/abonner", {"what": "person", "label": "Outlook", "duties": "without"})
    shown = "bare møter du ikke får som invitasjon, ofte ingen"
    before = psychologist.get("/abonner").text
    with site.database.write() as session:
        session.get_one(Person, town.psychologist_id).wants_invitations = True
    after = psychologist.get("/abonner").text
    assert (shown in before, shown in after) == (False, True)
    assert "Alle mine møter og frister, uten frister" in before


def test_moving_says_first_who_gets_which_mail_and_then_does_just_that(
    site: Site, town: Town, leader: Visitor
) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).held_on = date(2027, 1, 13)
        session.get_one(Person, town.psychologist_id).wants_invitations = True
    form = {
        "held_on": "2027-01-20",
        "starts": "12:00",
        "ends": "14:00",
        "place": "Biblioteket",
        "sequence": "0",
    }
    path = f"/mote/{town.meeting.id}/flytt"
    leader.get(path)
    said = leader.post(path, form).text
    assert "2 personer får 1 e-post hver." in said
    assert "1 person får kalenderinvitasjon på e-post." in said
    with site.database.read() as session:
        assert session.exec(select(Outbox)).all() == []
        assert session.get_one(Meeting, town.meeting.id).sequence == 0
    leader.post(path, {**form, "confirmed": "1"})
    sent = send(site)
    assert sorted(subject for _to, subject in sent) == ["FLYTTET", "FLYTTET", "Invitasjon"]
    assert len({to for to, _subject in sent}) == 3


def test_moving_says_who_has_the_meeting_taken_out_of_the_calendar(
    site: Site, town: Town, leader: Visitor
) -> None:
    with site.database.write() as session:
        choose_invitations(session, town.psychologist_id, now=site.now)
    send(site)
    with site.database.write() as session:
        choose_subscription(session, town.psychologist_id, clear=True, now=site.now)
    form = {
        "held_on": "2027-04-20",
        "starts": "12:00",
        "ends": "14:00",
        "place": "Biblioteket",
        "sequence": "0",
    }
    path = f"/mote/{town.meeting.id}/flytt"
    leader.get(path)
    said = leader.post(path, form).text
    assert "1 person får en avlysning på e-post, som tar møtet ut av kalenderen." in said
    assert "kalenderinvitasjon på e-post" not in said


def test_the_page_of_a_cancelled_meeting_says_who_gets_the_cancellation_in_the_calendar(
    site: Site, town: Town, leader: Visitor
) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).held_on = date(2027, 1, 13)
        choose_invitations(session, town.psychologist_id, now=site.now)
    send(site)
    path = f"/mote/{town.meeting.id}/avlys"
    leader.get(path)
    leader.post(path, {"sequence": "0"})
    send(site)
    said = leader.get(f"/mote/{town.meeting.id}").text
    assert "får avlysningen i kalenderen" in said
    assert "får kalenderinvitasjon" not in said


def test_a_change_far_ahead_says_that_nobody_gets_mail(leader: Visitor, town: Town) -> None:
    said = leader.get(f"/mote/{town.meeting.id}/avlys").text
    assert "Ingen får e-post om dette, for møtet er ikke nær." in said


def test_who_hears_of_no_change_is_named_to_members_and_not_where_all_get_mail(
    site: Site, town: Town, leader: Visitor, as_person: Callable[[int], Visitor]
) -> None:
    with site.database.write() as session:
        choose_invitations(session, town.psychologist_id, now=site.now)
    said = leader.get(f"/mote/{town.meeting.id}/avlys").text
    assert (
        "1 har møtet i kalenderen sin, med abonnement eller invitasjon, og ser endringen der."
        in said
    )
    # The leader, who calls it off, is nobody that the leader must tell.
    assert "1 har verken abonnement eller invitasjon" in said
    assert "Si fra selv til:</strong> Åse Sekretær</li>" in said
    near = {"held_on": "2027-01-12", "starts": "12:00", "ends": "14:00", "sequence": "0"}
    leader.get(f"/mote/{town.meeting.id}/flytt")
    assert "Si fra selv til" not in leader.post(f"/mote/{town.meeting.id}/flytt", near).text
    planner = as_person(town.planner_id)
    only_date = planner.get(f"/mote/{town.team_meeting.id}/avlys").text
    assert "De som har møtet i kalenderen, ser endringen der." in only_date
    assert ("Si fra selv til" in only_date, "Åse Kommunepsykolog" in only_date) == (False, False)


def test_a_seat_that_is_retired_makes_nobody_busy(site: Site, town: Town, leader: Visitor) -> None:
    form = {
        "held_on": town.team_meeting.held_on.isoformat(),
        "starts": "09:00",
        "ends": "11:00",
        "place": "",
        "sequence": "0",
    }
    path = f"/mote/{town.meeting.id}/flytt"
    leader.get(path)
    busy = "Noen i forumet er opptatt i et annet møte da."
    assert busy in leader.post(path, form).text
    with site.database.write() as session:
        seat = session.exec(select(Seat).where(Seat.forum_id == town.team.id)).one()
        seat.retired_on = site.now.date()
        session.add(seat)
    assert busy not in leader.post(path, form).text


def test_a_secretary_calls_in_from_her_own_outlook(site: Site, town: Town, leader: Visitor) -> None:
    path = f"/mote/{town.meeting.id}/outlook"
    page = leader.get(path).text
    with site.database.read() as session:
        emails = sorted(
            person.email
            for person in session.exec(select(Person))
            if person.id in (town.secretary_id, town.psychologist_id)
        )
    # The leader, who calls in, has the meeting in the calendar that it is sent from.
    assert re.findall(r"<textarea[^>]*>([^<]*)<", page) == ["; ".join(emails)]
    file = leader.client.get(f"{path}/mote.ics")
    read = vobject.readOne(file.data.decode())
    assert (hasattr(read, "method"), hasattr(read, "x_wr_calname")) == (False, False)
    assert (read.vevent.uid.value, file.headers["Content-Disposition"]) == (
        town.meeting.uid,
        'attachment; filename="mote-2027-02-09.ics"',
    )

    leader.post(path)

    with site.database.read() as session:
        notice = session.get_one(Duty, town.notice_id)
        assert (notice.state, notice.done_through) == (DutyState.DONE, "outlook")
    assert "Innkallingen ble sendt fra Outlook." in leader.get(f"/mote/{town.meeting.id}").text
    assert ", fra Outlook" in leader.get(f"/oppgaver/{town.notice_id}").text


def test_the_recipients_are_only_for_those_who_call_in(
    town: Town, psychologist: Visitor, as_person: Callable[[int], Visitor]
) -> None:
    path = f"/mote/{town.meeting.id}/outlook"
    assert psychologist.get(path).status_code == 403
    assert psychologist.get(f"{path}/mote.ics").status_code == 403
    assert as_person(town.stranger_id).get(path).status_code == 404
    assert (
        as_person(town.planner_id).get(f"/mote/{town.team_meeting.id}/outlook").status_code == 404
    )


def test_whoever_has_our_invitation_is_left_out_of_those_to_call_in_from_outlook(
    site: Site, town: Town, leader: Visitor
) -> None:
    path = f"/mote/{town.meeting.id}/outlook"
    with site.database.write() as session:
        choose_invitations(session, town.psychologist_id, now=site.now)
        invited = session.get_one(Person, town.psychologist_id).email
        rest = session.get_one(Person, town.secretary_id).email
    page = leader.get(path).text
    assert re.findall(r"<textarea[^>]*>([^<]*)<", page) == [rest]
    assert "1 er utelatt, for hen har alt fått møtet som invitasjon" in page
    assert f'<span class="addresses">{invited}</span>' in page
    with site.database.write() as session:
        for each in (town.leader_id, town.secretary_id):
            choose_invitations(session, each, now=site.now)
    page = leader.get(path).text
    assert "Alle har alt møtet i kalenderen." in page
    assert re.findall(r"<textarea", page) == []


def test_whoever_lets_invitations_stand_is_told_so_and_may_take_them_out_later(
    site: Site, town: Town, psychologist: Visitor
) -> None:
    with site.database.write() as session:
        choose_invitations(session, town.psychologist_id, now=site.now)
    send(site)
    asked = psychologist.get("/abonner/i-abonnementet").text
    assert "La dem stå. De står da ikke i abonnementet" in asked
    psychologist.post("/abonner/i-abonnementet", {"leftovers": "keep"})
    page = psychologist.get("/abonner").text
    assert "De som alt står i kalenderen, blir der." in page
    assert "2 møter står fortsatt som invitasjoner i kalenderen din." in page
    psychologist.get("/abonner/i-abonnementet")
    psychologist.post("/abonner/i-abonnementet", {"leftovers": "clear"})
    assert [subject for _to, subject in send(site)] == ["Tatt ut av kalenderen"] * 2
    assert psychologist.get("/abonner/i-abonnementet").status_code == 303


def test_members_see_what_the_room_has_answered_and_others_do_not(
    site: Site, town: Town, leader: Visitor, as_person: Callable[[int], Visitor]
) -> None:
    with site.database.write() as session:
        session.get_one(Forum, town.group.id).room_email = ROOM
        session.flush()
        invite_all(session, now=site.now)
    assert [to for to, _subject in send(site)] == [(ROOM,)]
    path = f"/mote/{town.meeting.id}"
    seen = [leader.get(path).text]
    for word in (ReplyWord.DECLINED, ReplyWord.TENTATIVE, ReplyWord.ACCEPTED):
        site.now += timedelta(minutes=1)
        reply = CalendarReply(
            uid=town.meeting.uid, attendee=ROOM, word=word, sequence=0, made_at=site.now
        )
        with site.database.write() as session:
            answer_by_calendar(session, reply, sender=ROOM, now=site.now)
        seen.append(leader.get(path).text)
        assert "rommet " not in as_person(town.stranger_id).get(path).text
    said = ("rommet er opptatt", "rommet svarer kanskje", "rommet er reservert")
    assert [[each for each in said if each in page] for page in seen] == [
        [],
        ["rommet er opptatt"],
        ["rommet svarer kanskje"],
        ["rommet er reservert"],
    ]
    taken = "Rommets egen kalender har sagt nei til denne tiden."
    assert [taken in page for page in seen] == [False, True, False, False]
