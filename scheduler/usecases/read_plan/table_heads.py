"""Recognises the row of a plan's table that names its columns."""

from __future__ import annotations

import re
from enum import Enum, auto

__all__ = ["TableKind", "table_kind"]

_LONGEST = 160
_MOST_WORDS = 16


class TableKind(Enum):
    """What the rows of a table are."""

    OF_MEETINGS = auto()
    OF_MEASURES = auto()


def table_kind(text: str, *, is_row: bool) -> TableKind | None:
    """Return the kind of table that a line or row is the head of, None where it is no head.

    `is_row` tells that the columns are marked ("Møte | Når"); in a flattened table more words
    must be those of a head before it is taken for one.
    """
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return None
    if len(_COLUMN.findall(text)) < (1 if is_row else 2):
        return None
    if _OF_MEETINGS.match(text):
        return TableKind.OF_MEETINGS
    if _OF_MEASURES.match(text):
        return TableKind.OF_MEASURES
    return None


_OF_MEETINGS = re.compile(
    r"(?:møte|møter|møta|møtearena|møteplass|møtepunkt|forum|fora|arena|team|gruppe|samarbeidsarena"
    r"|samarbeidsforum|samarbeidsmøte|råd|utvalg|hvilket møte|navn på (?:møte|forum|team)t?"
    r"|namn på (?:møte|forum|team)t?|samhandlingsarena)\b",
    re.IGNORECASE,
)
_OF_MEASURES = re.compile(
    r"(?:[a-zæøå]*tiltak|aktivitet|oppgave|oppgåve|program|tilbud|tilbod|metode|tjeneste|teneste"
    r"|hva|kva)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"\b(?:hvem|kven|deltar|deltek|deltakere|deltakarar|medlemmer|medlemer|hensikt|formål|føremål"
    r"|hyppighet|hyppigheit|frekvens|møtefrekvens|møtehyppighet|intervall|tidsrom|tidspunkt|når"
    r"|evaluering|ansvar|ansvarlig|ansvarleg|målgruppe|status|beskrivelse|beskriving|innhold"
    r"|innhald|frist|leder|leiar|møteleder|møteleiar|sekretær|referent|innkaller|tid|sted|stad"
    r"|hvor ofte|kor ofte)\b",
    re.IGNORECASE,
)
