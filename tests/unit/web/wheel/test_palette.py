"""The wheel's colours: contrast in light and dark, and told apart by everyone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[4] / "web" / "static" / "wheel.css"
GROUPS = ("team", "cooperation", "resource", "steering")


def palette(mode: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", SHEET.read_text(encoding="utf-8"), re.DOTALL)[:2]
    return dict(re.findall(r"--wheel-([\w-]+): (#[0-9a-f]{6})", light if mode == "light" else dark))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", [*GROUPS, "ink", "soft"])
@pytest.mark.parametrize("behind", ["paper", "band"])
def test_every_colour_that_text_has_can_be_read(mode: str, name: str, behind: str) -> None:
    colours = palette(mode)
    assert contrast(colours[name], colours[behind]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", ["normal", "protan", "deutan", "tritan"])
def test_the_four_groups_look_different_to_everyone(mode: str, sight: str) -> None:
    colours = [seen(palette(mode)[group], sight) for group in GROUPS]
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in combinations(colours, 2)
    )
    assert nearest > 0.1


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(linear(one)), luminance(linear(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def seen(colour: str, sight: str) -> tuple[float, ...]:
    """Return the colour in linear light as the eye sees it (Machado 2009, full severity)."""
    matrix = {
        "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
        "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
        "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
    }[sight]
    parts = linear(colour)
    return tuple(
        min(max(sum(w * p for w, p in zip(row, parts, strict=True)), 0), 1) ** (1 / 2.2)
        for row in matrix
    )
