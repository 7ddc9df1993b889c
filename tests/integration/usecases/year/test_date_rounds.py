"""A round of the dates before they are published: asked, answered, and planned again after."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DateRoundState, Function, HolderKind, Role
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.planning import DaySolver, ReasonCode
from scheduler.public_holidays import public_holidays
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    DateRound,
    DateRoundAnswer,
    DateRoundLink,
    Forum,
    Grant,
    Holder,
    Outbox,
    Person,
    Position,
)
from scheduler.usecases.date_rounds.answers import (
    answer_page,
    open_rounds_of,
    page_of_link,
    save_answers,
)
from scheduler.usecases.date_rounds.end_round import cancel_round, close_round
from scheduler.usecases.date_rounds.errors import (
    AlreadyOpenError,
    NobodyToAskError,
    NotAskedError,
    RoundDayError,
    RoundStateError,
)
from scheduler.usecases.date_rounds.overview import RoundOverview, round_overview
from scheduler.usecases.date_rounds.rounds import (
    SentRound,
    open_round,
    remind_of_round,
    set_standing_dates,
)
from scheduler.usecases.year.replan_year import (
    LostDates,
    apply_replan,
    read_replanning,
    replanned,
)
from tests.factories.office import worker_of
from tests.factories.rows import add, add_holder, add_person, add_position, add_seat
from tests.fakes.transport import FakeTransport
from tests.integration.usecases.year.conftest import Office

# What is the same on both databases is asked of one.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LAST_DAY = date(2027, 1, 18)
NEXT_DAY = datetime(2027, 1, 19, 8, 0, tzinfo=UTC)


def member(office: Office, session: Session, title: str, *slugs: str, **seat: object) -> int:
    """Add a person with a position that sits in these forums; return the person's id."""
    place = office.municipality(session)
    position = add_position(session, place, title=title)
    person = add_person(session, name=title, email=f"{title.lower()}@fjordvik.example")
    add_holder(session, position, person)
    for slug in slugs:
        forum = session.exec(select(Forum).where(Forum.slug == slug)).one()
        add_seat(session, forum, position, **seat)
    return id_of(person)


def send(office: Office, session: Session, closes_on: date = LAST_DAY) -> SentRound:
    return open_round(
        session,
        office.municipality(session),
        office.period,
        closes_on=closes_on,
        now=office.now,
        actor_id=office.leader_id,
    )


def say_no(office: Office, session: Session, person_id: int, number: int, slug: str) -> None:
    """Answer that one date of a forum does not fit."""
    found = session.exec(select(DateRound)).one()
    page = answer_page(session, id_of(found), person_id, today=office.today)
    name = session.exec(select(Forum.name).where(Forum.slug == slug)).one()
    dates = next(forum.dates for forum in page.forums if forum.name == name)
    assert save_answers(session, page, {dates[number].id}, now=office.now) == 1


def seen(office: Office, session: Session) -> RoundOverview:
    return round_overview(session, session.exec(select(DateRound)).one(), today=office.today)


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.exec(
        select(Outbox).where(col(Outbox.kind).like("round%")).order_by(col(Outbox.id))
    )
    return [(row.kind, row.state) for row in rows]


def test_each_person_gets_one_mail_with_every_date_of_theirs_and_a_link(office: Office) -> None:
    with office.database.write() as session:
        member(office, session, "Rektor", "radet")
        office.apply(session)
        sent = send(office, session)
    assert (sent.dates, sent.people, sent.unmanned) == (6, 2, ())
    transport = FakeTransport()
    worker_of(office.database, transport, office.now).run_once()
    asked = {mail.recipients[0]: mail for mail in transport.sent}
    rektor = asked["rektor@fjordvik.example"]
    assert rektor.subject == "Passer møtedatoene for 2027?"
    assert "Svar innen mandag 18. januar 2027." in rektor.text
    assert ("Rådet, barn og unge" in rektor.text, "Teamet" in rektor.text) == (True, False)
    assert len(re.findall(r"kl\. \d", rektor.text)) == 4
    token = re.findall(r"/runde/([\w-]+)", rektor.text)[0]
    with office.database.read() as session:
        assert token not in session.exec(select(DateRoundLink.token_hash)).all()
        page = page_of_link(session, token, today=office.today)
    assert [forum.name for forum in page.forums] == ["Rådet, barn og unge"]
    assert ([one.fits for one in page.dates], page.answered) == ([True] * 4, False)


def test_a_date_that_does_not_fit_moves_alone_and_no_name_goes_along(office: Office) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        office.apply(session)
        before = [one.held_on for one in office.meetings(session)]
        team = [one.held_on for one in office.meetings(session, "teamet")]
        send(office, session)
        say_no(office, session, rektor, 1, "radet")
        overview = seen(office, session)
        assert [(one.unfit, one.missing, one.asked) for one in overview.unfit] == [(1, 1, 2)]
        assert office.planned(session).year.forums[0].unfit == frozenset()
        close_round(session, session.exec(select(DateRound)).one(), now=office.now, actor_id=None)
        asked = read_replanning(
            session,
            "fjordvik",
            office.period,
            LostDates(),
            today=office.today,
            holidays_of=public_holidays,
        )
        with DaySolver() as solver:
            found = replanned(asked, solver)
        reasons = [change.meeting.reasons for change in found.changes if change.meeting]
        assert [[one.code for one in each] for each in reasons] == [[ReasonCode.MOVED_UNFIT]]
        apply_replan(
            session,
            office.municipality(session),
            asked,
            found,
            now=office.now,
            holidays_of=public_holidays,
            actor_id=None,
        )
        after = [one.held_on for one in office.meetings(session)]
        assert [one.held_on for one in office.meetings(session, "teamet")] == team
    assert [was for was in before if was not in after] == [before[1]]


