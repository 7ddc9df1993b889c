"""Turns tokens into lexemes: expressions joined, slips mended, each with its classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.domain.cadence.tokens import Token, tokenise
from scheduler.domain.cadence.vocabulary import Lexicon, Senses, Sort, lexicon
from scheduler.domain.cadence.vocabulary.compounds import compound_senses
from scheduler.domain.cadence.vocabulary.spelling import is_slip_of

__all__ = ["Lexeme", "Lexemes", "lexemes_of"]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One word, number, mark or expression with every class it may have."""

    text: str
    start: int
    end: int
    senses: Senses
    digits: bool
    gap: bool
    new_paragraph: bool
    capital: bool


class Lexemes:
    """The lexemes of a text; asking beyond the end is answered by an end mark."""

    __slots__ = ("_end", "items")

    def __init__(self, items: Sequence[Lexeme], length: int) -> None:
        self.items = items
        self._end = Lexeme("", length, length, {Sort.END: True}, False, True, False, False)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Lexeme:
        return self.items[index] if 0 <= index < len(self.items) else self._end

    def has(self, index: int, sort: Sort) -> bool:
        """Tell whether the lexeme at a place belongs to a class."""
        return 0 <= index < len(self.items) and sort in self.items[index].senses

    def has_any(self, index: int, *sorts: Sort) -> bool:
        """Tell whether the lexeme at a place belongs to one of several classes."""
        if not 0 <= index < len(self.items):
            return False
        senses = self.items[index].senses
        for sort in sorts:  # noqa: SIM110 - a third of the reader's time with any().
            if sort in senses:
                return True
        return False

    def value(self, index: int, sort: Sort) -> Any:
        """What the lexeme stands for in a class, None when it does not belong to it."""
        if not 0 <= index < len(self.items):
            return None
        return self.items[index].senses.get(sort)

    def text(self, index: int) -> str:
        """The lower-case text at a place, empty beyond the end."""
        return self.items[index].text if 0 <= index < len(self.items) else ""


def lexemes_of(text: str) -> Lexemes:
    """Read a text's lexemes in one pass."""
    tokens = tokenise(text)
    words = lexicon()
    items: list[Lexeme] = []
    index = 0
    while index < len(tokens):
        if items and _breaks(tokens, index):
            items.append(_break_before(tokens[index]))
        index = _expression(tokens, index, words, items) or _single(tokens, index, words, items)
    return Lexemes(items, len(text))


_MARKS: dict[str, Senses] = {
    "-": {Sort.DASH: True},
    "/": {Sort.SLASH: True, Sort.PER: "per"},
    ",": {Sort.COMMA: True},
    ".": {Sort.DOT: True},
    ":": {Sort.COLON: True},
    "+": {Sort.AND: True, Sort.EXTRA: True, Sort.OR_MORE: True},
    "&": {Sort.AND: True},
    "(": {Sort.OPEN: True},
    "[": {Sort.OPEN: True},
    ")": {Sort.CLOSE: True},
    "]": {Sort.CLOSE: True},
    ";": {Sort.BREAK: True},
    "!": {Sort.BREAK: True},
    "?": {Sort.BREAK: True},
    "|": {Sort.BREAK: True},
    "•": {Sort.BREAK: True},
    "·": {Sort.BREAK: True},
    "": {Sort.BREAK: True},
    "×": {Sort.TIMES: True},
    "*": {Sort.TIMES: True},
    "~": {Sort.APPROX: True},
    "≈": {Sort.APPROX: True},
    "±": {Sort.APPROX: True},
    "≥": {Sort.MIN: True},
    "≤": {Sort.MAX: True},
}
_ABBREVIATED_WORDS = """
pr ca kl mnd md mån min max maks gg evt ev el nr sem kv jan feb febr mar apr jun aug sep
sept okt nov des man mand tir tirs ons tor tors fre fred lør søn osv jf jfr iht tlf inkl
mndl ggr g u h v v/ tys mnds ang vdr kap bl st obs m f d o
"""
_ABBREVIATED = frozenset(_ABBREVIATED_WORDS.split())
_NO_SENSES: Senses = {}
_BREAK: Senses = {Sort.BREAK: True}


