"""`aarshjul load --retire`: a forum that the file no longer names, tried first and then done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.tables import Forum, Municipality
from tests.e2e.program import Program
from tests.factories.rows import add_meeting, add_year

_PLAN = """[municipality]
slug = "fjordvik"
name = "Fjordvik"
[plan]
title = "Plan for barn, unge og familier"
[[position]]
slug = "leder"
title = "Leder"
[[forum]]
slug = "radet"
name = "Rådet"
level = "system"
rhythm = "2 ganger i året"
seats = [{ position = "leder", function = "leader" }]
"""
_PEOPLE = """position;name;email;from;to;deputy
leder;Liv Å. Øye;liv@fjordvik.example;2020-01-01;;
"""


@pytest.fixture
def program(tmp_path: Path, with_schema: Callable[[Program], Program]) -> Program:
    return with_schema(Program(tmp_path, {"AARSHJUL_TEST_NOW": "2026-11-24T09:00:00+01:00"}))


def hold_meetings(program: Program) -> None:
    """Publish two meetings of the forum in 2027."""
    database = Database(f"sqlite:///{program.home / 'var' / 'aarshjul.db'}")
    with database.write() as session:
        year = add_year(session, session.exec(select(Municipality)).one())
        forum = session.exec(select(Forum)).one()
        for number, held_on in enumerate((date(2027, 3, 9), date(2027, 10, 12)), start=1):
            add_meeting(session, year, forum, number=number, held_on=held_on)
    database.close()


def test_a_retired_forum_is_called_off_as_the_trial_told(program: Program) -> None:
    for name, text in (
        ("plan.toml", _PLAN),
        ("uten.toml", _PLAN.split("[[forum]]")[0]),
        ("folk.csv", _PEOPLE),
    ):
        (program.home / name).write_text(text, encoding="utf-8")
    program.ok("load", "plan.toml")
    program.ok("people", "folk.csv", "-m", "fjordvik")
    hold_meetings(program)
    feed = ("feed", "--position", "leder", "-m", "fjordvik")
    before = program.ok(*feed)

    kept = program.ok("load", "uten.toml")
    tried = program.json("load", "uten.toml", "--retire", "forum radet", "--dry-run", "--json")
    after_trial = program.ok(*feed)
    done = program.ok("load", "uten.toml", "--retire", "forum radet")
    after = program.ok(*feed)
    again = program.run("load", "uten.toml", "--retire", "forum radet")

    assert "Står ikke lenger i filen, men er beholdt: forum radet" in kept
    assert (tried["retired"], tried["missing"]) == (["forum radet"], [])
    assert [one["date"] for one in tried["called_off"]] == ["2027-03-09", "2027-10-12"]
    assert (before.count("AVLYST"), after_trial, after.count("AVLYST")) == (0, before, 2)
    assert done.count("avlyst: radet, ") == 2
    assert (again.returncode, again.stderr.strip()) == (
        1,
        "aarshjul: «forum radet» er ikke blant det som filen ikke lenger nevner",
    )


def test_a_calendar_that_ended_or_cannot_be_written_is_one_clear_line(program: Program) -> None:
    for name, text in (("plan.toml", _PLAN), ("folk.csv", _PEOPLE)):
        (program.home / name).write_text(text, encoding="utf-8")
    program.ok("load", "plan.toml")
    program.ok("people", "folk.csv", "-m", "fjordvik")
    nowhere = program.home / "mangler" / "x.ics"
    unwritten = program.run("feed", "--all", "-m", "fjordvik", "--out", str(nowhere))
    with sqlite3.connect(program.home / "var" / "aarshjul.db") as database:
        (email,) = database.execute("SELECT email FROM person ORDER BY id").fetchone()
        database.execute("UPDATE holder SET from_on = '2020-01-01', until_on = '2021-01-01'")
        database.execute("UPDATE position SET retired_on = '2021-01-01'")
        database.execute("UPDATE forum SET retired_on = '2021-01-01'")
    gone = [
        program.run("feed", *whose, "-m", "fjordvik")
        for whose in (("--person", email), ("--position", "leder"), ("--forum", "radet"))
    ]

    said = "aarshjul: Kalenderen er avsluttet: personen har sluttet, eller stillingen eller forumet"
    assert [(one.returncode, one.stdout, one.stderr) for one in gone] == [
        (1, "", f"{said} er borte\n")
    ] * 3
    assert (unwritten.returncode, unwritten.stderr) == (
        1,
        f"aarshjul: {nowhere} kan ikke skrives. Velg en annen mappe\n",
    )


def test_only_a_subscription_that_the_list_shows_is_ended(program: Program) -> None:
    program = replace(
        program, settings={**program.settings, "AARSHJUL_BASE_URL": "https://aarshjul.example"}
    )
    other = _PLAN.replace("fjordvik", "dalen").replace("Fjordvik", "Dalen")
    for name, text in (("plan.toml", _PLAN), ("dalen.toml", other), ("folk.csv", _PEOPLE)):
        (program.home / name).write_text(text, encoding="utf-8")
    program.ok("load", "plan.toml")
    program.ok("load", "dalen.toml")
    program.ok("people", "folk.csv", "-m", "fjordvik")
    program.ok("subscribe", "--all", "-m", "fjordvik", "--label", "Til\nveggen\t på  rådhuset")
    program.ok("subscribe", "--person", "liv@fjordvik.example", "-m", "fjordvik", "--label", "Min")
    listed = program.ok("subscriptions", "-m", "fjordvik")
    refused = [
        program.run("subscriptions", "-m", place, "--revoke", number)
        for place, number in (("dalen", "1"), ("dalen", "2"), ("fjordvik", "2"), ("fjordvik", "9"))
    ]
    after = program.ok("subscriptions", "-m", "fjordvik")
    ended = program.ok("subscriptions", "-m", "fjordvik", "--revoke", "1")

    said = "aarshjul: Abonnementet finnes ikke, eller er avsluttet. Se aarshjul subscriptions\n"
    assert [(one.returncode, one.stderr) for one in refused] == [(1, said)] * 4
    assert listed == after == "1\tmunicipality\tTil veggen på rådhuset\t2026-11-24\n"
    assert ended == "Abonnement 1 er avsluttet.\n"


@pytest.mark.parametrize("label", [" \u200b\n", "x" * 61, "Barn 01010012356"])
def test_a_name_of_a_subscription_that_pages_refuse_is_refused(
    program: Program, label: str
) -> None:
    refused = program.run("subscribe", "--all", "-m", "fjordvik", "--label", label)

    assert (refused.returncode, "aarshjul: --label: Navnet" in refused.stderr) == (2, True)


def test_the_leaders_calendar_is_read_from_the_command_line_too(program: Program) -> None:
    (program.home / "plan.toml").write_text(_PLAN, encoding="utf-8")
    program.ok("load", "plan.toml")

    leaders = program.ok("feed", "--leaders", "-m", "fjordvik")
    both = program.run("feed", "--leaders", "--all", "-m", "fjordvik")

    assert leaders.startswith("BEGIN:VCALENDAR")
    assert "NAME:Årshjulet i Fjordvik: gjennomganger og rapporter" in leaders
    assert both.returncode == 2
