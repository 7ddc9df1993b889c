"""Fault 10, in short: what is due is found by its index, however many mails there are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, text

from scheduler.store.database import Database
from scheduler.usecases.outbox.claim import claim_due
from tests.factories.office import SETTINGS, Office, oslo_winter
from tests.factories.queue_of import add_mails, add_people
from tests.factories.rows import MADE_AT

MORNING = oslo_winter("2027-02-05", "08:00")


def test_a_claim_reads_only_what_is_due(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        people = add_people(session, office, 3)
        common: dict[str, Any] = {"mail_class": "notice", "first": 0}
        add_mails(session, office, people, count=3000, due_at=MADE_AT, state="sent", **common)
        common["first"] = 3000
        add_mails(session, office, people, count=30, due_at=MORNING, **common)
    with database.write() as session:
        session.connection().execute(text("ANALYZE"))
    asked: list[tuple[str, Any]] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, parameters, *_: asked.append(
            (statement, parameters)
        ),
    )
    with database.write() as session:
        assert len(claim_due(session, SETTINGS, now=MORNING, limit=20)) == 20
    statement, parameters = next(each for each in asked if each[0].startswith("SELECT outbox.id"))
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.read() as session:
        found = session.connection().exec_driver_sql(f"{explain} {statement}", parameters).all()
    plan = "\n".join(str(row[-1]) for row in found)
    assert "outbox_due" in plan
    assert "Seq Scan" not in plan
