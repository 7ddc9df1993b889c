"""Every pair of colours that carries words or a border can be told apart, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[3] / "web/static/aarshjul.css"
GROUNDS = ("ground", "sunken", "raised")
# WCAG 1.4.3: text. 1.4.11: borders of controls and pictures.
TEXT, SHAPE = 4.5, 3.0
WORDS = ("ink", "ink-soft", "accent", "accent-strong", "danger", "late-ink")
SHAPES = ("line-strong", "focus", "mark-ring")
STATES = ("info", "done", "late", "warning", "neutral")
PAIRS = [
    *[(word, ground, TEXT) for word in WORDS for ground in GROUNDS],
    *[(shape, ground, SHAPE) for shape in SHAPES for ground in GROUNDS],
    *[(f"{state}-ink", f"{state}-ground", TEXT) for state in STATES],
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-accent", "danger", TEXT),
    ("on-accent", "danger-strong", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("danger-strong", "late-ground", TEXT),
    ("ink", "accent-soft", TEXT),
    ("focus", "focus-ring", SHAPE),
]


def colours(scheme: str) -> dict[str, str]:
    """Return the named colours of the light or the dark scheme."""
    sheet = SHEET.read_text(encoding="utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", sheet)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0]))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1]))
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_has_contrast_enough(scheme: str) -> None:
    known = colours(scheme)
    weak = {
        (one, other): round(contrast(known[one], known[other]), 2)
        for one, other, least in PAIRS
        if contrast(known[one], known[other]) < least
    }
    assert weak == {}


def test_the_dark_scheme_has_a_colour_of_its_own_for_every_light_one() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{([^}]*)\}", sheet)[:2]
    names = [sorted(re.findall(r"--([\w-]+): #", block)) for block in (light, dark)]
    assert names[0] == names[1]
