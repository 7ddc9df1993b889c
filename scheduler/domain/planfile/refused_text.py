"""Words that must never be in a plan file (privacy rule 1, 2 and 6)."""

from __future__ import annotations

import re

from scheduler.domain.identity_number import holds_identity_number
from scheduler.domain.planfile.problem import ProblemCode

__all__ = ["is_about_one_child", "refusal"]

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# A child by sex and age, by day of birth, or by the family's name: what people write of a case.
_A_CHILD = re.compile(
    r"\b(?:gutt|gutten|jente|jenta|guten|barnet|eleven)\s+(?:på\s+)?\d{1,2}\s*(?:år|mnd|månad|måned)"
    r"|\bfødt\s+(?:den\s+)?\d{1,2}\.\s*(?:\d|[a-z])"
    r"|\b[Ff]amilien [A-ZÆØÅ][a-zæøå]+",
)
# The meetings about one child that the law and the plans name, in both written forms.
_ONE_CHILD = re.compile(
    r"drøftings?møt|ansvarsgruppe|familieråd|nettverksråd|individuell plan|\bIP-møt", re.IGNORECASE
)


def refusal(text: str) -> ProblemCode | None:
    """Return why a text may not be kept: an identity number, an address, or one child.

    It finds what has a form; what is told in other words only a reader can find.
    """
    if holds_identity_number(text):
        return ProblemCode.IDENTITY_NUMBER
    if _EMAIL.search(text):
        return ProblemCode.PERSON
    if _A_CHILD.search(text):
        return ProblemCode.ABOUT_A_CHILD
    return None


def is_about_one_child(name: str) -> bool:
    """Tell whether a forum's name is that of a meeting held about one child or family."""
    return _ONE_CHILD.search(name) is not None
