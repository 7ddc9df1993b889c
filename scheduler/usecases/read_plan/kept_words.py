"""Which of a plan's words a draft may repeat: names, titles and rhythms, never people."""

from __future__ import annotations

import re

from scheduler.domain.planfile.refused_text import refusal
from scheduler.usecases.read_plan.given_names import names_a_person

__all__ = ["kept"]


def kept(text: str, *, longest: int = 140) -> str | None:
    """Return the words on one line, None for what a plan file must not hold (privacy rule 1, 6).

    Longer words than `longest` characters are a sentence, which a draft does not copy.
    """
    plain = " ".join(_UNPRINTABLE.sub(" ", text).split())
    if not plain or len(plain) > longest or refusal(plain) or names_a_person(plain):
        return None
    return plain


# What TOML does not allow in a text, and what could hide in one.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
