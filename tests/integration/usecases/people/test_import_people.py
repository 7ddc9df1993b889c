"""A list of people into the database: once, twice, and only looked at."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlmodel import select

from scheduler.domain.enums import HolderKind, Role
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Grant, Holder, Municipality, Person, Position
from scheduler.usecases.people import (
    HoldingAction,
    PeopleFileError,
    PeopleReport,
    RowCode,
    RowProblem,
    compare_people,
    current_holders,
    import_people,
    read_people_file,
    say_row_problem,
)
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from web.cli.problems import lines_of

TODAY = date(2027, 1, 11)
LIST = """stilling;navn;e-post;fra;til;stedfortreder
rektor;Åse Bø;ase@fjordvik.example;2026-08-01;;
Helsesøster;Per Vik;per@fjordvik.example;;;
rektor;Per Vik;per@fjordvik.example;2026-08-01;2027-07-31;ja
"""


@pytest.fixture
def municipality_id(database: Database) -> int:
    return fjordvik(database)


def fjordvik(database: Database) -> int:
    with database.write() as session:
        municipality = Municipality(slug="fjordvik", name="Fjordvik")
        session.add(municipality)
        session.flush()
        assert municipality.id is not None
        for slug, title, old in (
            ("rektor", "Rektor", None),
            ("helsesykepleier", "Helsesykepleier", "Helsesøster"),
            ("rektor-vik", "Rektor", None),
        ):
            session.add(
                Position(municipality_id=municipality.id, slug=slug, title=title, old_title=old)
            )
        return municipality.id


def load(database: Database, municipality_id: int, now: datetime, text: str = LIST) -> PeopleReport:
    rows = read_people_file(text.encode())
    with database.write() as session:
        return import_people(
            session, rows, municipality_id=municipality_id, today=TODAY, now=now, actor_id=None
        )


def test_people_are_made_once_and_hold_what_the_list_says(
    database: Database, municipality_id: int, now: datetime
) -> None:
    report = load(database, municipality_id, now)
    assert report.as_json(Language.BOKMAL) == {
        "added": 3,
        "changed": 0,
        "unchanged": 0,
        "missing": [],
        "warnings": [],
    }
    with database.read() as session:
        found = current_holders(session, municipality_id=municipality_id, day=TODAY)
        assert [(each.name, each.kind, each.on_leave) for each in found] == [
            ("Åse Bø", HolderKind.HOLDER, False),
            ("Per Vik", HolderKind.DEPUTY, False),
            ("Per Vik", HolderKind.HOLDER, False),
        ]
        assert len(session.exec(select(Person)).all()) == 2
        events = session.exec(select(AuditEvent)).all()
        assert [event.action for event in events] == ["people.added"] * 3
        # The log holds ids; no name and no address (privacy rule 8).
        assert all("Bø" not in str(event.after) for event in events)


def test_a_second_run_changes_nothing(
    database: Database, municipality_id: int, now: datetime
) -> None:
    load(database, municipality_id, now)
    report = load(database, municipality_id, now)
    assert [change.action for change in report.changes] == [HoldingAction.UNCHANGED] * 3


def test_looking_gives_the_same_report_and_writes_nothing(
    database: Database, municipality_id: int, now: datetime
) -> None:
    rows = read_people_file(LIST.encode())
    with database.read() as session:
        looked = compare_people(session, rows, municipality_id=municipality_id, today=TODAY)
    with database.read() as session:
        assert session.exec(select(Person)).all() == []
    assert load(database, municipality_id, now) == looked


def test_a_last_day_in_the_list_ends_the_holding_and_keeps_its_history(
    sqlite_database: Database, now: datetime
) -> None:
    municipality = fjordvik(sqlite_database)
    load(sqlite_database, municipality, now)
    report = load(
        sqlite_database,
        municipality,
        now,
        "stilling,navn,e-post,til\nrektor,Åse Bø,ase@fjordvik.example,2027-06-30\n",
    )
    assert [(each.action, each.before, each.until_on) for each in report.changes] == [
        (HoldingAction.CHANGED, (date(2026, 8, 1), None), date(2027, 6, 30))
    ]
    assert report.missing == ("Rektor: Per Vik",)


def test_positions_that_are_not_there_are_all_reported(
    sqlite_database: Database, now: datetime
) -> None:
    municipality = fjordvik(sqlite_database)
    with pytest.raises(PeopleFileError) as refused:
        load(
            sqlite_database,
            municipality,
            now,
            "stilling,navn,e-post\nordfører,Å Å,a@f.example\nRektor,B B,b@f.example\n",
        )
    assert refused.value.problems == (
        RowProblem(
            RowCode.UNKNOWN_POSITION,
            2,
            "position",
            "ordfører",
        ),
        RowProblem(RowCode.SEVERAL_POSITIONS, 3, "position", "Rektor", "rektor, rektor-vik"),
    )
    assert refused.value.positions == ("helsesykepleier", "rektor", "rektor-vik")
    with sqlite_database.read() as session:
        assert session.exec(select(Holder)).all() == []


def test_a_misspelt_position_is_told_what_it_may_have_been_and_all_that_are_once(
    sqlite_database: Database, now: datetime
) -> None:
    municipality = fjordvik(sqlite_database)
    with pytest.raises(PeopleFileError) as refused:
        load(
            sqlite_database,
            municipality,
            now,
            "stilling,navn,e-post\n"
            "Helsesykpleier,Å Å,a@f.example\n"
            "rektor vik,B B,b@f.example\n"
            "ordfører,C C,c@f.example\n",
        )
    assert lines_of(refused.value, Language.BOKMAL) == [
        "rad 2, position: stillingen «Helsesykpleier» finnes ikke. Mente du helsesykepleier?",
        "rad 3, position: stillingen «rektor vik» finnes ikke. Mente du rektor, rektor-vik?",
        "rad 4, position: stillingen «ordfører» finnes ikke.",
        "Stillingene som finnes: helsesykepleier, rektor, rektor-vik.",
    ]


def test_what_a_person_should_look_at_is_warned_of(
    sqlite_database: Database, now: datetime
) -> None:
    municipality = fjordvik(sqlite_database)
    load(sqlite_database, municipality, now)
    report = load(
        sqlite_database,
        municipality,
        now,
        "stilling,navn,e-post,fra\n"
        "rektor,Åse Bø Dal,ase@fjordvik.example,\n"
        "rektor,Ola Li,ola@gmail.com,2027-02-01\n",
    )
    assert [(each.row, each.code) for each in report.warnings] == [
        (2, RowCode.NAME_DIFFERS),
        (3, RowCode.PRIVATE_ADDRESS),
        (3, RowCode.SEVERAL_HOLDERS),
    ]
    with sqlite_database.read() as session:
        names = session.exec(select(Person.name).order_by(Person.name)).all()
        assert names == ["Ola Li", "Per Vik", "Åse Bø"]


def test_positions_of_another_municipality_are_never_found(
    sqlite_database: Database, now: datetime
) -> None:
    fjordvik(sqlite_database)
    with sqlite_database.write() as session:
        other = Municipality(slug="vik", name="Vik")
        session.add(other)
        session.flush()
        assert other.id is not None
        other_id = other.id
    with pytest.raises(PeopleFileError) as refused:
        load(sqlite_database, other_id, now)
    assert {each.code for each in refused.value.problems} == {RowCode.UNKNOWN_POSITION}


def test_who_is_only_an_address_gets_the_name_in_the_list(
    database: Database, municipality_id: int, now: datetime
) -> None:
    with database.write() as session:
        session.add(Person(email="ase@fjordvik.example", name="ase", created_at=now))
    report = load(database, municipality_id, now)
    assert [(row.name, report.warnings) for row in report.changes[:1]] == [("Åse Bø", ())]
    with database.read() as session:
        names = session.exec(select(Person.name).order_by(Person.email)).all()
    assert names == ["Åse Bø", "Per Vik"]


@pytest.mark.parametrize(
    ("columns", "more", "refused"),
    [
        ("2020-01-01;2027-06-30", "", True),
        ("2020-01-01;2027-01-09", "", True),
        ("2027-03-01;", "", True),
        ("2020-01-01;2027-06-30", "drift;Nils Å;nils@fjordvik.example;2027-07-01;\n", False),
        ("2020-01-01;2027-06-30", "drift;Nils Å;nils@fjordvik.example;2027-08-01;\n", True),
    ],
)
def test_a_list_never_ends_the_last_administrators_time(
    sqlite_database: Database, now: datetime, columns: str, more: str, refused: bool
) -> None:
    with sqlite_database.write() as session:
        place = add_municipality(session)
        position = add_position(session, place, slug="drift", title="Drift, IKT")
        person = add_person(session, name="Åse Bø", email="ase@fjordvik.example")
        add_holder(session, position, person)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=position.id))
        place_id = id_of(place)
    text = f"stilling;navn;e-post;fra;til\ndrift;Åse Bø;ase@fjordvik.example;{columns}\n{more}"
    if not refused:
        assert len(load(sqlite_database, place_id, now, text).changes) == 2
        return
    with pytest.raises(PeopleFileError) as caught:
        load(sqlite_database, place_id, now, text)
    assert [say_row_problem(problem, Language.BOKMAL) for problem in caught.value.problems] == [
        "rad 2, position: Drift, IKT: Åse Bø er den siste som kan administrere kommunen. "
        "La noen andre ta over først, i samme liste eller på sidene."
    ]
    with sqlite_database.read() as session:
        spans = session.exec(select(Holder.from_on, Holder.until_on)).all()
    assert spans == [(date(2020, 1, 1), None)]


def test_every_position_that_could_be_meant_is_named(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        place = add_municipality(session)
        for number in range(12):
            add_position(session, place, slug=f"stilling-{number:02}")
        place_id = id_of(place)
    with pytest.raises(PeopleFileError) as caught:
        load(sqlite_database, place_id, now, "stilling,navn,e-post\nx,Å Å,a@f.example\n")
    assert caught.value.positions == tuple(f"stilling-{number:02}" for number in range(12))
