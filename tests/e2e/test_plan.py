"""`aarshjul plan` as people and programs run it: proposed, applied, published, refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.plans import bundled, bundled_names
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

_WITHOUT_RHYTHM = {
    "bamble": {
        "kommunedirektorens-ledergruppe",
        "kompetanseteam",
        "ledermoter",
        "personalmoter",
        "samarbeidsmoter",
        "samhandlingskonferansen",
        "styringsgruppa-for-barn-og-unge",
        "virksomhetsledergruppa-oppvekst",
    },
    "hemsedal": set(),
    "sondre-land": {
        "kontaktmoter-barnehager",
        "kontaktmoter-skoler",
        "nettverk-for-tidlig-innsats",
    },
    "sor-aurdal": {"psykisk-helse-og-helsestasjon", "tidlig-inn-team", "veiledningsfora"},
    "sor-fron": set(),
}
_SHARED_PEOPLE = """position;name;email;from;to;deputy
leder-barnevern;Ingrid Dale;ingrid.dale@regionen.example;2020-01-01;;
representant-barnevern;Jon Ås;jon.as@regionen.example;2020-01-01;;
leder-ppt;Siri Øien;siri.oien@regionen.example;2020-01-01;;
representant-ppt;Tor Lie;tor.lie@regionen.example;2020-01-01;;
ppt-kontakt;Tor Lie;tor.lie@regionen.example;2020-01-01;;
"""
# Who of them sits in every meeting of which forum, read from the plan by hand.
_SHARED = {
    "styringsgruppe": {"Ingrid", "Siri"},
    "ressursgruppe": {"Jon", "Tor"},
    "barnevern-helsestasjon-lege-psykisk-helse": {"Jon"},
    "barnevern-og-skole": {"Jon"},
    "barnevern-og-barnehage": {"Jon"},
    "ppt-og-skoler-og-barnehager": {"Tor"},
}


@pytest.fixture
def program(tmp_path: Path, with_schema: Callable[[Program], Program]) -> Program:
    return with_schema(Program(tmp_path, {"AARSHJUL_TEST_NOW": _NOW}))


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
    unmet = {
        name: {one["forum"] for one in answer["unmet"]}
        for name, answer in zip(names, answers, strict=True)
    }
    assert unmet == _WITHOUT_RHYTHM
    assert {one["why"] for answer in answers for one in answer["unmet"]} == {
        "planen gir ingen rytme; velg en"
    }


def test_two_municipalities_that_share_barnevern_and_ppt_never_need_them_twice_at_once(
    program: Program,
) -> None:
    text = bundled("sor-fron").decode()
    # The neighbour has the same forums and wishes, so it would take the very same dates.
    neighbour = re.sub(r'(?m)(^\[\[forum]]\nslug = "[^"]+"\nname = ")', r"\1Nordre ", text)
    load(program, "sor-fron", text)
    load(program, "nord-fron", neighbour.replace('slug = "sor-fron"', 'slug = "nord-fron"', 1))
    (program.home / "people.csv").write_text(_SHARED_PEOPLE, encoding="utf-8")
    for name in ("sor-fron", "nord-fron"):
        program.ok("people", "people.csv", "--municipality", name)
    alone = program.json("plan", "2027", "-m", "sor-fron", "--json")
    first = program.json("plan", "2027", "-m", "nord-fron", "--json", "--publish")
    second = program.json("plan", "2027", "-m", "sor-fron", "--json")

    assert shared_times(first) & shared_times(alone) != set()
    assert shared_times(first) & shared_times(second) == set()
    assert clashes(first, second) == []
    assert "Nordre" not in json.dumps(second, ensure_ascii=False)
    for answer in (first, second):
        assert answer["unmet"] == []
        assert answer["objective"] - answer["bound"] <= 0.01 * answer["objective"]


def shared_times(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["date"], one["start"]) for one in answer["meetings"] if one["forum"] in _SHARED}


def clashes(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[str, str, str]]:
    """List the times at which a shared person would sit in a meeting on either side."""
    return [
        (one["date"], one["forum"], other["forum"])
        for one in first["meetings"]
        for other in second["meetings"]
        if one["date"] == other["date"]
        and one["start"] < other["end"]
        and other["start"] < one["end"]
        and _SHARED.get(one["forum"], set()) & _SHARED.get(other["forum"], set())
    ]


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


def test_what_no_dates_can_mend_is_said_before_planning_with_the_way_to_mend_it(
    program: Program,
) -> None:
    many = _ONE_FORUM[: _ONE_FORUM.index("[[closed]]")]
    load(program, "fjordvik", many.replace("4 ganger i året", "400 ganger i måneden"))
    refused = program.run("plan", "2027", "-m", "fjordvik")
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        1,
        "",
        "aarshjul: Rådet skal ha 400 møter, men det er bare 22 åpne dager. Velg færre møter.\n",
    )
    second = many[many.index("[[forum]]") :].replace("radet", "laget")
    links = [("radet", "laget"), ("laget", "radet")]
    circle = [f'[[link]]\nkind = "after"\nfrom = "{a}"\nto = "{b}"\n' for a, b in links]
    (program.home / "ring.toml").write_text("".join((many, second, *circle)), encoding="utf-8")
    ring = program.run("load", "ring.toml")
    assert (ring.returncode, len(ring.stderr.splitlines())) == (1, 1)
    assert "i ring" in ring.stderr
    assert "Ta bort en av lenkene." in ring.stderr


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
