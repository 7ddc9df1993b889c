"""A made-up plan gives the same rhythms and forums from a text, a docx and a PDF."""

from __future__ import annotations

import json
from typing import Any

import pytest
from docx import Document

from scheduler.usecases.read_plan import read_plan_text
from tests.unit.usecases.read_plan.documents import DATA, docx_of, pdf_of, saved

TEXT = (DATA / "elvedal.txt").read_text(encoding="utf-8")
EXPECTED = json.loads((DATA / "elvedal.json").read_text(encoding="utf-8"))


def found(data: bytes) -> list[dict[str, Any]]:
    """Return what was found, in the words of the expected file."""
    return [
        {
            "lines": rhythm.lines,
            "phrase": rhythm.phrase,
            "forum": None if rhythm.forum is None else rhythm.forum.name,
        }
        for rhythm in read_plan_text(data, lambda percent: None).rhythms
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_plain_text_in_any_encoding_gives_its_rhythms(encoding: str) -> None:
    assert found(TEXT.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(ending: str) -> None:
    assert found(TEXT.replace("\n", ending).encode()) == EXPECTED


def test_a_docx_with_a_paragraph_a_line_gives_its_rhythms() -> None:
    assert found(docx_of(TEXT.split("\n"))) == EXPECTED


def test_a_pdf_gives_its_rhythms_and_their_pages() -> None:
    lines = TEXT.split("\n")
    pages = [lines[:28], lines[28:]]
    data = pdf_of(pages)
    assert [(each["phrase"], each["forum"]) for each in found(data)] == [
        (each["phrase"], each["forum"]) for each in EXPECTED
    ]
    rhythms = read_plan_text(data, lambda percent: None).rhythms
    assert [rhythm.as_json()["page"] for rhythm in rhythms] == [1, 2, 2, 2, 2, 2, 2]


def test_a_docx_with_headings_lists_and_tables_gives_each_row_its_forum() -> None:
    document = Document()
    document.add_heading("Møteplan for Elvedal", level=1)
    document.add_heading("Familieteam", level=2)
    document.add_paragraph("Møtes annenhver uke, i tillegg ved behov.")
    document.add_paragraph("Leder: barnevernleder", style="List Bullet")
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate(
        [("Møte", "Hyppighet"), ("Skole og PPT", "Hver\nmåned"), ("Ressursteam", "4 ganger i året")]
    ):
        for column, text in enumerate(cells):
            table.rows[row].cells[column].text = text
    rhythms = read_plan_text(saved(document), lambda percent: None).rhythms
    assert [(each.phrase, each.forum and each.forum.name) for each in rhythms] == [
        ("annenhver uke, i tillegg ved behov", "Familieteam"),
        ("Hver måned", "Skole og PPT"),
        ("4 ganger i året", "Ressursteam"),
    ]


def test_the_json_has_the_keys_of_the_contract_and_lines_only_for_several() -> None:
    text = "Elvedal\n\nRessursgruppa møtes fire\nganger i året. Rapport hver måned.\n"
    assert [
        rhythm.as_json() for rhythm in read_plan_text(text.encode(), lambda percent: None).rhythms
    ] == [
        {
            "line": 3,
            "lines": "3-4",
            "sentence": "Ressursgruppa møtes fire ganger i året.",
            "phrase": "fire ganger i året",
            "cadence": {
                "kind": "recurrence",
                "unit": "year",
                "interval": 1,
                "count_min": 4,
                "count_max": 4,
            },
            "forum": "Ressursgruppa",
        },
        {
            "line": 4,
            "sentence": "Rapport hver måned.",
            "phrase": "hver måned",
            "cadence": {
                "kind": "recurrence",
                "unit": "month",
                "interval": 1,
                "count_min": 1,
                "count_max": 1,
                "what": "report",
            },
            "forum": None,
        },
    ]


def test_a_text_without_rhythms_gives_none() -> None:
    assert found("Barn og unge skal få hjelp tidlig.".encode()) == []


def test_progress_goes_from_nothing_to_a_hundred_per_cent() -> None:
    said: list[int] = []
    read_plan_text((TEXT * 40).encode(), said.append)
    assert said == sorted(said)
    assert said[-1] == 100