@ON_SQLITE
def test_a_new_proposal_keeps_off_the_days_that_did_not_fit(office: Office) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        office.apply(session)
        lost = office.meetings(session)[0].held_on
        team = {one.held_on for one in office.meetings(session, "teamet")}
        send(office, session)
        say_no(office, session, rektor, 0, "radet")
        say_no(office, session, office.leader_id, 0, "radet")
        close_round(session, session.exec(select(DateRound)).one(), now=office.now, actor_id=None)
        council, other = office.planned(session).year.forums
    assert (council.unfit, council.exclusions) == ({lost}, ((lost, lost),))
    # The leader sits in the team too, and is away that day, unless the team asked about it.
    assert other.unfit == ({lost} - team)


@ON_SQLITE
def test_a_date_that_the_planner_keeps_is_lost_to_nobody(office: Office) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        office.apply(session)
        send(office, session)
        say_no(office, session, rektor, 0, "radet")
        found = session.exec(select(DateRound)).one()
        with pytest.raises(RoundStateError):
            set_standing_dates(session, found, frozenset())
        close_round(session, found, now=office.now, actor_id=None)
        set_standing_dates(session, found, frozenset(one.id for one in seen(office, session).unfit))
        assert [one.unfit for one in office.planned(session).year.forums] == [set(), set()]


@ON_SQLITE
def test_a_guest_is_asked_and_moves_no_date(office: Office) -> None:
    with office.database.write() as session:
        guest = member(office, session, "Gjest", "radet", function=Function.GUEST)
        office.apply(session)
        send(office, session)
        say_no(office, session, guest, 0, "radet")
        found = session.exec(select(DateRound)).one()
        assert [(one.unfit, one.missing) for one in seen(office, session).unfit] == [(1, 0)]
        close_round(session, found, now=office.now, actor_id=None)
        assert office.planned(session).year.forums[0].unfit == frozenset()


@ON_SQLITE
def test_of_a_case_level_forum_the_planner_learns_a_date_and_no_number(office: Office) -> None:
    with office.database.write() as session:
        psychologist = member(office, session, "Psykolog", "teamet")
        office.apply(session)
        send(office, session)
        say_no(office, session, psychologist, 0, "teamet")
        overview = seen(office, session)
    assert [one.title for one in overview.positions] == ["Leder, oppvekst"]
    assert (overview.others.asked, overview.others.answered) == (1, 1)
    assert [(one.name, one.asked, one.unfit) for one in overview.unfit] == [("Teamet", 0, 1)]


def test_one_reminder_goes_to_those_who_have_not_answered_and_to_whoever_came_since(
    office: Office,
) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        member(office, session, "Helsesykepleier", "radet")
        office.apply(session)
        send(office, session)
        say_no(office, session, rektor, 0, "radet")
        member(office, session, "Ny", "radet")
        found = session.exec(select(DateRound)).one()
        assert remind_of_round(session, found, now=office.now, actor_id=None) == 3
        assert remind_of_round(session, found, now=office.now, actor_id=None) == 0


@ON_SQLITE
def test_a_leaver_is_asked_nothing_more_and_the_answer_counts_no_more(office: Office) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        office.apply(session)
        send(office, session)
        say_no(office, session, rektor, 0, "radet")
    transport = FakeTransport()
    with office.database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == rektor)).one()
        holding.until_on = office.today - timedelta(days=1)
        session.add(holding)
    worker_of(office.database, transport, office.now).run_once()
    with office.database.write() as session:
        leader = session.get_one(Person, office.leader_id)
        assert [mail.recipients for mail in transport.sent] == [(leader.email,)]
        found = session.exec(select(DateRound)).one()
        with pytest.raises(NotAskedError):
            answer_page(session, id_of(found), rektor, today=office.today)
        assert open_rounds_of(session, rektor, today=office.today) == ()
        assert seen(office, session).unfit == ()
        close_round(session, found, now=office.now, actor_id=None)
        assert office.planned(session).year.forums[0].unfit == frozenset()


