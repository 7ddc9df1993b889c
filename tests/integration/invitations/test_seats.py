"""Invitations follow the seats: who comes and who goes, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from scheduler.domain.enums import HolderKind
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, Person, Position, Seat
from scheduler.usecases.invitations.bring_in_line import invite_all, invite_person
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.invitations.follow import follow_invitations
from tests.factories.office import Office
from tests.factories.rows import add, add_holder
from tests.integration.invitations.calendar_mail import (
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    LEIF,
    NOW,
    an_office,
    cancel,
    in_feed,
    keys,
    move,
)


def test_who_lost_the_seat_gets_one_cancel_and_nothing_of_what_comes_after(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session, KARI, LEIF)
        kari = id_of(office.person(KARI))
    keys(database)
    tomorrow = NOW + timedelta(days=1)
    with database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == kari)).one()
        holding.until_on = NOW.date()
        session.add(holding)
    follow = follow_invitations(database, now=lambda: tomorrow)
    assert (follow(), follow()) == (1, 0)
    with database.write() as session:
        move(session, meeting, at=tomorrow)

    mails, _transport = send_all(database, tomorrow)

    gone, moved = sorted(mails, key=lambda one: one.to)
    assert (gone.key, moved.key) == ((KARI, "CANCEL", 1), (LEIF, "REQUEST", 1))
    # What she is told is what she knew: neither the new day nor the new place.
    assert f"{gone.starts:%d.%m.}" == "02.02."
    assert "Biblioteket" not in gone.raw + gone.text
    assert (gone.status, gone.place) == (None, "")
    assert (
        gone.subject == "Tatt ut av kalenderen: Ressursgruppe, tverrfaglig tirsdag 2. februar 2027"
    )
    with database.write() as session:
        cancel(session, meeting)
    assert keys(database, tomorrow) == [(LEIF, "CANCEL", 2)]


def test_a_leaver_who_was_never_invited_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        # The invitation waits while she leaves.
        holding = session.exec(
            select(Holder).where(Holder.person_id == office.person(KARI).id)
        ).one()
        holding.until_on = NOW.date() - timedelta(days=1)
        session.add(holding)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        cancel(session, meeting)
    assert keys(sqlite_database) == []


def test_somebody_new_at_the_seat_is_invited_on_the_first_day(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session, LEIF)
        newcomer = office.person("nils@sor-fron.example")
        newcomer.wants_invitations = True
        session.add(newcomer)
        add_holder(session, office.secretary, newcomer, from_on=date(2027, 1, 13))
    keys(sqlite_database)
    seen = []
    for day in range(4):
        at = NOW + timedelta(days=day)
        follow_invitations(sqlite_database, now=lambda at=at: at)()
        seen.append(keys(sqlite_database, at))
    assert seen == [[], [], [("nils@sor-fron.example", "REQUEST", 0)], []]


def test_a_seat_that_comes_back_has_a_higher_number_than_its_cancel(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        seat = session.exec(select(Seat).where(Seat.position_id == office.secretary.id)).one()
    sent = [keys(sqlite_database)]
    for retired_on in (NOW.date(), None):
        with sqlite_database.write() as session:
            session.get_one(Seat, seat.id).retired_on = retired_on
            session.flush()
            invite_all(session, now=NOW)
        sent.append(keys(sqlite_database))
    assert sent == [[(KARI, "REQUEST", 0)], [(KARI, "CANCEL", 1)], [(KARI, "REQUEST", 2)]]


def test_somebody_who_is_no_longer_active_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Person, kari).active = False
        session.flush()
        invite_person(session, kari, now=NOW)
    assert keys(sqlite_database) == []


VIK = "vik@sor-fron.example"


def the_holder(session: Session, position: Position) -> Holder:
    """Return who holds the position, and no deputy."""
    return session.exec(
        select(Holder).where(Holder.position_id == position.id, Holder.kind == HolderKind.HOLDER)
    ).one()


def add_deputy(session: Session, office: Office) -> None:
    """Let somebody who has chosen invitations be the secretary's deputy."""
    deputy = office.person(VIK)
    add_holder(session, office.secretary, deputy, kind=HolderKind.DEPUTY)
    choose_invitations(session, id_of(deputy), now=NOW)


