"""Whatever is given, the reader answers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.domain.cadence import (
    LONGEST_PHRASE,
    VAGUE,
    CadenceKind,
    Problem,
    ProblemCode,
    from_json,
    read,
    read_all,
    to_json,
)

WORDS = (
    "hver annenhver kvar 2. 14 3-4 1,5 0 ganger gonger uke måned i pr. året semester mandag første"
    " siste kl 9.00 11 - og til , . ( ) minst maks ca innen før etter 1. mars jul ved behov 2026"
)


@given(st.text(max_size=300))
@example("\x00")
@example("²")
@example("٣ ganger i året")
@example("ﬁre ganger i året")
@example("İ uke")
@example("a\u0301\u00ad")
def test_any_text_is_read_and_its_json_comes_back(text: str) -> None:
    reading = read(text)

    assert from_json(to_json(reading.cadence)) == reading.cadence
    assert reading.span is None or text[slice(*reading.span)] == reading.words


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join))
def test_any_order_of_its_own_words_is_read(text: str) -> None:
    reading = read(text)

    assert from_json(to_json(reading.cadence)) == reading.cadence
    assert read(text) == reading


@given(st.text(max_size=400))
def test_the_rhythms_of_a_text_stand_in_order_within_it(text: str) -> None:
    spans = spans_of(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "piece",
    ["hver ", "2-", "1. og ", "2 (2) ", "minst ", "høst ", "a", "9", "\n\n- ", "kl ", "🎉", "周"],
)
def test_ten_thousand_characters_are_no_phrase_and_are_read_as_a_text(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    reading = read(text)

    assert (reading.cadence.kind, reading.problems) == (
        CadenceKind.UNKNOWN,
        (Problem(ProblemCode.TOO_LONG, (10_000, LONGEST_PHRASE)),),
    )
    assert all(0 <= start < end <= 10_000 for start, end in spans_of(text))


def test_the_longest_phrase_is_read_and_one_character_more_is_not() -> None:
    phrase = "hver uke" + " " * (LONGEST_PHRASE - 8)

    assert read(phrase).cadence == read("hver uke").cadence
    assert read(phrase + " ").cadence.kind is CadenceKind.UNKNOWN


def test_blank_text_of_any_length_is_vague() -> None:
    assert read(" \n" * 5_000).cadence == VAGUE


def test_a_rhythm_after_a_long_row_of_figures_is_found() -> None:
    figures = "12 345 67-89, " * 20

    assert read_all(figures + "2-3 ganger i året")[-1].cadence == read("2-3 ganger i året").cadence
    assert read_all(figures + "kl. 9-10 hver fredag")[-1].cadence == (
        read("kl. 9-10 hver fredag").cadence
    )


def spans_of(text: str) -> list[tuple[int, int]]:
    return [reading.span for reading in read_all(text) if reading.span is not None]


@pytest.mark.parametrize(
    "text", ["каждую неделю", "每两周一次", "كل أسبوع", "asdfgh qwerty", "!!!", "---", "12345"]
)
def test_other_alphabets_and_nonsense_are_unknown(text: str) -> None:
    assert read(text).cadence.kind is CadenceKind.UNKNOWN
