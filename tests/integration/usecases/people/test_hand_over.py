"""A position from one person to the next; who stands in; and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind, ForumLevel, Function, HolderKind, Role
from scheduler.store.database import Database
from scheduler.store.tables import (
    AuditEvent,
    Duty,
    Forum,
    Grant,
    Municipality,
    MunicipalService,
    Position,
    Seat,
)
from scheduler.usecases.people import (
    FollowingSeat,
    HandOver,
    HoldingError,
    HoldingRefusal,
    NewPerson,
    add_holder,
    end_holding,
    hand_over,
    holders_on,
    position_history,
    preview_hand_over,
    set_leave,
    stands_in,
)

FIRST = date(2027, 3, 1)
ASE = NewPerson("Åse Bø", "ase@fjordvik.example")
PER = NewPerson("Per Vik", "per@fjordvik.example")
OLA = NewPerson("Ola Li", "ola@fjordvik.example")


@pytest.fixture
def position_id(sqlite_database: Database, now: datetime) -> int:
    """The secretary of one forum, with a duty not done and a service to lead; held by Åse."""
    with sqlite_database.write() as session:
        municipality = Municipality(slug="fjordvik", name="Fjordvik")
        session.add(municipality)
        session.flush()
        assert municipality.id is not None
        position = Position(municipality_id=municipality.id, slug="sekretaer", title="Sekretær")
        forum = Forum(
            municipality_id=municipality.id,
            slug="ressursgruppe",
            name="Ressursgruppen",
            level=ForumLevel.SYSTEM,
            duration_minutes=90,
            notice_days=10,
            minutes_days=5,
        )
        session.add_all([position, forum])
        session.flush()
        assert position.id is not None
        assert forum.id is not None
        session.add_all(
            [
                Seat(forum_id=forum.id, position_id=position.id, function=Function.SECRETARY),
                Seat(forum_id=forum.id, position_id=position.id, function=Function.CONVENER),
                MunicipalService(
                    municipality_id=municipality.id,
                    slug="helse",
                    name="Helse",
                    leader_position_id=position.id,
                ),
                Duty(
                    municipality_id=municipality.id,
                    key="k",
                    uid="u@aarshjul",
                    kind=DutyKind.MINUTES,
                    period="2027",
                    position_id=position.id,
                    due_on=date(2027, 1, 4),
                    promised_on=date(2027, 1, 4),
                    changed_at=now,
                ),
            ]
        )
        put(session, position.id, ASE, now, from_on=date(2025, 8, 1))
        return position.id


def put(
    session: Session,
    position: int,
    person: NewPerson,
    now: datetime,
    *,
    kind: HolderKind = HolderKind.HOLDER,
    from_on: date = date(2026, 1, 1),
) -> int:
    return add_holder(session, position, person, kind=kind, from_on=from_on, now=now, actor_id=None)


def names(session: Session, position: int, day: date) -> list[str]:
    return [each.name for each in holders_on(session, [position], day)]


def test_the_successor_is_there_from_the_first_day_and_the_other_until_the_day_before(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    request = HandOver(position_id=position_id, first_day=FIRST, to=PER)
    with sqlite_database.read() as session:
        preview = preview_hand_over(session, request)
    with sqlite_database.write() as session:
        assert hand_over(session, request, now=now, actor_id=None) == preview
    assert [(each.name, each.last_day) for each in preview.leaving] == [
        ("Åse Bø", date(2027, 2, 28))
    ]
    forum_id = preview.seats[0].forum_id
    assert preview.seats == (
        FollowingSeat(forum_id, "Ressursgruppen", (Function.SECRETARY, Function.CONVENER), 0),
    )
    assert preview.leads_services == ("Helse",)
    assert (preview.to_name, preview.to_is_new, preview.becomes_vacant) == ("Per Vik", True, False)
    with sqlite_database.read() as session:
        assert names(session, position_id, date(2027, 2, 28)) == ["Åse Bø"]
        assert names(session, position_id, FIRST) == ["Per Vik"]
        duty = session.exec(select(Duty)).one()
        assert duty.position_id == position_id
        actions = session.exec(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert actions == ["holder.added", "holder.ended", "holder.added"]


def test_a_position_can_be_left_vacant_and_nothing_of_it_is_dropped(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    request = HandOver(position_id=position_id, first_day=FIRST, to=None)
    with sqlite_database.write() as session:
        assert hand_over(session, request, now=now, actor_id=None).becomes_vacant is True
    with sqlite_database.read() as session:
        assert names(session, position_id, FIRST) == []
        assert len(session.exec(select(Seat)).all()) == 2
    with sqlite_database.read() as session, pytest.raises(HoldingError) as refused:
        preview_hand_over(session, replace(request, first_day=date(2027, 4, 1)))
    assert refused.value.refusal is HoldingRefusal.NOBODY_LEAVES


def test_one_of_several_holders_can_leave_while_the_others_stay(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    with sqlite_database.write() as session:
        put(session, position_id, OLA, now)
        ase = holders_on(session, [position_id], FIRST)[1]
        assert ase.name == "Åse Bø"
        request = HandOver(
            position_id=position_id,
            first_day=FIRST,
            to=PER,
            kind=HolderKind.ACTING,
            leaving_holder_ids=(ase.holder_id,),
        )
        assert hand_over(session, request, now=now, actor_id=None).staying == ("Ola Li",)
    with sqlite_database.read() as session:
        found = holders_on(session, [position_id], FIRST)
        assert [(each.name, each.kind) for each in found] == [
            ("Ola Li", HolderKind.HOLDER),
            ("Per Vik", HolderKind.ACTING),
        ]


def test_the_deputy_stands_in_only_on_the_days_the_holder_is_away(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    with sqlite_database.write() as session:
        put(session, position_id, OLA, now, kind=HolderKind.DEPUTY)
        put(session, position_id, PER, now, kind=HolderKind.DELEGATE)
        (ase, *_others) = holders_on(session, [position_id], FIRST)
        for starts, ends in (
            (date(2027, 3, 1), date(2027, 3, 10)),
            (date(2027, 3, 11), date(2027, 3, 20)),
        ):
            set_leave(
                session,
                ase.holder_id,
                starts_on=starts,
                ends_on=ends,
                now=now,
                actor_id=None,
            )
    with sqlite_database.read() as session:
        who = {
            day: [each.name for each in stands_in(holders_on(session, [position_id], day))]
            for day in (date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 20), date(2027, 3, 21))
        }
        assert list(who.values()) == [["Åse Bø"], ["Ola Li"], ["Ola Li"], ["Åse Bø"]]
        (_, _, past) = position_history(session, position_id)
        assert past.away == ((date(2027, 3, 1), date(2027, 3, 20)),)


def test_history_keeps_everybody_but_what_was_ended_before_it_began(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    with sqlite_database.write() as session:
        hand_over(
            session,
            HandOver(position_id=position_id, first_day=FIRST, to=PER),
            now=now,
            actor_id=None,
        )
        mistake = put(session, position_id, OLA, now, from_on=date(2027, 5, 1))
        end_holding(session, mistake, last_day=date(2027, 1, 11), now=now, actor_id=None)
    with sqlite_database.read() as session:
        history = position_history(session, position_id)
        assert [(each.name, each.from_on, each.until_on) for each in history] == [
            ("Per Vik", FIRST, None),
            ("Åse Bø", date(2025, 8, 1), date(2027, 2, 28)),
        ]
        assert names(session, position_id, date(2027, 5, 1)) == ["Per Vik"]


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (NewPerson("Kari Ås", "kari"), HoldingRefusal.BAD_EMAIL),
        (NewPerson(" ", "kari@fjordvik.example"), HoldingRefusal.NO_NAME),
        (NewPerson("010190 12345", "kari@fjordvik.example"), HoldingRefusal.IDENTITY_NUMBER),
        (NewPerson("Kari Ås (vikar)", "kari@fjordvik.example"), HoldingRefusal.NOT_A_NAME),
        (ASE, HoldingRefusal.ALREADY_HOLDS),
    ],
)
def test_a_holder_that_cannot_be_is_refused(
    sqlite_database: Database,
    position_id: int,
    now: datetime,
    person: NewPerson,
    refusal: HoldingRefusal,
) -> None:
    with sqlite_database.write() as session, pytest.raises(HoldingError) as refused:
        put(session, position_id, person, now)
    assert refused.value.refusal is refusal


def test_the_last_administrator_can_neither_leave_nor_hand_over_to_nobody(
    sqlite_database: Database, position_id: int, now: datetime
) -> None:
    with sqlite_database.write() as session:
        session.add(Grant(role=Role.ADMINISTRATOR, position_id=position_id))
        (ase,) = holders_on(session, [position_id], FIRST)
    last_day = date(2027, 2, 28)
    with pytest.raises(HoldingError) as refused, sqlite_database.write() as session:
        end_holding(session, ase.holder_id, last_day=last_day, now=now, actor_id=None)
    assert refused.value.refusal is HoldingRefusal.LAST_ADMINISTRATOR
    nobody = HandOver(position_id=position_id, first_day=FIRST, to=None)
    with pytest.raises(HoldingError), sqlite_database.write() as session:
        hand_over(session, nobody, now=now, actor_id=None)
    with sqlite_database.write() as session:
        assert [each.name for each in holders_on(session, [position_id], FIRST)] == ["Åse Bø"]
        hand_over(session, replace(nobody, to=PER), now=now, actor_id=None)
        assert [each.name for each in holders_on(session, [position_id], FIRST)] == ["Per Vik"]
