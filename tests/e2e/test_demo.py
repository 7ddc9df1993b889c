"""The demo as a newcomer meets it: links, feeds, mail, and nothing doubled."""

from __future__ import annotations

import socket
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest

from scheduler.public_holidays import public_holidays
from tests.e2e.program import Program, fetch
from tests.factories.ports import free_port

_NOW = "2026-11-24T09:00:00+01:00"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program for a demo at a fixed time."""
    return Program(tmp_path_factory.mktemp("demo"), {"AARSHJUL_TEST_NOW": _NOW})


@pytest.fixture(scope="module")
def links(demo: Program) -> Any:
    """What the demo prints as it is made."""
    return demo.json("demo", "--no-serve", "--json")


@pytest.fixture(scope="module")
def commands(demo: Program, links: Any) -> Program:
    """The program on the demo's database, for its other commands."""
    assert links["municipality"] == "sor-fron"
    return Program(
        demo.home, {"AARSHJUL_TEST_NOW": _NOW, "AARSHJUL_HOME": str(demo.home / "var" / "demo")}
    )


def test_the_demo_prints_a_link_for_each_role_and_run_twice_nothing_doubles(
    demo: Program, links: Any
) -> None:
    assert demo.json("demo", "--no-serve", "--json") == links
    assert links["municipality"] == "sor-fron"
    assert sorted(links["login_urls"]) == ["administrator", "leader", "member", "secretary"]
    assert sorted(links["feeds"]) == ["leader", "member", "secretary"]
    assert links["meetings"] > 100


def test_the_family_team_meets_every_second_friday_outside_its_closed_periods(
    commands: Program,
) -> None:
    events = _events(commands.ok("feed", "--forum", "familieteam", "--municipality", "sor-fron"))
    starts = sorted(
        event["DTSTART"].dt for event in events if isinstance(event["DTSTART"].dt, datetime)
    )
    assert {(start.weekday(), start.time(), start.tzinfo) for start in starts} == {
        (4, time(9), starts[0].tzinfo)
    }
    assert all(event["DTEND"].dt.time() == time(11) for event in events if _is_meeting(event))
    days = [start.date() for start in starts]
    gaps = {(later - earlier).days % 14 for earlier, later in pairwise(days)}
    assert gaps == {0}
    closed = set(public_holidays(2026)) | set(public_holidays(2027))
    assert [day for day in days if day in closed] == []
    in_2027 = [day for day in days if day.year == 2027]
    assert len(in_2027) > 15


def test_the_steering_group_has_two_meetings_each_well_after_one_of_the_resource_group(
    commands: Program,
) -> None:
    steering = _days(commands, "styringsgruppe", 2027)
    resource = _days(commands, "ressursgruppe", 2027)
    assert len(steering) == 2
    assert len(resource) in (3, 4)
    for day in steering:
        earlier = [other for other in resource if other < day]
        assert earlier
        assert day - max(earlier) >= timedelta(days=14)


def test_two_share_a_position_with_tasks(commands: Program) -> None:
    both = [
        _duties(commands, f"{name}@sor-fron.example") for name in ("kari.bakken", "vegard.hagen")
    ]
    assert len(both[0]) > 10
    assert both[0] == both[1]


def test_each_printed_feed_is_a_calendar_and_answers_304_to_its_own_tag(
    tmp_path: Path,
) -> None:
    port = free_port()
    program = Program(tmp_path)
    with program.serving("demo", "--port", str(port), port=port):
        links = program.json("demo", "--no-serve", "--json", "--port", str(port))
        for address in links["feeds"].values():
            first = fetch(address)
            assert first.status == 200
            assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
            assert "Set-Cookie" not in first.headers
            assert len(_events(first.body.decode())) > 5
            again = fetch(address, If_None_Match=first.headers["ETag"])
            assert (again.status, again.body) == (304, b"")
        assert fetch(f"http://127.0.0.1:{port}/feeds/{'x' * 43}.ics").status == 404
        mailbox = fetch(f"http://127.0.0.1:{port}/demo/post/")
        assert mailbox.status == 200


def test_a_taken_port_is_one_clear_line_and_no_demo_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = Program(tmp_path).run("demo", "--port", str(port))
        assert not (tmp_path / "var" / "demo").exists()
    assert refused.returncode == 1
    assert refused.stderr == f"aarshjul: Port {port} er opptatt. Velg en annen med --port\n"


def _events(calendar: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))


def _is_meeting(event: Any) -> bool:
    return isinstance(event["DTSTART"].dt, datetime)


def _duties(commands: Program, email: str) -> list[str]:
    calendar = commands.ok("feed", "--person", email, "--municipality", "sor-fron")
    return sorted(str(one["UID"]) for one in _events(calendar) if not _is_meeting(one))


def _days(commands: Program, forum: str, year: int) -> list[date]:
    calendar = commands.ok("feed", "--forum", forum, "--municipality", "sor-fron")
    days = [event["DTSTART"].dt.date() for event in _events(calendar) if _is_meeting(event)]
    return sorted(day for day in days if day.year == year)
