"""A referat falls due: the real worker, a real mail server, and the link that marks it done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.workdays import WorkingDays
from scheduler.plans import bundled
from scheduler.public_holidays import public_holidays
from tests.conftest import postgresql_copy
from tests.e2e.post_office import PostOffice
from tests.e2e.program import Program
from tests.factories.ports import free_port

_OSLO = ZoneInfo("Europe/Oslo")
_BASE_URL = "http://arshjul.sor-fron.example"


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A real SMTP server on this machine."""
    with PostOffice(free_port()) as office:
        yield office


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    """The program with Sør-Fron's plan, its people and 2027, published on 4 January 2027."""
    settings = {
        "AARSHJUL_BASE_URL": _BASE_URL,
        "AARSHJUL_TEST_NOW": "2027-01-04T08:00:00+01:00",
    }
    with ExitStack() as stack:
        if request.param == "postgresql":
            empty = request.getfixturevalue("postgresql_url")
            settings["AARSHJUL_DATABASE_URL"] = stack.enter_context(postgresql_copy(empty))
            settings["AARSHJUL_SECRET_KEY"] = "fB7mQ2xVt9LcZ4nKp8RjW3sYd6HgUa5e"
        # Once as a person starts each command: the other database has nothing to add to that.
        from_file = request.param == "sqlite"
        program = Program(tmp_path_factory.mktemp("published"), settings, from_file=from_file)
        (program.home / "plan.toml").write_bytes(bundled("sor-fron"))
        (program.home / "people.csv").write_text(
            "position;name;email;from;to;deputy\n"
            "barne-og-familieveileder;Kari Bakken;kari.bakken@sor-fron.example;2020-01-01;;\n"
            "tjenesteleder-familie-og-mestring;Ola Moen;ola.moen@sor-fron.example;2020-01-01;;\n",
            encoding="utf-8",
        )
        program.ok("db", "upgrade")
        program.ok("load", "plan.toml")
        program.ok("people", "people.csv", "--municipality", "sor-fron")
        program.ok("plan", "2027", "--municipality", "sor-fron", "--publish")
        yield program


@pytest.fixture
def program(published: Program, tmp_path: Path, post_office: PostOffice) -> Iterator[Program]:
    """A copy of the program with its published year, and a mail server."""
    settings = {
        **published.settings,
        "AARSHJUL_SMTP_URL": post_office.url,
        "AARSHJUL_MAIL_FROM": "arshjul@sor-fron.example",
    }
    home = tmp_path / "home"
    shutil.copytree(published.home, home)
    with ExitStack() as stack:
        if original := settings.get("AARSHJUL_DATABASE_URL"):
            settings["AARSHJUL_DATABASE_URL"] = stack.enter_context(postgresql_copy(original))
        yield Program(home, settings)


def test_the_secretary_is_reminded_once_of_a_referat_and_never_after_it_is_done(
    program: Program, post_office: PostOffice
) -> None:
    minutes = _first_minutes(program)
    due_on = date.fromisoformat(minutes["due_on"])
    days = WorkingDays(frozenset(public_holidays(2027)))
    reminder = _at(program, days.subtract(due_on, 2))

    _at(program, days.subtract(due_on, 3)).ok("worker", "--once")
    assert _about_minutes(post_office) == []
    reminder.ok("worker", "--once")
    reminder.ok("worker", "--once")
    (mail,) = _about_minutes(post_office)
    assert mail["To"] == "kari.bakken@sor-fron.example"
    assert mail["Subject"].startswith("Påminnelse")
    body = mail.get_body(("plain",))
    assert body is not None
    assert re.search(rf"{_BASE_URL}/handling/\S+", body.get_content())
    assert "Referat" in body.get_content()

    assert reminder.ok("done", str(minutes["id"])).startswith("Merket som ferdig: Referat: ")
    assert reminder.ok("done", str(minutes["id"])).startswith("Allerede ferdig: Referat: ")
    for day in (due_on, days.add(due_on, 2), days.add(due_on, 5)):
        _at(program, day).ok("worker", "--once")
    assert _about_minutes(post_office) == [mail]


def test_the_leader_hears_when_a_referat_stays_away(
    program: Program, post_office: PostOffice
) -> None:
    due_on = date.fromisoformat(_first_minutes(program)["due_on"])
    days = WorkingDays(frozenset(public_holidays(2027)))
    next_digest = due_on + timedelta(days=14)
    for day in (
        days.subtract(due_on, 2),
        due_on,
        days.add(due_on, 2),
        days.add(due_on, 5),
        days.on_or_after(next_digest - timedelta(days=next_digest.weekday())),
    ):
        _at(program, day).ok("worker", "--once")
    recipients = [mail["To"] for mail in _about_minutes(post_office)]
    # Two working days before, on the day, two working days after; then the leader.
    assert recipients.count("kari.bakken@sor-fron.example") == 3
    assert recipients[-1] == "ola.moen@sor-fron.example"
    assert recipients.count("ola.moen@sor-fron.example") == 1


def _first_minutes(program: Program) -> Any:
    rows = program.json("status", "--municipality", "sor-fron", "--period", "2027", "--json")[
        "rows"
    ]
    return next(row for row in rows if row["kind"] == "minutes" and row["forum"] == "ressursgruppe")


def _at(program: Program, day: date) -> Program:
    now = datetime.combine(day, time(10), tzinfo=_OSLO)
    return Program(program.home, {**program.settings, "AARSHJUL_TEST_NOW": now.isoformat()})


def _about_minutes(post_office: PostOffice) -> list[EmailMessage]:
    return [mail for mail in post_office.mails if "Referat" in mail["Subject"]]
