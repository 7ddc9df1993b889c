"""Short codes of forums."""

from __future__ import annotations

from web.wheel.codes import short_codes


def test_an_abbreviation_is_kept_and_several_words_give_initials() -> None:
    names = ["Nivå 1 TOG", "Barnevern og skole", "Styringsgruppe", "Nettverk for tidlig innsats"]
    assert short_codes(names) == ("TOG", "BS", "Styr", "NTI")


def test_no_two_codes_are_alike() -> None:
    assert short_codes(["Ressursgruppe", "Ressursgruppa", "Ress", "!"]) == (
        "Ress",
        "Res2",
        "Res3",
        "?",
    )