def _breaks(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a new paragraph, a list item or a sentence on a line of its own starts here."""
    token, before = tokens[index], tokens[index - 1]
    if token.new_paragraph:
        return True
    if not token.new_line:
        return False
    if token.text in {"-", "•", "o", "*"} and index + 1 < len(tokens) and tokens[index + 1].gap:
        return True
    ends = before.text == "." and index > 1 and tokens[index - 2].number is None
    return ends and tokens[index - 2].text not in _ABBREVIATED


def _break_before(token: Token) -> Lexeme:
    return Lexeme("", token.start, token.start, _BREAK, False, True, token.new_paragraph, False)


def _expression(
    tokens: Sequence[Token], index: int, words: Lexicon, items: list[Lexeme]
) -> int | None:
    """Read the longest known expression that starts here; gives the place after it."""
    branch = words.expressions.get(tokens[index].text)
    if branch is None:
        return None
    senses, end = None, 0
    place = index
    while branch is not None:
        place += 1
        if branch.senses:
            senses, end = branch.senses, place
        if place < len(tokens) and not tokens[place].new_paragraph:
            branch = branch.follows.get(tokens[place].text)
        else:
            branch = None
    if senses is None:
        return None
    abbreviated = tokens[end - 1].text in _ABBREVIATED and len(tokens[end - 1].text) == 1
    dotted = end < len(tokens) and tokens[end].text == "." and not tokens[end].gap
    stop = end + 1 if abbreviated and dotted else end
    first = tokens[index]
    text = " ".join(token.text for token in tokens[index:end])
    items.append(
        Lexeme(
            text,
            first.start,
            tokens[stop - 1].end,
            senses,
            False,
            first.gap,
            first.new_paragraph,
            first.capital,
        )
    )
    return stop


def _single(tokens: Sequence[Token], index: int, words: Lexicon, items: list[Lexeme]) -> int:
    """Read one token; gives the place after it and after the dot of an abbreviation."""
    token = tokens[index]
    after = index + 1
    if token.number is not None:
        items.append(_lexeme(token, {Sort.NUMBER: token.number}, digits=True))
        return after
    senses = words.words.get(token.text) or _MARKS.get(token.text)
    if senses is None:
        if _split(token, words, items):
            return after
        senses = _mended(token, words, items)
    end = token.end
    dotted = after < len(tokens) and tokens[after].text == "." and not tokens[after].gap
    if dotted and token.text in _ABBREVIATED:
        end = tokens[after].end
        after += 1
    items.append(_lexeme(token, senses, end=end))
    return after


def _lexeme(token: Token, senses: Senses, *, digits: bool = False, end: int = 0) -> Lexeme:
    return Lexeme(
        token.text,
        token.start,
        end or token.end,
        senses,
        digits,
        token.gap,
        token.new_paragraph,
        token.capital,
    )


_JOINS = {
    Sort.EVERY: (Sort.UNIT, Sort.WEEKDAY),
    Sort.EVERY_OTHER: (Sort.UNIT, Sort.WEEKDAY),
    Sort.PER: (Sort.UNIT,),
    Sort.NUMBER: (Sort.TIMES,),
    Sort.TIMES: (Sort.PER, Sort.UNIT),
}


def _split(token: Token, words: Lexicon, items: list[Lexeme]) -> bool:
    """Read two words that were written as one ("pruke", "hverfredag", "gangeri")."""
    text = token.text
    if not 3 <= len(text) <= 24 or token.end - token.start != len(text):
        return False
    for cut in range(1, len(text)):
        first = words.words.get(text[:cut])
        second = words.words.get(text[cut:]) if first else None
        if not first or not second or len(text) - cut < (1 if Sort.PER in second else 2):
            continue
        if any(sort in first and any(after in second for after in _JOINS[sort]) for sort in _JOINS):
            middle = token.start + cut
            for part, senses, start, end in (
                (text[:cut], first, token.start, middle),
                (text[cut:], second, middle, token.end),
            ):
                items.append(
                    Lexeme(part, start, end, senses, False, token.gap, False, token.capital)
                )
            return True
    return False


def _mended(token: Token, words: Lexicon, items: list[Lexeme]) -> Senses:
    """The senses of an unknown word, by a moved space, by its parts or by its spelling."""
    text = token.text
    if items and 2 <= len(text) <= 4 and items[-1].text + text[0] in words.words:
        senses = words.words.get(text[1:])
        if senses and Sort.PER in senses:
            meant = items[-1].text + text[0]
            items[-1] = replace(items[-1], text=meant, senses=words.words[meant])
            return senses
    return (
        compound_senses(text)
        or words.corrected(text)
        or _expected(text, items[-1].senses if items else _NO_SENSES)
    )


_TIMES = ("ganger", "gonger", "gongar", "gang", "møter")
_UNITS = ("uke", "uken", "veke", "måned", "måneden", "månaden", "året", "halvåret", "semester")
_BEFORE_UNITS = (Sort.PER, Sort.EVERY, Sort.EVERY_OTHER, Sort.ORDINAL)


def _expected(text: str, before: Senses) -> Senses:
    """A misspelt word that its neighbour gives away: "2 gamger", "hver uek"."""
    if not 3 <= len(text) <= 10:
        return _NO_SENSES
    meant: tuple[str, ...] = ()
    if Sort.NUMBER in before:
        meant = _TIMES
    elif any(sort in before for sort in _BEFORE_UNITS):
        meant = _UNITS
    found = next((word for word in meant if is_slip_of(text, word)), None)
    return lexicon().words[found] if found is not None else _NO_SENSES
