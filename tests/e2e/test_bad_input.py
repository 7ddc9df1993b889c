"""What can be mended is one clear line, and nothing is half written."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.plans import bundled
from tests.e2e.program import Program

_TEN_MISTAKES = """\
[municipality]
slug = "Ny Kommune"
name = "Nykommune"
langauge = "nb"

[choices]
notice_days = "ti"

[plan]
title = "Plan"

[[position]]
slug = "leder"
title = "Leder"

[[position]]
slug = "leder"
title = "Leder igjen"

[[forum]]
slug = "gruppa"
name = "Gruppa"
kind = "klubb"
level = "system"
rhythm = "2 ganger i året"
starts = "25:00"
minutes = "kanskje"
seats = [{position = "finnes-ikke", function = "leader"}]

[[forum]]
slug = "teamet"
name = "Teamet"
kind = "team"
level = "case_else_anonymous"
rhythm = "hver måned"
agenda = ["Drøfte saker"]

[[link]]
kind = "after"
from = "gruppa"
to = "mangler"
"""


@pytest.fixture
def program(tmp_path: Path, with_schema: Callable[[Program], Program]) -> Program:
    """The program with an empty database."""
    return with_schema(Program(tmp_path, {"AARSHJUL_TEST_NOW": "2027-01-04T08:00:00+01:00"}))


def test_a_plan_file_with_ten_mistakes_gives_ten_lines_and_changes_nothing(
    program: Program,
) -> None:
    (program.home / "plan.toml").write_text(_TEN_MISTAKES, encoding="utf-8")
    refused = program.run("load", "plan.toml")
    assert refused.returncode == 1
    lines = refused.stderr.splitlines()
    assert len(lines) == 10, refused.stderr
    assert all(line.startswith("aarshjul: linje ") for line in lines)
    with sqlite3.connect(program.home / "var" / "aarshjul.db") as database:
        assert database.execute("SELECT count(*) FROM municipality").fetchone() == (0,)


def test_an_unknown_rhythm_is_loaded_as_unknown_with_a_warning_that_names_it(
    program: Program,
) -> None:
    plan = bundled("sor-fron").decode().replace("møter 2 ganger i året", "når månen er ny")
    (program.home / "plan.toml").write_text(plan, encoding="utf-8")
    report = program.json("load", "plan.toml", "--json")
    assert [line for line in report["warnings"] if "når månen er ny" in line]
    assert report["added"] > 50
    again = program.json("load", "plan.toml", "--json")
    assert (again["added"], again["changed"]) == (0, 0)
    assert again["unchanged"] == report["added"]


def test_a_command_without_a_schema_says_what_to_run(tmp_path: Path) -> None:
    refused = Program(tmp_path, from_file=True).run("status", "--municipality", "sor-fron")
    assert refused.returncode == 1
    assert refused.stderr == (
        "aarshjul: Databasen mangler eller er fra en eldre versjon: kjør aarshjul db upgrade\n"
    )


@pytest.mark.parametrize("command", [("db", "upgrade"), ("check",), ("subscriptions", "-m", "x")])
def test_each_command_can_say_which_database_it_opens(
    program: Program, command: tuple[str, ...]
) -> None:
    said = program.run(*command, "-v").stderr.splitlines()
    assert [line for line in said if line.startswith("database: ")] == [
        f"database: {program.home / 'var' / 'aarshjul.db'}"
    ]


def test_a_database_from_a_newer_version_is_refused(program: Program) -> None:
    with sqlite3.connect(program.home / "var" / "aarshjul.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = program.run("status", "--municipality", "sor-fron")
    assert refused.returncode == 1
    assert refused.stderr == (
        "aarshjul: Databasen er laget av en nyere versjon (9999): oppgrader programmet\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_to_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    refused = Program(tmp_path).run("demo", "--no-serve")
    tmp_path.chmod(0o700)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "AARSHJUL_HOME" in refused.stderr


def test_a_home_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    refused = Program(tmp_path).run("demo", "--no-serve")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "AARSHJUL_HOME" in refused.stderr


def test_a_plan_that_does_not_come_with_the_program_makes_and_removes_nothing(
    program: Program,
) -> None:
    kept = program.home / "var" / "demo" / "aarshjul.db"
    kept.parent.mkdir()
    kept.write_text("")
    refused = program.run("demo", "--plan", "oslo", "--fresh")
    assert (refused.returncode, refused.stderr) == (
        1,
        "aarshjul: Planen «oslo» følger ikke med. Disse følger med: bamble, hemsedal, "
        "sondre-land, sor-aurdal, sor-fron\n",
    )
    assert list(kept.parent.iterdir()) == [kept]


def test_a_command_without_a_database_makes_none(tmp_path: Path) -> None:
    refused = Program(tmp_path).run("status", "-m", "sor-fron")
    assert refused.returncode == 1
    assert list((tmp_path / "var").iterdir()) == []


def test_a_port_that_is_taken_is_one_clear_line(program: Program) -> None:
    serving = replace(program, settings={"AARSHJUL_BASE_URL": "https://aarshjul.example"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = serving.run("serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        f"aarshjul: Port {port} er opptatt. Velg en annen med --port"
    )


def test_a_mail_server_that_is_down_is_named_with_what_to_do(program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {
        "AARSHJUL_SMTP_URL": f"smtp://kari:hemmelig@127.0.0.1:{port}",
        "AARSHJUL_MAIL_FROM": "aarshjul@sor-fron.example",
        "AARSHJUL_BASE_URL": "https://aarshjul.example",
    }
    checked = replace(program, settings=settings).run("check", "--mail", "kari@sor-fron.example")
    assert checked.returncode == 1
    assert checked.stdout.splitlines()[-1] == (
        f"FEIL  koble til: 127.0.0.1:{port} tar ikke imot forbindelser. Sjekk navn og port i"
        " AARSHJUL_SMTP_URL, og at e-postserveren er startet (ConnectionRefusedError)."
    )
    assert "hemmelig" not in checked.stdout + checked.stderr


def test_an_unknown_municipality_names_those_that_exist(program: Program) -> None:
    (program.home / "plan.toml").write_bytes(bundled("sor-fron"))
    program.ok("load", "plan.toml")
    refused = program.run("plan", "2027", "--municipality", "sorfron")
    assert refused.returncode == 1
    assert refused.stderr == ("aarshjul: Kommunen «sorfron» finnes ikke. Disse finnes: sor-fron\n")


def test_a_period_that_is_none_is_refused(program: Program) -> None:
    refused = program.run("plan", "neste år", "--municipality", "sor-fron")
    assert refused.returncode == 1
    assert refused.stderr == (
        "aarshjul: «neste år» er ikke en periode. Skriv et år (2027) eller et skoleår (2027/28)\n"
    )


def test_wrong_usage_exits_with_two(program: Program) -> None:
    assert replace(program, from_file=True).run("plan").returncode == 2
    assert program.run("feed", "--municipality", "sor-fron").returncode == 2
