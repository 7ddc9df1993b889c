"""What a plan wants to happen again is listed; dates, statistics and conditions are not."""

from __future__ import annotations

import pytest

from scheduler.usecases.read_plan import read_plan_text


def phrases(text: str) -> list[str]:
    """Return the words of every rhythm that is listed."""
    return [rhythm.phrase for rhythm in read_plan_text(text.encode(), lambda _: None).rhythms]


@pytest.mark.parametrize(
    "text",
    [
        "Loven trådte i kraft 01.01.2022.",
        "Tjenesten ble etablert sommeren 2018 og holder til på Elvemo.",
        "12 Helsedirektoratet, rundskriv om barn og unge, februar 2018",
        "Vedtatt av kommunestyret februar 2026",
        "Tall for barn i kommunen per 1.1.2023 er 412.",
        "24 prosent oppgir at de trener en gang i uka.",
        "Kontroll av barn født før uke 37 følger egen veileder.",
        "Legen må vurdere om det er behov for å henvise videre.",
        "Tjenestene skal tilpasse hjelpen etter behov og ta vare på den enkelte.",
        "Politiet varsles ved mistanke om vold.",
        "Samtalen kan endres dersom det er nødvendig.",
        "2.1 Årlig gjennomgang av planen ..................... 14",
        "Ordføreren orienterte rådet 31.5.2007.",
    ],
)
def test_this_is_no_rhythm(text: str) -> None:
    assert phrases(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunalsjefen melder tall per 30. april.", ["per 30. april"]),
        ("Ungdata gjennomføres i uke 4-7 2027.", ["uke 4-7 2027"]),
        ("Rapporten sendes senest 14 dager før møtet.", ["senest 14 dager før møtet"]),
        ("Tjenestene går gjennom planen når planen er vedtatt.", ["når planen er vedtatt"]),
        ("PPT kontaktes ved behov.", ["ved behov"]),
        ("Tiltakene vurderes jevnlig.", ["jevnlig"]),
        ("Teamet var samlet på konferansen høsten 2024.", ["høsten 2024"]),
        ("Rektor kaller inn til ressursteam kvar månad.", ["kvar månad"]),
    ],
)
def test_this_is_a_rhythm(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected
