"""The administration's words: for what the log names, and for why a change is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.people import HoldingRefusal
from web.admin.words import ENTITIES, REFUSALS, REFUSED_FIELD

ROOT = Path(__file__).parents[4]


def test_every_thing_that_the_programs_write_in_the_log_has_a_word() -> None:
    written = {
        name
        for folder in ("scheduler", "web")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r'\bentity="(\w+)"', path.read_text("utf-8"))
    }
    assert (written & {"calendar", "meeting"}, written - set(ENTITIES)) == (
        {"calendar", "meeting"},
        set(),
    )


def test_every_refusal_has_a_text_and_the_field_it_stands_at() -> None:
    assert (set(REFUSALS), set(REFUSED_FIELD)) == (set(HoldingRefusal), set(HoldingRefusal))


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_refusal_is_translated(language: Language) -> None:
    catalogue = read_catalogue(language)
    assert [text for text in REFUSALS.values() if catalogue.get(text) is None] == []
