"""What a person's name may hold: a name, and nothing told about the person (privacy rule 5)."""

from __future__ import annotations

from unicodedata import category

__all__ = ["unfit_in_name"]

# What stands in names besides letters: hyphens, apostrophes, the full stop, the middle dot of
# Catalan, and the two joiners without width that Persian and Indian names are spelt with.
_MARKS = frozenset("-\u2010\u2011'\u2019´`.\u00b7\u200c\u200d")
_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def unfit_in_name(name: str) -> tuple[str, ...]:
    """Return what must be taken out of a name, each sign once and as it can be shown.

    Letters of every script and the marks that combine with them are fit. Of a name without any
    letter everything is unfit. A line break is shown as an arrow, and what cannot be seen by its
    number.
    """
    has_letters = any(category(sign).startswith("L") for sign in name)
    unfit = (sign for sign in name if not sign.isspace() or sign in _LINE_BREAKS)
    return tuple(dict.fromkeys(_shown(sign) for sign in unfit if not (has_letters and _fits(sign))))


def _fits(sign: str) -> bool:
    return category(sign)[0] in "LM" or sign in _MARKS


def _shown(sign: str) -> str:
    if sign in _LINE_BREAKS:
        return "↵"
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
