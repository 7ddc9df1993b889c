"""A simulated quarter of one municipality against a real SMTP server; the year is in torture."""

from __future__ import annotations

from scheduler.store.database import Database
from tests.simulation.judge import judge
from tests.simulation.run import hours_with_mail, in_utc, simulate

TABLE = {
    ("agenda", "agenda"): 14,
    ("forum_item", "before_14"): 2,
    ("forum_item", "due"): 1,
    ("minutes", "after"): 6,
    ("minutes", "approve_1"): 2,
    ("minutes", "approve_2"): 1,
    ("minutes", "before"): 12,
    ("minutes", "due"): 9,
    ("minutes", "leader"): 4,
    ("notice", "before"): 21,
    ("notice", "due"): 13,
}


def test_a_quarter_of_a_municipality_sends_each_mail_once_and_no_other(
    sqlite_database: Database,
) -> None:
    run = simulate(
        sqlite_database,
        ["sor-fron"],
        first=in_utc("2026-12-31 08:30"),
        last=in_utc("2027-03-31 20:00"),
        next_walk=hours_with_mail,
    )
    with sqlite_database.read() as session:
        table = judge(session, run)
    assert table == {("sor-fron", *key): count for key, count in TABLE.items()}
