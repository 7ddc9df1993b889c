"""Guesses whose rhythm it is: from the sentence, the row of a table, or the heading above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.domain.cadence import CadenceKind
from scheduler.usecases.read_plan.forum_names import (
    ForumName,
    forum_names_in,
    heading_name,
    row_name,
)
from scheduler.usecases.read_plan.lines import LineKind
from scheduler.usecases.read_plan.passages import Passage
from scheduler.usecases.read_plan.table_heads import TableKind, table_kind

__all__ = ["ForumGuesser"]

_NEAR = 1_000
_FARTHEST = 60
"""How many lines above a sentence the heading it belongs to may be."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds a passage: the heading above it, and the table it stands in."""

    heading: int | None
    table: TableKind | None
    header: int


class ForumGuesser:
    """Guesses for the rhythms of one document, asked in the document's order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Look through the passages for headings and for the heads of tables."""
        self._passages = passages
        self._places = _places(passages)
        self._levels = _levels(passages)
        self._last_found = -1

    def guess(
        self, number: int, *, sentence: tuple[int, int], phrase: int, kind: CadenceKind
    ) -> ForumName | None:
        """Return the forum of a rhythm in passage `number`, None where nothing points at one.

        `sentence` is where the sentence begins and ends in the passage, `phrase` where the words
        of the rhythm begin.
        """
        named = (
            self._in_sentence(number, sentence, phrase)
            or self._in_row(number, phrase)
            or self._in_heading(number, sentence, kind)
            or self._before(number, sentence, kind)
        )
        self._last_found = number
        return named

    def is_of_meetings(self, number: int, sentence: tuple[int, int]) -> bool:
        """Tell whether the rhythm is one of meeting, by its sentence or its table."""
        text = self._passages[number].text[slice(*sentence)]
        match self._places[number].table:
            case TableKind.OF_MEETINGS:
                return True
            case TableKind.OF_MEASURES:
                return bool(_MEETS.search(text))
        # "Ressursteam i skole og barnehage: en gang i måneden" says nothing else.
        is_short = len(text.split()) <= _FEW_WORDS and any(forum_names_in(text))
        return is_short or bool(_LABEL.match(text) or _MEETS.search(text))

    def _in_sentence(self, number: int, sentence: tuple[int, int], phrase: int) -> ForumName | None:
        text = self._passages[number].text[slice(*sentence)]
        names = [self._at_level(name) for name in forum_names_in(text) if not name.is_general]
        at = phrase - sentence[0]
        before = [name for name in names if name.start <= at]
        after = [name for name in names if name.start > at]
        if before and not _OTHER_FORUM.search(text[: before[-1].start]):
            return before[-1]
        return after[0] if after else None

    def _at_level(self, name: ForumName) -> ForumName:
        """Return the forum that a heading gives a level: "samarbeidsmøtet nivå 1" is TOG."""
        level = _LEVEL.search(name.name)
        known = self._levels.get(level.group(1)) if level else None
        return name if known is None else replace(known, start=name.start, end=name.end)

    def _in_row(self, number: int, phrase: int) -> ForumName | None:
        place = self._places[number]
        if place.table is None:
            return None
        passage = self._passages[number]
        if passage.kind is LineKind.ROW:
            cell = self._first_cell(number, place.header)
        else:
            first = max(self._last_found, place.header) + 1
            cell = passage.text[:phrase][:_NEAR] if first >= number else self._passages[first].text
        if place.table is TableKind.OF_MEETINGS:
            return row_name(cell)
        return next((each for each in forum_names_in(cell) if not each.is_general), None)

    def _first_cell(self, number: int, header: int) -> str:
        """Return the row's first cell; an empty one continues the row above."""
        for place in range(number, header, -1):
            cell = self._passages[place].text.split("|")[0].strip()
            if cell:
                return cell
        return ""

    def _in_heading(
        self, number: int, sentence: tuple[int, int], kind: CadenceKind
    ) -> ForumName | None:
        place = self._places[number]
        if place.heading is None or kind not in _MEETING_KINDS or place.table is not None:
            return None
        passage, heading = self._passages[number], self._passages[place.heading]
        if passage.lines[0].number - heading.lines[-1].number > _FARTHEST:
            return None
        text = passage.text[slice(*sentence)]
        if _MEETING_LABEL.match(text):
            return heading_name(heading.text) or row_name(heading.text)
        if _LABEL.match(text) or _MEETS.search(text):
            return heading_name(heading.text)
        return None

    def _before(
        self, number: int, sentence: tuple[int, int], kind: CadenceKind
    ) -> ForumName | None:
        """Return what "teamet", "gruppa" or a bare "møtes" points back at."""
        passage = self._passages[number]
        text = passage.text[slice(*sentence)]
        if kind not in _MEETING_KINDS or not _POINTS_BACK.search(text):
            return None
        earlier = list(forum_names_in(passage.text[max(0, sentence[0] - _NEAR) : sentence[0]]))
        place = number - 1
        line = passage.lines[0].number
        while not earlier and place >= 0 and line - self._passages[place].lines[0].number < 30:
            earlier = list(forum_names_in(self._passages[place].text))
            place -= 1
        return earlier[-1] if earlier else None


