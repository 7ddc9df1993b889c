"""Meetings that are moved together: one mail a person, at once where one of theirs is near."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from scheduler.domain.enums import EXPECTED_STATES, AttendanceRule, HolderKind, MeetingState
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, MailStop, Meeting, Outbox
from scheduler.usecases.invitations.choice import choose_invitations, choose_subscription
from scheduler.usecases.meetings.change import ChangedMeeting, MeetingEdit, change_meetings
from scheduler.usecases.meetings.move_meeting import MeetingTime, first_start, move_meeting
from scheduler.usecases.outbox.moves import moved_meetings, moves_hold
from scheduler.usecases.pages.delivery import deliveries_of
from scheduler.usecases.visibility import Selection, viewer_of, visible_meetings
from scheduler.usecases.year.tell_moves import MovesTold, tell_moves
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_forum, add_holder, add_seat
from tests.fakes.counted import counted
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, send_all

# A Monday night, eleven hours before the meeting of the resource group.
NIGHT = oslo_winter("2027-02-01", "22:00")
MORNING = oslo_winter("2027-02-02", "08:00")
KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
GUNN, ANNA = "gunn@sor-fron.example", "anna@sor-fron.example"


class Moved:
    """Two meetings moved at night: the resource group's of tomorrow, the steering group's of April.

    Kari sits in both and Leif in the first alone, Gunn in the second alone.
    """

    def __init__(self, session: Session) -> None:
        self.office = office = Office(session)
        self.steering = add_forum(session, office.municipality, name="Styringsgruppa")
        add_seat(session, self.steering, office.secretary)
        self.gunn = office.position("Helsesykepleier", GUNN)
        add_seat(session, self.steering, self.gunn)
        self.near = office.meeting()
        self.far = office.meeting(date(2027, 4, 6), forum=self.steering)

    def tell(self, session: Session, near_to: date = date(2027, 2, 9)) -> MovesTold:
        session.flush()
        changed = [
            moved(session, self.near, near_to),
            moved(session, self.far, date(2027, 4, 13)),
        ]
        return tell_moves(session, self.office.year, changed, now=NIGHT)


def moved(session: Session, meeting: Meeting, to: date) -> ChangedMeeting:
    edit = MeetingEdit(
        meeting_id=id_of(meeting),
        action="move_meeting",
        sequence=meeting.sequence,
        from_states=EXPECTED_STATES,
        values={"held_on": to, "state": MeetingState.MOVED, **first_start(meeting)},
    )
    (changed,) = change_meetings(
        session, [edit], now=NIGHT, actor_id=None, holidays_of=public_holidays
    )
    return changed


def sent(database: Database, at: datetime, transport: FakeTransport | None = None) -> Any:
    transport = transport or FakeTransport()
    worker_of(database, transport, at, settings=INVITING).run_once()
    return sorted((mail.recipients[0], mail.subject) for mail in transport.sent)


NEAR = "FLYTTET: Ressursgruppe, tverrfaglig til tirsdag 9. februar"
BOTH = "FLYTTET: 2 av møtene dine"
LATER = "Møteplanen for 2027 er endret"


def test_each_hears_once_at_once_of_what_is_near_and_else_in_the_morning(
    database: Database,
) -> None:
    with database.write() as session:
        told = Moved(session).tell(session)
    assert told == MovesTold(people=3, at_once=2, later=1, invitations=0, rooms=0)
    assert sent(database, NIGHT) == [(KARI, BOTH), (LEIF, NEAR)]
    assert sent(database, MORNING) == [(GUNN, LATER)]


def test_the_one_mail_says_of_each_meeting_when_it_was_and_is(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        Moved(session).tell(session)
    _, transport = send_all(sqlite_database, NIGHT)
    (mail,) = [mail for mail in transport.sent if mail.recipients == (KARI,)]
    assert mail.text.split("\n\n")[1:5] == [
        "Møteplanen for 2027 er endret.",
        "Disse møtene er flyttet:",
        "Ressursgruppe, tverrfaglig\ntirsdag 9. februar 2027 kl. 09:00–11:00\n"
        "Flyttet fra tirsdag 2. februar 2027\nSted: Rådhuset, møterom 2",
        "Styringsgruppa\ntirsdag 13. april 2027 kl. 09:00–11:00\n"
        "Flyttet fra tirsdag 6. april 2027\nSted: Rådhuset, møterom 2",
    ]


def test_what_comes_as_an_invitation_is_in_no_mail_besides(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        for email in (KARI, GUNN):
            choose_invitations(session, id_of(here.office.person(email)), now=NIGHT)
    send_all(sqlite_database, NIGHT)
    with sqlite_database.write() as session:
        here.near, here.far = (session.get_one(Meeting, one.id) for one in (here.near, here.far))
        told = here.tell(session)
    assert told == MovesTold(people=3, at_once=1, later=0, invitations=3, rooms=0)
    later = "FLYTTET: Styringsgruppa til tirsdag 13. april 2027"
    assert sent(sqlite_database, NIGHT) == [
        (GUNN, later),
        (KARI, f"{NEAR} 2027"),
        (KARI, later),
        (LEIF, NEAR),
    ]
    assert sent(sqlite_database, MORNING) == []


def test_whoever_has_what_is_moved_taken_out_as_an_invitation_reads_of_it_in_the_mail(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        people = [id_of(here.office.person(email)) for email in (KARI, GUNN)]
        for each in people:
            choose_invitations(session, each, now=NIGHT)
    send_all(sqlite_database, NIGHT)
    with sqlite_database.write() as session:
        here.near, here.far = (session.get_one(Meeting, one.id) for one in (here.near, here.far))
        for each in people:
            choose_subscription(session, each, clear=True, now=NIGHT)
        told = here.tell(session)
    assert told == MovesTold(people=3, at_once=2, later=1, invitations=3, rooms=0)
    out = "Tatt ut av kalenderen: "
    assert sent(sqlite_database, NIGHT) == [
        (GUNN, f"{out}Styringsgruppa tirsdag 6. april 2027"),
        (KARI, BOTH),
        (KARI, f"{out}Ressursgruppe, tverrfaglig tirsdag 2. februar 2027"),
        (KARI, f"{out}Styringsgruppa tirsdag 6. april 2027"),
        (LEIF, NEAR),
    ]
    assert sent(sqlite_database, MORNING) == [(GUNN, LATER)]


def test_two_seats_a_guest_on_call_a_deputy_and_a_stopped_mail_are_counted_as_they_go(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        office = here.office
        # Kari twice; Anna comes only when called, but a near meeting is hers to know of.
        add_seat(session, office.forum, office.position("Ruskonsulent", KARI))
        on_call = office.position("Politikontakt", ANNA)
        add_seat(session, office.forum, on_call, attends=AttendanceRule.ON_CALL)
        # Leif is away, and Dina stands in for him.
        leif = session.exec(select(Holder).where(Holder.person_id == office.person(LEIF).id)).one()
        session.add(
            Leave(holder_id=id_of(leif), starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5))
        )
        add_holder(
            session, office.leader, office.person("dina@sor-fron.example"), kind=HolderKind.DEPUTY
        )
        session.add(
            MailStop(
                municipality_id=id_of(office.municipality),
                person_id=id_of(office.person(GUNN)),
                stopped_at=NIGHT,
            )
        )
        told = here.tell(session)
    assert told == MovesTold(people=3, at_once=3, later=0, invitations=0, rooms=0)
    assert sent(sqlite_database, NIGHT) == [
        (ANNA, NEAR),
        ("dina@sor-fron.example", NEAR),
        (KARI, BOTH),
    ]
    assert sent(sqlite_database, MORNING) == []


def test_who_has_invitations_and_a_stopped_mail_is_not_counted(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        gunn = id_of(here.office.person(GUNN))
        choose_invitations(session, gunn, now=NIGHT)
    send_all(sqlite_database, NIGHT)
    with sqlite_database.write() as session:
        here.near, here.far = (session.get_one(Meeting, one.id) for one in (here.near, here.far))
        session.add(
            MailStop(
                municipality_id=id_of(here.office.municipality), person_id=gunn, stopped_at=NIGHT
            )
        )
        told = here.tell(session)
    assert told == MovesTold(people=2, at_once=2, later=0, invitations=0, rooms=0)
    assert [who for who, _ in sent(sqlite_database, NIGHT)] == [KARI, LEIF]
    # Nor does a second mail wait that would only fail.
    with sqlite_database.read() as session:
        kinds = session.exec(select(Outbox.kind).where(Outbox.person_id == gunn)).all()
    assert set(kinds) == {"invitation"}


def test_a_seat_shared_by_two_gives_each_their_own_mail(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        add_holder(session, here.office.leader, here.office.person(KARI))
        told = here.tell(session)
    assert (told.at_once, told.later) == (2, 1)
    assert sent(sqlite_database, NIGHT) == [(KARI, BOTH), (LEIF, NEAR)]


def test_the_meetings_page_tells_whom_the_mail_has_reached(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        here.tell(session)
        kari = id_of(here.office.person(KARI))
    send_all(sqlite_database, NIGHT)
    with sqlite_database.read() as session:
        viewer = viewer_of(session, kari, today=NIGHT.date())
        (seen,) = visible_meetings(session, viewer, Selection(meeting_id=id_of(here.near)))
        assert [(one.position_title, one.sent_at) for one in deliveries_of(session, seen)] == [
            ("Barne- og familieveileder", NIGHT),
            ("Tjenesteleder familie", NIGHT),
        ]


def test_what_is_moved_back_before_the_mail_went_is_not_told(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        here.tell(session)
        moved(session, here.far, date(2027, 4, 6))
    assert sent(sqlite_database, NIGHT) == [(KARI, NEAR), (LEIF, NEAR)]
    assert sent(sqlite_database, MORNING) == []


def again(database: Database, here: Moved, to: date) -> None:
    with database.write() as session:
        far = session.get_one(Meeting, here.far.id)
        tell_moves(session, here.office.year, [moved(session, far, to)], now=NIGHT)


def texts(database: Database, at: datetime) -> list[tuple[str, list[str]]]:
    """Send what is due; return to whom, and what each mail says of days and of days before."""
    _, transport = send_all(database, at)
    return sorted(
        (mail.recipients[0], [line for line in mail.text.split("\n") if " april " in line])
        for mail in transport.sent
    )


def test_what_is_moved_twice_before_the_mail_goes_is_told_once_from_where_it_was_known_to_be(
    database: Database,
) -> None:
    with database.write() as session:
        here = Moved(session)
        tell_moves(
            session, here.office.year, [moved(session, here.far, date(2027, 4, 13))], now=NIGHT
        )
    again(database, here, date(2027, 4, 20))
    said = ["tirsdag 20. april 2027 kl. 09:00–11:00", "Flyttet fra tirsdag 6. april 2027"]
    assert texts(database, MORNING) == [(GUNN, said), (KARI, said)]


def test_each_reads_from_where_they_were_told_last(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        here.tell(session)
    assert [who for who, _ in texts(sqlite_database, NIGHT)] == [KARI, LEIF]
    again(sqlite_database, here, date(2027, 4, 20))
    now = "tirsdag 20. april 2027 kl. 09:00–11:00"
    assert texts(sqlite_database, MORNING) == [
        (GUNN, [now, "Flyttet fra tirsdag 6. april 2027"]),
        (KARI, [now, "Flyttet fra tirsdag 13. april 2027"]),
    ]


def test_who_hears_of_a_near_date_before_the_mail_of_all_has_gone_hears_once(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        tell_moves(
            session, here.office.year, [moved(session, here.far, date(2027, 4, 13))], now=NIGHT
        )
    with sqlite_database.write() as session:
        far = session.get_one(Meeting, here.far.id)
        to = MeetingTime(held_on=date(2027, 2, 3), starts=far.starts, ends=far.ends, place=None)
        move_meeting(
            session,
            id_of(far),
            to,
            sequence=far.sequence,
            now=NIGHT,
            actor_id=None,
            holidays_of=public_holidays,
        )
    said = [
        "Møtet i Styringsgruppa er flyttet fra tirsdag 6. april 2027"
        " til onsdag 3. februar 2027 kl. 09:00–11:00."
    ]
    assert texts(sqlite_database, NIGHT) == [(GUNN, said), (KARI, said)]
    assert texts(sqlite_database, MORNING) == []


def test_who_has_lost_the_seat_by_then_reads_nothing_new(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        here.tell(session)
        holder = session.exec(select(Holder).where(Holder.position_id == here.gunn.id)).one()
        holder.until_on = date(2027, 2, 1)
        session.add(holder)
    assert [who for who, _ in sent(sqlite_database, MORNING)] == [KARI, LEIF]


def test_a_mail_that_was_put_off_says_what_is_so_when_it_goes(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        here = Moved(session)
        here.tell(session)
    put_off = SendResult(Outcome.RETRY, Phase.RCPT, 450, "later")
    assert sent(sqlite_database, NIGHT, FakeTransport([put_off, put_off])) == []
    with sqlite_database.write() as session:
        moved(session, session.get_one(Meeting, here.far.id), date(2027, 4, 6))
    ten_minutes = NIGHT + timedelta(minutes=10)
    assert sent(sqlite_database, ten_minutes) == [(KARI, NEAR), (LEIF, NEAR)]


def test_a_mail_of_six_meetings_asks_as_little_of_the_database_as_one_of_a_single(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        days = [date(2027, 4, 6) + timedelta(weeks=each) for each in range(6)]
        changed = [moved(session, office.meeting(day), day + timedelta(days=1)) for day in days]
        tell_moves(session, office.year, changed, now=NIGHT)
        (row, _) = session.exec(select(Outbox).where(Outbox.kind == "summary")).all()
        all_six = json.loads(row.payload or "{}")
        single = all_six | {"moves": all_six["moves"][:1]}
        asked = {}
        for said in (all_six, single):
            row.payload = json.dumps(said)
            session.flush()
            with counted(sqlite_database) as queries:
                found = moved_meetings(session, row, today=NIGHT.date())
                assert moves_hold(session, row, today=NIGHT.date())
            asked[len(found)] = len(queries)
    assert asked == {6: asked[1], 1: asked[1]}


def test_nobody_hears_of_moves_in_a_year_that_is_not_published(database: Database) -> None:
    with database.write() as session:
        year = Moved(session)
        year.office.year.published_at = None
        session.add(year.office.year)
        told = year.tell(session)
    assert told == MovesTold(people=0, at_once=0, later=0, invitations=0, rooms=0)
    assert send_all(database, MORNING)[1].sent == []
