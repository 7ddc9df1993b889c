"""`aarshjul read-plan` as a user runs it: the list, the draft, and one line on what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.program import Program

DATA = Path(__file__).parents[1] / "data/read_plan"
ELVEDAL = DATA / "elvedal.txt"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in an empty folder, without a database."""
    return Program(tmp_path)


def test_the_json_lists_every_rhythm_with_its_forum(tmp_path: Path) -> None:
    found = Program(tmp_path, from_file=True).json("read-plan", str(ELVEDAL), "--json")
    expected = json.loads((DATA / "elvedal.json").read_text(encoding="utf-8"))
    assert [
        {
            "lines": each.get("lines", str(each["line"])),
            "phrase": each["phrase"],
            "forum": each["forum"],
        }
        for each in found
    ] == expected
    assert found[0]["cadence"] == {
        "kind": "recurrence",
        "unit": "year",
        "interval": 1,
        "count_min": 2,
        "count_max": 2,
        "months": [3, 10],
    }


def test_the_list_says_line_words_forum_sentence_and_reading(program: Program) -> None:
    shown = program.ok("read-plan", str(ELVEDAL)).split("\n")
    assert shown[:4] == [
        "linje 20-21: «to ganger i året, i mars og oktober»",
        "    forum: Styringsgruppa",
        "    setning: Styringsgruppa møtes to ganger i året, i mars og oktober.",
        "    lest som: kind: recurrence, unit: year, interval: 1, count_min: 2, count_max: 2,"
        " months: [3, 10]",
    ]
    assert shown[-2] == "Rytmer funnet: 7"


def test_the_draft_passes_a_dry_run(
    program: Program, with_schema: Callable[[Program], Program]
) -> None:
    done = program.run("read-plan", str(ELVEDAL), "--json", "--draft", "elvedal.toml")
    assert (done.returncode, done.stderr) == (
        0,
        "Utkastet er skrevet til elvedal.toml. Rett det for hånd.\n",
    )
    assert len(json.loads(done.stdout)) == 7
    report = with_schema(program).json("load", "elvedal.toml", "--dry-run", "--json")
    assert len(report["warnings"]) == 2
    assert report["missing"] == []


def test_a_draft_that_is_there_is_never_overwritten(program: Program) -> None:
    mine = program.home / "min.toml"
    mine.write_text("rettet for hånd", encoding="utf-8")
    done = program.run("read-plan", str(ELVEDAL), "--draft", str(mine))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"aarshjul: {mine} finnes fra før og blir ikke overskrevet. Velg et annet navn\n"
    )
    assert mine.read_text(encoding="utf-8") == "rettet for hånd"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "Filen er tom. Velg filen med planens tekst."),
        (b"\x7fELF\x00\x00", "Filen er ikke en tekst. Velg en ren tekstfil, et Word-dokument"),
        (b"PK\x03\x04", "Filen er skadet og kan ikke leses."),
        (b"%PDF-1.4", "Filen er skadet og kan ikke leses."),
        (b"1.4 obj endobj, en halv PDF", "Filen er skadet og kan ikke leses."),
    ],
)
def test_what_cannot_be_read_is_one_line(program: Program, data: bytes, line: str) -> None:
    file = program.home / "plan.pdf"
    file.write_bytes(data)
    done = program.run("read-plan", str(file), "--draft", "ut.toml")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"aarshjul: {line}")
    assert not (program.home / "ut.toml").exists()


def test_fifty_megabytes_are_refused_unread(program: Program) -> None:
    file = program.home / "plan.txt"
    with file.open("wb") as written:
        written.truncate(50_000_000)
    done = program.run("read-plan", str(file))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("aarshjul: Filen er for stor (grensen er 40 MB")


def test_a_long_plan_tells_on_stderr_how_far_it_is_read(program: Program) -> None:
    file = program.home / "lang.txt"
    prose = "Barn og unge skal få hjelp tidlig, og av dem som er nærmest.\n\n" * 5_000
    file.write_text(f"{prose}Teamet møtes hver uke.\n", encoding="utf-8")
    done = program.run("read-plan", str(file), "--json")
    assert [each["line"] for each in json.loads(done.stdout)] == [10_001]
    assert done.stderr.split("\n")[-2:] == ["Leser planen: 100 %", ""]


def test_a_file_that_is_not_there_is_wrong_usage(program: Program) -> None:
    assert program.run("read-plan", "ingen.txt").returncode == 2
