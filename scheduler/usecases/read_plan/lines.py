"""The lines of a plan that say something: no page numbers, running heads or contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.documents.document_text import DocumentText

__all__ = ["Line", "LineKind", "lines_of"]


class LineKind(StrEnum):
    """What a line is on its page."""

    TEXT = "text"
    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the document (from 1).

    `text` has no marks of a heading or bullet, and single spaces but for the gaps between the
    columns of a table. `blanks` counts the empty lines before it; `is_indented` tells that it
    begins further in than the line before, as the first line of a page or paragraph does.
    """

    number: int
    page: int | None
    text: str
    kind: LineKind
    blanks: int
    is_indented: bool = False


def lines_of(document: DocumentText) -> tuple[Line, ...]:
    """Return the lines that say something, in order."""
    heads = _running_heads(document)
    kept: list[Line] = []
    blanks = 0
    was_indented = False
    for number, raw in enumerate(document.lines, start=1):
        text = _cleaned(raw)
        if not text or _RULE.fullmatch(text):
            blanks += not text
            continue
        if number in heads or _is_noise(text, document.lines[number : number + 1]):
            continue
        page = document.pages[number - 1] if document.pages else None
        kind, words = _kind(text)
        if words:
            indented = raw[:1].isspace()
            kept.append(
                Line(number, page, words, kind, blanks, is_indented=indented and not was_indented)
            )
            blanks, was_indented = 0, indented
    return tuple(_with_headings(kept))


_TAGS = re.compile(
    r"</?[a-zA-Z][^<>]{0,40}>|\\[*_\\]|\*\*+|(?<!\w)\*(?=\w)|(?<=[\w.!?])\*(?!\w)|~~+"
)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((?:[^()]|\([^()]*\)){0,1000}\)")
_SPACE = re.compile(r"[^\S\n]")
_GAP = re.compile(r" {2,}")
_RULE = re.compile(r"[|\s:=_~*.-]+")
_EDGE = 120
_CONTENTS = re.compile(r"(?:\.\s?){5,}\W*\d*\W*$|…{2,}\W*\d*\W*$|_{6,}")
_PAGE_NUMBER = re.compile(
    r"(?:side|page|s\.)?\s*[-–|]?\s*\d{1,3}\s*(?:(?:av|of|/)\s*\d{1,3})?\s*[-–|]?", re.IGNORECASE
)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?")
_BULLET = re.compile(
    r"(?:[-–—*•·▪▫◦‣⁃■□●○➢➤✓\uf0b7\uf0a7\uf0d8\uf02d]|o(?= )|\d{1,2}\)|[a-z]\))\s+(?=\S)"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def _cleaned(raw: str) -> str:
    text = _SPACE.sub(" ", raw.replace("\u00ad", ""))
    text = _TAGS.sub(" ", _LINK.sub(r"\1", text)) if _MARKED.search(text) else text
    return _GAP.sub("  ", text).strip(" \ufeff\u200b")


_MARKED = re.compile(r"[<*\[~\\]")


def _is_noise(text: str, following: tuple[str, ...]) -> bool:
    if text.isdecimal():
        # A number alone may also be the beginning of "2 ganger i året" in a narrow cell.
        return len(text) < 4 and not any(line.strip()[:1].islower() for line in following)
    if _PAGE_NUMBER.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    return _CONTENTS.search(text[-_EDGE:]) is not None


def _kind(text: str) -> tuple[LineKind, str]:
    if text.startswith("#") and (stripped := text.lstrip("#")).startswith(" "):
        return LineKind.HEADING, stripped.strip()
    if text.startswith("|"):
        return LineKind.ROW, text.strip("| ")
    marked = _BULLET.match(text)
    if marked:
        return LineKind.BULLET, text[marked.end() :]
    return LineKind.TEXT, _PRIVATE.sub("", text).strip()


def _running_heads(document: DocumentText) -> frozenset[int]:
    """Return the numbers of lines that stand at the edge of page after page."""
    if not document.pages:
        return frozenset()
    edges: dict[str, set[int]] = {}
    for numbers in _pages(document):
        for number in {*numbers[:2], *numbers[-2:]}:
            same = re.sub(r"\d+", "0", document.lines[number - 1]).strip()
            edges.setdefault(same, set()).add(number)
    count = Counter(document.pages)
    least = max(3, len(count) // 3)
    return frozenset(
        number
        for numbers in edges.values()
        if len({document.pages[number - 1] for number in numbers}) >= least
        for number in numbers
    )


def _pages(document: DocumentText) -> Iterator[list[int]]:
    here: list[int] = []
    for number, page in enumerate(document.pages, start=1):
        if here and document.pages[here[-1] - 1] != page:
            yield here
            here = []
        if document.lines[number - 1].strip():
            here.append(number)
    if here:
        yield here


_NUMBERED = re.compile(
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?)|(?i:nivå|trinn|del|kapittel|vedlegg)\s[\d.]+\s?:?)\s+"
    r"(?=[A-ZÆØÅ])"
)
_MOST_WORDS = 9
_LONG_LINE = 40
_LABEL = re.compile(r"[A-ZÆØÅ][a-zæøå ]{2,30}:(?:\s|$)")
_ENDS = (".", ",", ";", ":", "!", "?", "-", "–", "/")
_JOINING = {"og", "eller", "for", "i", "på", "av", "til", "med", "om", "som", "ved", "fra", "under"}


def _with_headings(lines: list[Line]) -> Iterator[Line]:
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        after = lines[place + 1] if place + 1 < len(lines) else None
        if line.kind is LineKind.TEXT and _is_heading(line, before, after):
            yield replace(line, kind=LineKind.HEADING)
        else:
            yield line


def _is_heading(line: Line, before: Line | None, after: Line | None) -> bool:
    """Tell whether a short line alone names what follows."""
    words = line.text.split()
    if len(words) > _MOST_WORDS or "  " in line.text or not line.text[0].isalnum():
        return False
    numbered = _NUMBERED.match(line.text) is not None
    if line.text.endswith(_ENDS) and not (numbered and line.text.endswith(":")):
        return False
    if words[-1].lower() in _JOINING or _LABEL.match(line.text):
        return False
    if numbered:
        return after is None or not after.text[0].islower()
    if not line.text[0].isupper():
        return False
    alone = before is None or line.blanks > 0 or before.text.endswith((".", "!", "?"))
    followed = after is not None and (
        after.kind is not LineKind.TEXT
        or _LABEL.match(after.text) is not None
        or (not after.text[0].islower() and len(after.text) > _LONG_LINE)
    )
    return alone and followed
