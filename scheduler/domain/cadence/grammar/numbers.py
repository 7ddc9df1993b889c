"""Grammar of numbers: counts, ranges of counts, ordinals."""

from __future__ import annotations

from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["count_at", "ordinal_at", "ordinals_at", "range_at", "separator_at"]

LONGEST_LIST = 60
_MOST_ORDINALS = 6


def count_at(words: Lexemes, i: int) -> tuple[int, int] | None:
    """A number word or digits, with its repetition in brackets ("to (2)")."""
    value = words.value(i, Sort.NUMBER)
    if value is None:
        return None
    repeated = words.has(i + 1, Sort.OPEN) and words.value(i + 2, Sort.NUMBER) == value
    if repeated and words.has(i + 3, Sort.CLOSE):
        return value, i + 4
    return value, i + 1


def range_at(words: Lexemes, i: int, *, between: bool = False) -> tuple[int, int, int] | None:
    """A number or two with a dash, "til", "eller" or "/" between: low, high, place after."""
    first = count_at(words, i)
    if first is None:
        return None
    low, j = first
    bracketed = words.value(j + 1, Sort.NUMBER)
    if words.has(j, Sort.OPEN) and bracketed is not None and words.has(j + 2, Sort.CLOSE):
        return low, bracketed, j + 3
    k = j
    while words.has(k, Sort.DASH) and k < j + 3:
        k += 1
    joined = words.has_any(j, Sort.TO, Sort.OR, Sort.SLASH) or words.text(j) in {"à", "a", "á"}
    if k == j and (joined or (between and words.has(j, Sort.AND))):
        k = j + 1
    if k > j:
        second = count_at(words, k)
        if second is not None:
            return low, second[0], second[1]
    return low, low, j


_ENDINGS = {"de", "dje", "te", "ende", "nde", "ande", "re", "dre", "ste", "e"}


def ordinal_at(words: Lexemes, i: int) -> tuple[int, int] | None:
    """An ordinal in words, digits with or without a stop, or "siste"."""
    value = words.value(i, Sort.ORDINAL)
    if value is not None:
        if words.text(i + 1) in {"siste", "sist"} and words.text(i) == "nest":
            return None
        return value, i + 1
    if not words[i].digits:
        return None
    number = words.value(i, Sort.NUMBER)
    if words.has(i + 1, Sort.DOT) and not words[i + 1].gap:
        return number, i + 2
    if words.text(i + 1) in _ENDINGS and not words[i + 1].gap:
        return number, i + 2
    return number, i + 1


def ordinals_at(words: Lexemes, i: int) -> tuple[tuple[int, ...], int] | None:
    """Ordinals with commas, "og", "eller" or a dash between them."""
    first = ordinal_at(words, i)
    if first is None:
        return None
    values, j = [first[0]], first[1]
    while len(values) < _MOST_ORDINALS:
        k = separator_at(words, j)
        following = ordinal_at(words, k) if k > j else None
        if following is None:
            break
        values.append(following[0])
        j = following[1]
    return tuple(values), j


def separator_at(words: Lexemes, i: int) -> int:
    """The place after commas, "og", "eller", "/" or a dash; the same place when none stand here."""
    j = i
    while j < i + 3 and words.has_any(j, Sort.COMMA, Sort.AND, Sort.OR, Sort.SLASH, Sort.DASH):
        j += 1
    return j
