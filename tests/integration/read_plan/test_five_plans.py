"""Reads the five plans where their texts are, and measures what is found against the labels.

The labels hold line numbers only: `phrases.json` the phrases of each plan, `rhythm_lines.json`
the lines that state a real rhythm, written by somebody who had not seen the program.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.usecases.plan_file import parse_plan_file
from scheduler.usecases.read_plan import FoundRhythm, PlanText, read_plan_text
from tests.unit.usecases.read_plan.documents import docx_of, pdf_of

ROOT = Path(__file__).parents[3]
PLANS = ROOT.parent / "shared/plans"
PHRASES = json.loads((ROOT / "tests/data/phrases.json").read_text(encoding="utf-8"))
LABELS: dict[str, list[list[int]]] = json.loads(
    (ROOT / "tests/data/rhythm_lines.json").read_text(encoding="utf-8")
)
NAMES = ["bamble.txt", "hemsedal.txt", "sondre-land.txt", "sor-aurdal.txt", "sor-fron.txt"]

pytestmark = pytest.mark.skipif(
    not PLANS.is_dir(), reason="the texts of the five plans are not in ../shared/plans"
)


@cache
def read(name: str) -> PlanText:
    """Read one plan, once."""
    return read_plan_text((PLANS / name).read_bytes(), lambda percent: None)


def lines(phrase: dict[str, Any]) -> tuple[int, int]:
    """Return the first and last line of a phrase."""
    first, _, last = phrase["lines"].partition("-")
    return int(first), int(last or first)


def is_at(rhythm: FoundRhythm, first: int, last: int) -> bool:
    """Tell whether a rhythm's lines overlap a span."""
    return rhythm.first_line <= last and first <= rhythm.last_line


def missed(name: str, rhythms: tuple[FoundRhythm, ...]) -> list[str]:
    """Return the phrases of a plan that are on none of the lines found."""
    return [
        phrase["phrase"]
        for phrase in PHRASES
        if phrase["plan"] == name and not any(is_at(rhythm, *lines(phrase)) for rhythm in rhythms)
    ]


def recall(name: str, rhythms: tuple[FoundRhythm, ...]) -> float:
    """Return the share of a plan's phrases that are found."""
    return 1 - len(missed(name, rhythms)) / sum(phrase["plan"] == name for phrase in PHRASES)


def precision(name: str, rhythms: tuple[FoundRhythm, ...]) -> float:
    """Return the share of what is listed that a label calls a real rhythm."""
    real = [any(is_at(rhythm, *span) for span in LABELS[name]) for rhythm in rhythms]
    return sum(real) / len(real)


@pytest.mark.parametrize("name", NAMES)
def test_nine_of_ten_phrases_are_found(name: str) -> None:
    rhythms = read(name).rhythms
    assert recall(name, rhythms) >= 0.9, missed(name, rhythms)


@pytest.mark.parametrize("name", NAMES)
def test_four_of_five_listed_are_real_rhythms(name: str) -> None:
    rhythms = read(name).rhythms
    assert precision(name, rhythms) >= 0.8, [
        (rhythm.lines, rhythm.phrase)
        for rhythm in rhythms
        if not any(is_at(rhythm, *span) for span in LABELS[name])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_docx_of_a_plan_gives_what_its_text_gives(name: str) -> None:
    text = (PLANS / name).read_text(encoding="utf-8")
    clean = ["".join(each for each in line if each.isprintable()) for line in text.split("\n")]
    rhythms = read_plan_text(docx_of(clean), lambda percent: None).rhythms
    assert recall(name, rhythms) >= 0.9
    assert precision(name, rhythms) >= 0.8


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_of_a_plan_gives_its_phrases(name: str) -> None:
    text = (PLANS / name).read_text(encoding="utf-8").split("\n")
    data = pdf_of([text[start : start + 60] for start in range(0, len(text), 60)])
    found = [
        letters(rhythm.sentence) for rhythm in read_plan_text(data, lambda percent: None).rhythms
    ]
    phrases = [letters(phrase["phrase"]) for phrase in PHRASES if phrase["plan"] == name]
    in_a_sentence = [any(phrase in sentence for sentence in found) for phrase in phrases]
    # A phrase may run over a full stop ("... hver uke. Ellers ved behov"), so not all can be.
    assert sum(in_a_sentence) / len(phrases) >= 0.85


def letters(text: str) -> str:
    """Return a text's letters and digits, as spaces and marks differ between formats."""
    return "".join(each for each in text.lower() if each.isalnum())


FORUMS = {
    "hemsedal.txt": {
        859: "TOG",
        886: "Tverrfaglig skolemøte",
        931: "Tverrfaglig barnehagemøte",
        989: "Elevhelseteamet",
        1042: "Samarbeidsmøte helse og barnehage",
    },
    "sondre-land.txt": {261: "Tverrfaglig drøftingsteam", 265: "SLT koordineringsgruppe"},
    "sor-aurdal.txt": {1044: "Innsatsteam", 2086: None},
    "sor-fron.txt": {
        440: "Familieteam",
        454: "Barnevern, helsestasjon, lege og psykisk helse",
        457: "Barnevern og skole",
        474: "Barnevern og barnehage",
        488: "PPT og skoler og barnehager",
        527: "Konsultasjonsteamet, Barnet i mente",
        555: "Styringsgruppen",
        606: "Ressursgruppen",
        636: "Familieteam",
        1125: None,
    },
}


@pytest.mark.parametrize("name", FORUMS)
def test_the_forums_of_the_plans_own_meetings_are_guessed(name: str) -> None:
    expected = FORUMS[name]
    guessed = {
        rhythm.first_line: None if rhythm.forum is None else rhythm.forum.name
        for rhythm in read(name).rhythms
        if rhythm.first_line in expected
    }
    assert guessed == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_draft_of_a_plan_loads_and_names_its_municipality(name: str) -> None:
    plan = parse_plan_file(read(name).draft().encode())
    assert plan.municipality.slug == name.removesuffix(".txt")


def test_the_draft_of_hemsedal_has_its_five_forums_with_their_levels() -> None:
    plan = parse_plan_file(read("hemsedal.txt").draft().encode())
    assert [
        (forum.slug, forum.level.value, forum.rhythm.words if forum.rhythm else None)
        for forum in plan.forums
    ] == [
        ("tog", "system", "Et møte per semester"),
        ("tverrfaglig-skolemote", "system", "en gang per semester"),
        ("tverrfaglig-barnehagemote", "system", "en gang per semester"),
        ("elevhelseteamet", "case_else_anonymous", "en gang i måneden"),
        ("samarbeidsmote-helse-og-barnehage", "case_else_not", "en gang per semester"),
    ]