_MEETING_KINDS = frozenset(
    {CadenceKind.RECURRENCE, CadenceKind.PATTERN, CadenceKind.VAGUE, CadenceKind.WINDOW}
)
_FEW_WORDS = 12
_MEETING_LABEL = re.compile(
    r"\W*(?:intervall|(?:møte)?(?:hyppighet|hyppigheit|frekvens|rytme)|møter|møte(?:tid|dag|plan)er?"
    r"|hvor ofte|kor ofte)\b\s*[:–-]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:intervall|hyppighet|hyppigheit|frekvens|møtefrekvens|møtehyppighet|møterytme|rytme|når"
    r"|møter|møte|møte(?:tid|punkt|dag|plan)|tid|tidspunkt|hvor ofte|kor ofte)\b\s*[:–-]",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\bmøt(?:es|ast|er|e|est|a|ene)\b|\bsamles\b|\bsamlast\b|\btreffes\b|\bkommer sammen\b"
    r"|konferanse|samling|\binnkall|\bkall(?:er|ar) inn\b|\barrangeres\b"
    r"|\b(?:av)?holdes\b|\bblir halde\b"
    r"|[a-zæøå]møt(?:e|er|a|ene|et)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:Teamet|Gruppa|Gruppen|Rådet|Forumet|Nettverket|Møtene|Møta|Møtet|De møtes|Dei møtest"
    r"|Møtes|Møtest|Det holdes|Det blir holdt)\b"
)
# "Styringsgruppen skal ha referat fra ressursgruppen" is about the first of the two.
_OTHER_FORUM = re.compile(r"\b(?:referat\w*\s+(?:fra|frå|til)|samarbeid\w*\s+med)\s+$")


_PROSE = 200
_LEVEL = re.compile(r"\bnivå (\d)", re.IGNORECASE)


def _levels(passages: Sequence[Passage]) -> dict[str, ForumName]:
    """Return the forum of each level that only one heading has."""
    found: dict[str, list[ForumName]] = {}
    for passage in passages:
        level = _LEVEL.match(passage.text) if passage.kind is LineKind.HEADING else None
        name = heading_name(passage.text) if level else None
        if level is not None and name is not None:
            found.setdefault(level.group(1), []).append(name)
    return {level: names[0] for level, names in found.items() if len(names) == 1}


def _places(passages: Sequence[Passage]) -> list[_Place]:
    places: list[_Place] = []
    heading: int | None = None
    table: TableKind | None = None
    header = 0
    was_row = False
    for number, passage in enumerate(passages):
        is_row = passage.kind is LineKind.ROW
        head = table_kind(passage.text, is_row=is_row)
        if head is not None and not (is_row and was_row):
            table, header = head, number
        elif (was_row and not is_row) or _ends_table(passage, is_row=is_row):
            table = None
        if passage.kind is LineKind.HEADING and table is None:
            heading = number
        places.append(_Place(heading, table, header))
        was_row = is_row
    return places


def _ends_table(passage: Passage, *, is_row: bool) -> bool:
    if is_row:
        return False
    numbered = passage.kind is LineKind.HEADING and passage.text[:1].isdigit()
    return numbered or len(passage.text) > _PROSE
