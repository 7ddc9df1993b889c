"""Single statements on connections of their own, which mend themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from scheduler.store.database import Database
from scheduler.store.look_ups import Statement

NUMBER = Statement.of("SELECT 40 + ?")


def test_it_answers_again_on_the_connection_it_has(database: Database) -> None:
    found = [database.look_ups.first(NUMBER, (number,))[0] for number in (1, 2)]

    assert found == [41, 42]
    assert (
        database.look_ups.first(Statement.of("SELECT id FROM meeting WHERE id = ?"), (1,)) is None
    )


def test_it_sees_what_others_have_written_since(database: Database) -> None:
    count = Statement.of("SELECT count(*) FROM feedstamp")
    before = database.look_ups.first(count, ())[0]
    with database.write() as session:
        session.connection().execute(text("INSERT INTO feedstamp VALUES ('a', 1)"))

    assert database.look_ups.first(count, ())[0] == before + 1


def test_questions_at_once_have_a_connection_each(database: Database) -> None:
    together = Barrier(4)

    def ask(number: int) -> int:
        together.wait()
        return int(database.look_ups.first(NUMBER, (number,))[0])

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(ask, range(4))) == [40, 41, 42, 43]


@pytest.mark.postgresql
def test_a_connection_that_was_lost_is_made_anew(empty_postgresql_url: str) -> None:
    database = Database(empty_postgresql_url)
    own = Statement.of("SELECT pg_backend_pid()")
    first = database.look_ups.first(own, ())[0]
    with database.write() as session:
        session.connection().execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})

    assert database.look_ups.first(own, ())[0] != first
    database.close()


@pytest.mark.postgresql
def test_a_question_is_prepared_anew_for_tables_that_have_changed(
    empty_postgresql_url: str,
) -> None:
    database = Database(empty_postgresql_url)
    everything = Statement.of("SELECT * FROM feedstamp WHERE source = ?")
    with database.write() as session:
        session.connection().execute(text("INSERT INTO feedstamp VALUES ('a', 1)"))
    before = database.look_ups.first(everything, ("a",))
    with database.write() as session:
        session.connection().execute(text("ALTER TABLE feedstamp ADD more text DEFAULT 'new'"))

    assert (before, database.look_ups.first(everything, ("a",))) == (("a", 1), ("a", 1, "new"))
    database.close()


def test_a_bad_statement_is_an_error_and_the_next_one_is_answered(database: Database) -> None:
    database.look_ups.first(NUMBER, (1,))

    with pytest.raises(Exception, match="nowhere"):
        database.look_ups.first(Statement.of("SELECT * FROM nowhere"), ())

    assert database.look_ups.first(NUMBER, (1,))[0] == 41
