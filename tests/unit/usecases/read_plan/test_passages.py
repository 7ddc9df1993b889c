"""Lines become passages with whole sentences, and keep their numbers."""

from __future__ import annotations

import pytest

from scheduler.documents.document_text import DocumentText
from scheduler.usecases.read_plan.lines import lines_of
from scheduler.usecases.read_plan.passages import passages_of


def passages(*lines: str, is_wrapped: bool = True, pages: tuple[int, ...] = ()) -> list[str]:
    """Return the passages' texts, with a space for each line break inside."""
    document = DocumentText(lines, pages, is_wrapped)
    return [
        passage.text.replace("\n", " ")
        for passage in passages_of(lines_of(document), is_wrapped=is_wrapped)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Møte hver 2.", "uke"), ["Møte hver 2. uke"]),
        (("Ressurs-", "gruppen møtes", "årlig."), ["Ressursgruppen møtes årlig."]),
        (("Barne-", "og ungdomsrådet"), ["Barne- og ungdomsrådet"]),
        (("innen 1-", "2 uker"), ["innen 1-2 uker"]),
        (("Møtene holdes", "", "to ganger i året."), ["Møtene holdes to ganger i året."]),
        (("Møtene er slutt.", "", "så er det kaffe"), ["Møtene er slutt.", "så er det kaffe"]),
        (("Skole", "", "Barnehage"), ["Skole", "Barnehage"]),
        (("Skole og", "", "Barnehage"), ["Skole og Barnehage"]),
        (("• Rektor", "• Styrer", "på Elvemo"), ["Rektor", "Styrer på Elvemo"]),
        (("Leder: rektor", "Sekretær: styrer"), ["Leder: rektor", "Sekretær: styrer"]),
        (("## Familieteam", "Møtes hver uke"), ["Familieteam", "Møtes hver uke"]),
        (("| **HFU** | hver<br>uke |", "| --- | --- |"), ["HFU  | hver uke"]),
        (("Møtes hver", "https://elvedal.example/plan", "uke"), ["Møtes hver uke"]),
        (("Møtes hver", "", "Side 4 av 12", "uke"), ["Møtes hver uke"]),
        (("Rapport", "2", "ganger pr år"), ["Rapport 2 ganger pr år"]),
    ],
)
def test_wrapped_lines_are_joined_where_a_sentence_goes_on(
    lines: tuple[str, ...], expected: list[str]
) -> None:
    assert passages(*lines) == expected


def test_paragraphs_of_a_document_are_joined_only_where_a_sentence_was_cut() -> None:
    assert passages("Møtes hver", "uke", "Leder er rektor", is_wrapped=False) == [
        "Møtes hver uke",
        "Leder er rektor",
    ]


def test_running_heads_of_pages_are_left_out() -> None:
    assert passages(
        *("Elvedal kommune 1", "Møtes hver", "Elvedal kommune 2", "uke og", "Elvedal kommune 3"),
        *("ved behov.", "Elvedal kommune 4", "Slutt her."),
        pages=(1, 1, 2, 2, 3, 3, 4, 4),
    ) == ["Møtes hver uke og ved behov. Slutt her."]


def test_a_place_in_a_passage_is_found_on_its_line() -> None:
    document = DocumentText(("Forord", "", "Ressurs-", "gruppen møtes", "årlig."))
    passage = list(passages_of(lines_of(document), is_wrapped=True))[-1]
    assert [passage.line_at(passage.text.index(word)).number for word in ("Res", "møt", "årl")] == [
        3,
        4,
        5,
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Først. Møtes pr. år 2 ganger. Sist.", "2 ganger", "Møtes pr. år 2 ganger."),
        ("Vedtatt i 2027. Møtes hver uke i kap. 3.", "hver uke", "Møtes hver uke i kap. 3."),
        ("| HFU | hver uke | I gang |", "hver uke", "hver uke"),
        ("Spør du? Møtes hver 2. uke! Ja.", "hver 2. uke", "Møtes hver 2. uke!"),
    ],
)
def test_the_sentence_around_some_words_is_found(text: str, phrase: str, expected: str) -> None:
    document = DocumentText((text,))
    (passage,) = passages_of(lines_of(document), is_wrapped=True)
    start = passage.text.index(phrase)
    first, last = passage.sentence_at(start, start + len(phrase))
    assert passage.text[first:last].strip() == expected