def away(session: Session, office: Office, first: date, last: date) -> Leave:
    """Let the secretary be on leave, and bring the invitations in line."""
    holder = the_holder(session, office.secretary)
    leave = add(session, Leave(holder_id=id_of(holder), starts_on=first, ends_on=last))
    invite_all(session, now=NOW)
    return leave


def sent(database: Database, at: datetime = NOW) -> list[tuple[str, str, str]]:
    """Send what is due; return to whom, what, and about which day."""
    mails, _transport = send_all(database, at)
    return sorted((one.to, one.method, f"{one.starts:%d.%m.}") for one in mails)


def test_a_deputy_has_only_the_meetings_within_the_leave_and_the_holder_the_others(
    database: Database,
) -> None:
    with database.write() as session:
        office, _meeting = an_office(session, KARI, LEIF)
        within = office.meeting(date(2027, 1, 12), number=2)
        office.meeting(date(2027, 1, 13), number=3)
        add_deputy(session, office)
        assert within.held_on > NOW.date()
        away(session, office, NOW.date(), within.held_on)
    first = [
        (who, "REQUEST", day) for who in (KARI, LEIF) for day in ("02.02.", "12.01.", "13.01.")
    ]
    first.remove((KARI, "REQUEST", "12.01."))
    assert sent(database) == [*first, (VIK, "REQUEST", "12.01.")]
    # Nobody is told anything when it is over.
    back = datetime(2027, 1, 13, 6, 0, tzinfo=UTC)
    assert follow_invitations(database, now=lambda: back)() == 1
    assert sent(database, back) == []


def test_a_leave_that_is_shorter_than_was_said_gives_the_meeting_back(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
        add_deputy(session, office)
    assert sent(sqlite_database) == [(KARI, "REQUEST", "02.02.")]
    with sqlite_database.write() as session:
        leave = away(session, office, NOW.date(), date(2027, 3, 1))
    mails = {one.to: one for one in send_all(sqlite_database, NOW)[0]}
    assert [(who, mails[who].method) for who in sorted(mails)] == [
        (KARI, "CANCEL"),
        (VIK, "REQUEST"),
    ]
    assert "for du er ikke lenger satt opp på det." in mails[KARI].text
    with sqlite_database.write() as session:
        assert in_feed(session, kari) == [meeting.id]
        session.get_one(Leave, leave.id).ends_on = date(2027, 2, 1)
        session.flush()
        invite_all(session, now=NOW)
    assert keys(sqlite_database) == [(KARI, "REQUEST", 2), (VIK, "CANCEL", 1)]


def test_whoever_is_away_on_the_day_that_a_meeting_is_moved_to_is_told_that_it_moved(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
        away(session, office, date(2027, 2, 8), date(2027, 2, 12))
    assert sent(sqlite_database) == [(KARI, "REQUEST", "02.02.")]
    with sqlite_database.write() as session:
        assert move(session, meeting).mails.invitations == 1
        assert in_feed(session, kari) == [meeting.id]
    (out,) = send_all(sqlite_database, NOW)[0]
    assert (out.key, f"{out.starts:%d.%m.}") == ((KARI, "CANCEL", 1), "02.02.")
    assert out.text.split("\n\n")[1] == (
        "Møtet i Ressursgruppe, tverrfaglig tirsdag 2. februar 2027 kl. 09:00–11:00 tas ut av "
        "kalenderen din, for det er flyttet til en dag du ikke er satt opp på."
    )


def test_whoever_leaves_before_a_meeting_is_not_invited_to_it(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        the_holder(session, office.secretary).until_on = date(2027, 2, 2)
        session.flush()
        late = office.meeting(date(2027, 6, 1))
        invite_all(session, now=NOW)
        kari = id_of(office.person(KARI))
    assert sent(sqlite_database) == [(KARI, "REQUEST", "02.02.")]
    with sqlite_database.read() as session:
        assert in_feed(session, kari) == [late.id]
    after = datetime(2027, 2, 3, 6, 0, tzinfo=UTC)
    follow_invitations(sqlite_database, now=lambda: after)()
    assert sent(sqlite_database, after) == []


def test_a_seat_that_falls_away_before_a_meeting_is_not_invited_to_it(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        seat = session.exec(select(Seat).where(Seat.position_id == office.secretary.id)).one()
        seat.retired_on = date(2027, 2, 2)
        office.meeting(date(2027, 2, 1), number=2)
        session.flush()
        invite_all(session, now=NOW)
    assert sent(sqlite_database) == [(KARI, "REQUEST", "01.02.")]
