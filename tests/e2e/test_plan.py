"""`aarshjul plan` as people and programs run it: proposed, applied, published, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.plans import bundled_names
from tests.e2e.program import Program

_NOW = "2026-11-24T09:00:00+01:00"
_FIELDS = ["period", "status", "proves", "objective", "bound", "seconds", "meetings", "unmet"]
_MEETING = ["forum", "unit", "number", "date", "start", "end", "place", "reason"]
_ONE_FORUM = """[municipality]
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
rhythm = "4 ganger i året"
seats = [{ position = "leder", function = "leader" }]
[[closed]]
slug = "hele-aret"
name = "Stengt"
kind = "local"
from = 2027-01-01
to = 2027-12-31
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    made = Program(tmp_path, {"AARSHJUL_TEST_NOW": _NOW})
    made.ok("db", "upgrade")
    return made


def load(program: Program, name: str, text: str) -> None:
    path = program.home / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    program.ok("load", str(path))


def bundled_path(name: str) -> str:
    return str(Path(__file__).parents[2] / "scheduler" / "plans" / f"{name}.toml")


def test_each_bundled_plan_is_planned_to_dates_proven_best(program: Program) -> None:
    names = [name for name in bundled_names() if name != "mal"]
    for name in names:
        program.ok("load", bundled_path(name))
    answers = [program.json("plan", "2027", "--municipality", name, "--json") for name in names]
    assert [list(answer) for answer in answers] == [_FIELDS] * len(names)
    assert [answer["status"] for answer in answers] == ["optimal"] * len(names)
    meetings = [meeting for answer in answers for meeting in answer["meetings"]]
    assert {tuple(meeting) for meeting in meetings} == {tuple(_MEETING)}
    assert {why for answer in answers for one in answer["unmet"] for why in [one["why"]]} == {
        "planen gir ingen rytme; velg en"
    }


def test_a_plan_is_only_written_when_that_is_asked_for(program: Program) -> None:
    program.ok("load", bundled_path("hemsedal"))
    first = program.json("plan", "2027", "-m", "hemsedal", "--json")
    again = program.json("plan", "2027", "-m", "hemsedal", "--json")
    assert first["meetings"] == again["meetings"]
    assert program.ok("plan", "2027", "-m", "hemsedal", "--apply").splitlines()[-1] == (
        "Forslaget er skrevet."
    )
    applied = program.json("plan", "2027", "-m", "hemsedal", "--json", "--publish")
    kept = program.json("plan", "2027", "-m", "hemsedal", "--json")
    days = [(one["forum"], one["date"]) for one in first["meetings"]]
    assert [(one["forum"], one["date"]) for one in applied["meetings"]] == days
    assert [(one["forum"], one["date"]) for one in kept["meetings"]] == days
    assert {one["reason"] for one in kept["meetings"]} == {"allerede publisert"}


def test_a_year_that_is_over_and_one_without_open_days_are_refused_with_the_way_out(
    program: Program,
) -> None:
    load(program, "fjordvik", _ONE_FORUM)
    over = program.run("plan", "2025", "-m", "fjordvik")
    assert (over.returncode, over.stdout, over.stderr) == (
        1,
        "",
        "aarshjul: Perioden er over. Velg en periode som ikke er ferdig.\n",
    )
    closed = program.run("plan", "2027", "-m", "fjordvik", "--json")
    answer = json.loads(closed.stdout)
    assert (closed.returncode, list(answer), answer["status"]) == (1, _FIELDS, "infeasible")
    assert answer["unmet"] == [
        {
            "forum": "radet",
            "why": "Rådet har ingen åpen dag: alle dagene forumet kan møtes, er møtefrie. "
            "Gjør en møtefri periode kortere, eller la forumet møtes i den.",
        }
    ]
    assert closed.stderr == f"aarshjul: {answer['unmet'][0]['why']}\n"


def test_rules_that_cannot_all_hold_are_named_with_what_helps(program: Program) -> None:
    # Three Mondays are open, and one leader must be in four meetings at the same hour.
    both = 'rhythm = "2 ganger i året"\nweekday = "mon"\nstarts = 09:00:00'
    text = _ONE_FORUM.replace("2027-12-31", "2027-12-03")
    text = text.replace('rhythm = "4 ganger i året"', both)
    second = text[text.index("[[forum]]") : text.index("[[closed]]")]
    second = second.replace("radet", "laget").replace("Rådet", "Laget")
    load(program, "fjordvik", text.replace("[[closed]]", f"{second}[[closed]]"))
    refused = program.run("plan", "2027", "-m", "fjordvik", "--json")
    lines = refused.stderr.splitlines()
    assert refused.returncode == 1
    assert lines[0].endswith(": disse kan ikke gjelde samtidig:")
    assert [line for line in lines if "møtes bare på mandager" in line] != []
    assert [line for line in lines if line.startswith("  Det hjelper å ")] != []
    answer = json.loads(refused.stdout)
    assert (answer["status"], list(answer["unmet"][0])) == ("infeasible", ["forum", "why"])
    assert "Disse kan ikke gjelde samtidig: " in answer["unmet"][0]["why"]
