"""Transactions: all or nothing, and writers wait for their turn."""

from __future__ import annotations

from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import func
from sqlmodel import select

from scheduler.store.database import Database, wal_is_safe
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Municipality, Person


def test_an_error_rolls_the_whole_transaction_back(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as session:
            session.add(Municipality(slug="sor-fron", name="Sør-Fron"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with database.read() as session:
        assert session.exec(select(Municipality)).all() == []


def test_four_writers_at_once_all_get_their_turn(database: Database) -> None:
    with database.write() as session:
        session.add(Municipality(slug="bamble", name="0"))

    def count_up() -> None:
        for _ in range(10):
            with database.write() as session:
                row = session.exec(select(Municipality).with_for_update()).one()
                row.name = str(int(row.name) + 1)

    threads = [Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.exec(select(Municipality.name)).one() == "40"


def test_an_instant_comes_back_as_it_went_in_and_a_naive_one_is_refused(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        session.add(Person(email="kari@sor-fron.example", name="Kari", created_at=now))
    with database.read() as session:
        assert session.exec(select(Person.created_at)).one() == now
    naive = now.replace(tzinfo=None)
    with pytest.raises(Exception, match="an instant needs a zone"), database.write() as session:
        session.add(Person(email="ola@sor-fron.example", name="Ola", created_at=naive))


def test_a_guarded_update_takes_its_step_once(database: Database) -> None:
    with database.write() as session:
        session.add(Municipality(slug="bamble", name="Bamble"))
    for expected in (True, False):
        with database.write() as session:
            stepped = guarded_update(
                session, Municipality, Municipality.name == "Bamble", name="Ny"
            )
            assert stepped is expected
    with database.read() as session:
        assert session.exec(select(func.count()).select_from(Municipality)).one() == 1


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 50, 6), False), ((3, 52, 0), True)],
)
def test_wal_is_used_only_where_its_bug_is_fixed(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe
