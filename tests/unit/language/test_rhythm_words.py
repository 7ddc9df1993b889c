"""Every way a rhythm can be unclear has words in all three written forms."""

from __future__ import annotations

import pytest

from scheduler.domain.cadence import Ambiguity, NeedCode, ProblemCode
from scheduler.domain.language import Language
from scheduler.language import translations
from scheduler.language.rhythm_words import AMBIGUITIES, NEEDS, PROBLEMS


def test_no_code_is_without_words() -> None:
    assert set(PROBLEMS) == set(ProblemCode)
    assert set(AMBIGUITIES) == set(Ambiguity)
    assert set(NEEDS) == set(NeedCode)


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_all_words_are_translated(language: Language) -> None:
    catalogue = translations(language)
    known = {*PROBLEMS.values(), *AMBIGUITIES.values(), *NEEDS.values()}
    # A text that a catalogue lacks comes back as it is; some are alike in both Norwegian forms.
    alike = {text for text in known if catalogue.gettext(text) == text}
    expected = {PROBLEMS[ProblemCode.INTERVAL_TOO_LARGE]} & alike
    assert alike == expected
