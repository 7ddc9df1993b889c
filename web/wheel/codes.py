"""Short codes for forums whose name does not fit beside its ring."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["short_codes"]

_SMALL_WORDS = frozenset({"og", "med", "for", "i", "av", "på", "om", "the", "and", "of", "with"})
_LONGEST = 4


def short_codes(names: Sequence[str]) -> tuple[str, ...]:
    """Return a code of at most four letters for each name, no two alike.

    A name that holds an abbreviation keeps it ("Nivå 1 TOG" is TOG); several words give their
    initials, one word its first letters. A code taken before gets a number.
    """
    taken: set[str] = set()
    codes = []
    for name in names:
        code = wanted = _wanted(name)
        number = 2
        while code.casefold() in taken:
            code = f"{wanted[: _LONGEST - len(str(number))]}{number}"
            number += 1
        taken.add(code.casefold())
        codes.append(code)
    return tuple(codes)


def _wanted(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name).split()
    for word in words:
        if 2 <= len(word) <= _LONGEST and word.isupper() and word.isalpha():
            return word
    telling = [word for word in words if word.casefold() not in _SMALL_WORDS]
    if len(telling) > 1:
        return "".join(word[0] for word in telling)[:_LONGEST].upper()
    return telling[0][:_LONGEST] if telling else "?"
