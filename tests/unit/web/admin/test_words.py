"""The administration's words for why a change is refused."""

from __future__ import annotations

import pytest

from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.people import HoldingRefusal
from web.admin.words import REFUSALS, REFUSED_FIELD


def test_every_refusal_has_a_text_and_the_field_it_stands_at() -> None:
    assert (set(REFUSALS), set(REFUSED_FIELD)) == (set(HoldingRefusal), set(HoldingRefusal))


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_refusal_is_translated(language: Language) -> None:
    catalogue = read_catalogue(language)
    assert [text for text in REFUSALS.values() if catalogue.get(text) is None] == []
