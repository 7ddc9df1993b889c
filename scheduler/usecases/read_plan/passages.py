"""Joins the lines of a plan into passages that hold whole sentences, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.usecases.read_plan.lines import Line, LineKind
from scheduler.usecases.read_plan.table_heads import table_kind

__all__ = ["Passage", "passages_of"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list, a row of a table or a heading.

    `starts` holds where in `text` each of `lines` begins.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def kind(self) -> LineKind:
        """Return what the passage's first line is."""
        return self.lines[0].kind

    def line_at(self, offset: int) -> Line:
        """Return the line that a place in the text is from."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    def sentence_at(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence, or the cells, around a part of the text begin and end."""
        first, last = max(0, start - _FARTHEST), min(len(self.text), end + _FARTHEST)
        for mark in _END.finditer(self.text, first, last):
            if not _ends_sentence(self.text, mark):
                continue
            if mark.end() <= start:
                first = mark.end()
            elif mark.start() >= end - 1:
                last = mark.start() + (self.text[mark.start()] != "|")
                break
        return first, last


def passages_of(lines: Sequence[Line], *, is_wrapped: bool) -> Iterator[Passage]:
    """Return the passages in order.

    In a wrapped text a line goes on until an empty line, a heading or a bullet; across one empty
    line, or from one paragraph to the next, only where the words show that a sentence was cut.
    """
    here: list[Line] = []
    for line in lines:
        if here and not (
            len(here) < _MOST_LINES and _goes_on(here[-1], line, is_wrapped=is_wrapped)
        ):
            yield _passage(here)
            here = []
        here.append(line)
    if here:
        yield _passage(here)


_END = re.compile(r"[.!?](?=[»”\")\]]*\s)|\||(?<=\S)  +(?=\S)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(/])(?:pr|ca|kl|mnd|md|mån|min|maks|max|gg|evt|ev|eks|f\.eks|bl\.a|jf|jmf|jfr|tlf|inkl"
    r"|nr|st|kap|vdr|ift|iht|dvs|osv|mfl|\w|man|tir|ons|tor|fre|jan|feb|mar|apr|jun|jul|aug"
    r"|sep|sept|okt|nov|des)$",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"[-–,/]$|\b(?:og|eller|pr|per|kl|ca|hver|hvert|kvar|kvart|i|på|av|til|for)\.?$"
)
_WRAPPED_AT = 60
_MEETING = re.compile(
    r"(?:Tverrfagleg?|Tverretatlig|Pedagogisk|Felles)?e?\s?[A-ZÆØÅa-zæøå-]*"
    r"(?:møte|møter|team|teamet|gruppe|gruppen|gruppa|forum|råd|nettverk)\b"
)
_LABEL = re.compile(r"[A-ZÆØÅ][a-zæøå ]{2,40}(?::|\s[–-]\s)")
_MOST_LINES = 300
_FARTHEST = 2_000
_STOP = re.compile(r"[.!?:;][»”\")]*$")
_ORDINAL = re.compile(r"\b\d{1,2}\.$")


def _goes_on(before: Line, line: Line, *, is_wrapped: bool) -> bool:
    if line.kind is not LineKind.TEXT or before.kind in (LineKind.HEADING, LineKind.ROW):
        return False
    if any(table_kind(each.text, is_row=False) for each in (before, line)):
        return False
    if is_wrapped and line.blanks == 0:
        return not (line.text[0].isupper() and _begins_anew(before, line))
    if line.blanks > 1:
        return False
    last = before.text
    if line.text[0].islower():
        return not _STOP.search(last) or _is_abbreviated(last)
    return bool(_OPEN_END.search(last)) and line.text[0].isalnum()


def _begins_anew(before: Line, line: Line) -> bool:
    """Tell whether a capital is that of a new paragraph.

    After a short item of a list, indented, with a label ("Leder: rektor") after a short line,
    or with a meeting's name, which begins a row of a flattened table.
    """
    is_short = len(before.text) < _WRAPPED_AT
    anew = (line.is_indented or _MEETING.match(line.text) is not None) or (
        is_short and (before.kind is LineKind.BULLET or _LABEL.match(line.text) is not None)
    )
    return anew and not _OPEN_END.search(before.text)


def _is_abbreviated(text: str) -> bool:
    return text.endswith(".") and bool(_ORDINAL.search(text) or _ABBREVIATED.search(text[:-1]))


def _passage(lines: list[Line]) -> Passage:
    pieces = [lines[0].text]
    starts = [0]
    length = 0
    for line in lines[1:]:
        pieces[-1] = _before_next(pieces[-1], line.text)
        length += len(pieces[-1])
        starts.append(length)
        pieces.append(line.text)
    return Passage("".join(pieces), tuple(starts), tuple(lines))


_CUT_WORD = re.compile(r"[a-zæøå]{2}[-‐]$")
_CUT_SPAN = re.compile(r"\d\s?[-–]$")
_PAIR = re.compile(r"(?:og|eller|samt|og/eller)\b")


def _before_next(text: str, following: str) -> str:
    """Return a line as it stands before the next: without a hyphen that only cut a word."""
    if _CUT_SPAN.search(text) and following[0].isdigit():
        return text
    if _CUT_WORD.search(text) and following[0].islower() and not _PAIR.match(following):
        return text[:-1]
    return text + "\n"


def _ends_sentence(text: str, mark: re.Match[str]) -> bool:
    found = mark.group()
    if found == "|" or found.isspace():
        return True
    before = text[max(0, mark.start() - 12) : mark.start()]
    after = text[mark.end() :].lstrip('»”")] \n\t')
    if found == "." and (before[-1:].isdigit() or _ABBREVIATED.search(before)):
        # "2. uke" and "pr. år" go on; "i 2027. Planen" does not.
        return bool(after[:1].isupper() and re.search(r"\d{4}$", before))
    return not after[:1].islower()
