"""Guesses whose rhythm it is: from the sentence, the row of a table, or the heading above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from scheduler.domain.cadence import CadenceKind
from scheduler.usecases.read_plan.forum_names import (
    ForumName,
    forum_names_in,
    heading_name,
    row_name,
)
from scheduler.usecases.read_plan.lines import LineKind
from scheduler.usecases.read_plan.passages import Passage

__all__ = ["ForumGuesser"]

_NEAR = 1_000
_FARTHEST = 60
"""How many lines above a sentence the heading it belongs to may be."""


class _Table(Enum):
    OF_MEETINGS = auto()
    OF_MEASURES = auto()


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds a passage: the heading above it, and the table it stands in."""

    heading: int | None
    table: _Table | None
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

    def _in_sentence(self, number: int, sentence: tuple[int, int], phrase: int) -> ForumName | None:
        text = self._passages[number].text[slice(*sentence)]
        names = [self._at_level(name) for name in forum_names_in(text) if not name.is_general]
        at = phrase - sentence[0]
        before = [name for name in names if name.start <= at]
        after = [name for name in names if name.start > at]
        if before and not _OTHER_FORUM.search(text[: before[-1].start]):
            return before[-1]
        return after[0] if after else None

    def is_of_meetings(self, number: int, sentence: tuple[int, int]) -> bool:
        """Tell whether the rhythm is one of meeting, by its sentence or its table."""
        text = self._passages[number].text[slice(*sentence)]
        in_table = self._places[number].table is _Table.OF_MEETINGS
        return in_table or bool(_LABEL.match(text) or _MEETS.search(text))

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
        if place.table is _Table.OF_MEETINGS:
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
        if not (_LABEL.match(text) or _MEETS.search(text)):
            return None
        return heading_name(heading.text)

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
_LABEL = re.compile(
    r"\W*(?:intervall|hyppighet|hyppigheit|frekvens|møtefrekvens|møtehyppighet|møterytme|rytme|når"
    r"|møter|møte|møte(?:tid|punkt|dag|plan)|tid|tidspunkt|hvor ofte|kor ofte)\b\s*[:–-]",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\bmøt(?:es|ast|er|e|est|a|ene)\b|\bsamles\b|\bsamlast\b|\btreffes\b|\bkommer sammen\b"
    r"|konferanse|samling|\barrangeres\b|\b(?:av)?holdes\b|\bblir halde\b"
    r"|[a-zæøå]møt(?:e|er|a|ene|et)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:Teamet|Gruppa|Gruppen|Rådet|Forumet|Nettverket|Møtene|Møta|Møtet|De møtes|Dei møtest"
    r"|Møtes|Møtest|Det holdes|Det blir holdt)\b"
)
# "Styringsgruppen skal ha referat fra ressursgruppen" is about the first of the two.
_OTHER_FORUM = re.compile(r"\b(?:referat fra|referat frå|til|med)\s+$")


_COLUMNS_OF_MEETINGS = re.compile(
    r"^(?:møte|møter|møta|møtearena|møteplass|møtepunkt|forum|fora|arena|team|gruppe|samarbeidsarena"
    r"|samarbeidsforum|samarbeidsmøte|råd|utvalg|hvilket møte|navn på møte|samhandlingsarena)\b",
    re.IGNORECASE,
)
_COLUMNS_OF_MEASURES = re.compile(
    r"^(?:[a-zæøå]*tiltak|aktivitet|oppgave|oppgåve|program|tilbud|tilbod|metode|tjeneste|teneste|hva)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"\b(?:hvem|kven|deltar|deltek|deltakere|deltakarar|medlemmer|hensikt|formål|føremål|hyppighet"
    r"|hyppigheit|frekvens|møtefrekvens|intervall|tidsrom|tidspunkt|når|evaluering|ansvar|ansvarlig"
    r"|ansvarleg|målgruppe|status|beskrivelse|beskriving|innhold|innhald|frist|leder|leiar"
    r"|møteleder|sekretær|referent|innkaller|tid|sted|stad|hvor ofte|kor ofte)\b",
    re.IGNORECASE,
)
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
    table: _Table | None = None
    header = 0
    was_row = False
    for number, passage in enumerate(passages):
        is_row = passage.kind is LineKind.ROW
        head = _table_of(passage.text, is_row=is_row)
        if head is not None and not (is_row and was_row):
            table, header = head, number
        elif (was_row and not is_row) or _ends_table(passage, is_row=is_row):
            table = None
        if passage.kind is LineKind.HEADING and table is None:
            heading = number
        places.append(_Place(heading, table, header))
        was_row = is_row
    return places


def _table_of(text: str, *, is_row: bool) -> _Table | None:
    if len(text) > 160:
        return None
    cells = [cell.strip() for cell in text.split("|")] if is_row else [text]
    columns = len(_COLUMN.findall(" ".join(cells)))
    if columns < (1 if is_row else 2) or len(text.split()) > 16:
        return None
    if _COLUMNS_OF_MEETINGS.match(cells[0]):
        return _Table.OF_MEETINGS
    if _COLUMNS_OF_MEASURES.match(cells[0]):
        return _Table.OF_MEASURES
    return None


def _ends_table(passage: Passage, *, is_row: bool) -> bool:
    if is_row:
        return False
    numbered = passage.kind is LineKind.HEADING and passage.text[:1].isdigit()
    return numbered or len(passage.text) > _PROSE