@ON_SQLITE
def test_a_deputy_answers_while_nobody_is_there(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        position = session.exec(select(Position).where(Position.slug == "leder")).one()
        holding = session.exec(select(Holder).where(Holder.position_id == position.id)).one()
        holding.until_on = office.today - timedelta(days=1)
        session.add(holding)
        deputy = add_person(session, name="Stedfortreder")
        add_holder(session, position, deputy, kind=HolderKind.DEPUTY)
        assert send(office, session).people == 1
        found = session.exec(select(DateRound)).one()
        page = answer_page(session, id_of(found), id_of(deputy), today=office.today)
    assert len(page.dates) == 6


@ON_SQLITE
def test_nobody_answers_for_a_position_and_the_planner_is_told(office: Office) -> None:
    with office.database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        add_seat(session, forum, add_position(session, office.municipality(session), title="Ledig"))
        office.apply(session)
        assert send(office, session).unmanned == ("Ledig",)


@ON_SQLITE
def test_a_changed_date_is_asked_about_no_more(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        send(office, session)
        first = office.meetings(session)[0]
        first.held_on += timedelta(days=1)
        session.add(first)
        session.flush()
        found = session.exec(select(DateRound)).one()
        page = answer_page(session, id_of(found), office.leader_id, today=office.today)
        changed = [one.id for one in page.dates if one.has_changed]
        assert (page.has_changed, page.may_answer, len(changed)) == (True, True, 1)
        assert save_answers(session, page, set(changed), now=office.now) == 0


def test_publishing_ends_the_round_forgets_its_answers_and_sends_none_of_its_mails(
    office: Office,
) -> None:
    with office.database.write() as session:
        rektor = member(office, session, "Rektor", "radet")
        office.apply(session)
        send(office, session)
        say_no(office, session, rektor, 0, "radet")
        assert office.publish(session).rounds == 1
        found = session.exec(select(DateRound)).one()
        assert found.state is DateRoundState.OVER
        assert session.exec(select(DateRoundAnswer)).all() == []
        assert {state for _kind, state in mails(session)} == {"cancelled"}
        page = answer_page(session, id_of(found), rektor, today=office.today)
        assert (page.may_answer, page.answered) == (False, False)
        with pytest.raises(RoundStateError):
            save_answers(session, page, set(), now=office.now)
        with pytest.raises(RoundStateError):
            cancel_round(session, found, now=office.now, actor_id=None)


def test_a_round_that_is_called_off_counts_for_nothing(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        send(office, session)
        say_no(office, session, office.leader_id, 0, "radet")
        found = session.exec(select(DateRound)).one()
        cancel_round(session, found, now=office.now, actor_id=office.leader_id)
        assert office.planned(session).year.forums[0].unfit == frozenset()
        assert session.exec(select(DateRoundAnswer)).all() == []
        assert send(office, session).dates == 6


def test_calling_off_takes_the_answers_of_earlier_rounds_along(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        for _ in range(2):
            sent = send(office, session)
            found = session.get_one(DateRound, sent.id)
            page = answer_page(session, sent.id, office.leader_id, today=office.today)
            save_answers(session, page, {page.dates[0].id}, now=office.now)
            close_round(session, found, now=office.now, actor_id=None)
        cancel_round(session, found, now=office.now, actor_id=None)
        assert [one.unfit for one in office.planned(session).year.forums] == [set(), set()]
        assert session.exec(select(DateRoundAnswer)).all() == []


@ON_SQLITE
def test_a_mail_that_was_refused_for_now_is_not_sent_once_the_round_is_closed(
    office: Office,
) -> None:
    with office.database.write() as session:
        office.apply(session)
        send(office, session)
    later = SendResult(Outcome.RETRY, Phase.RCPT, 451, "try later")
    transport = FakeTransport(answers=[later])
    worker_of(office.database, transport, office.now).run_once()
    with office.database.write() as session:
        # Closed by another process after a worker had taken the mail in hand.
        found = session.exec(select(DateRound)).one()
        found.state = DateRoundState.CLOSED
        session.add(found)
    worker_of(office.database, transport, office.now + timedelta(minutes=5)).run_once()
    with office.database.read() as session:
        states = [state for kind, state in mails(session) if kind == "round"]
    assert (transport.sent, states) == ([], ["cancelled"])


def test_the_round_closes_itself_and_the_planner_hears_of_it_once(office: Office) -> None:
    with office.database.write() as session:
        position = session.exec(select(Position).where(Position.slug == "leder")).one()
        add(session, Grant(role=Role.PLANNER, position_id=position.id))
        office.apply(session)
        send(office, session)
        say_no(office, session, office.leader_id, 0, "radet")
    transport = FakeTransport()
    for _ in range(2):
        worker_of(office.database, transport, NEXT_DAY).run_once()
    assert [mail.subject for mail in transport.sent] == ["Runden om møtedatoene for 2027 er over"]
    assert "1 av 6 datoer passer ikke for alle" in transport.sent[0].text
    with office.database.read() as session:
        assert session.exec(select(DateRound.state)).one() is DateRoundState.CLOSED
        actions = session.exec(select(AuditEvent.action).order_by(col(AuditEvent.id))).all()
    assert [one for one in actions if one.startswith("round.")] == ["round.open", "round.close"]


@ON_SQLITE
def test_a_round_is_refused_where_it_makes_no_sense(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        with pytest.raises(RoundDayError):
            send(office, session, office.today)
        with pytest.raises(NobodyToAskError):
            send(office, session, date(2027, 12, 31))
        send(office, session)
        with pytest.raises(AlreadyOpenError):
            send(office, session)
