"""Guesses who sits in a forum: titles after "Leder:", "Hvem:" and in lists of members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.enums import Function
from scheduler.usecases.read_plan.kept_words import kept
from scheduler.usecases.read_plan.lines import LineKind
from scheduler.usecases.read_plan.passages import Passage

__all__ = ["SeatGuess", "guess_seats"]

_MOST_WORDS = 9
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class SeatGuess:
    """A title, what it does in the forum, and the line it stands on.

    `is_position` is false for a service named without a title ("PPT"), which a person must
    say who sits for.
    """

    title: str
    functions: tuple[Function, ...]
    line: int
    is_position: bool


def guess_seats(passages: Sequence[Passage]) -> tuple[SeatGuess, ...]:
    """Return the seats that a forum's own passages name, in their order, each title once."""
    found: dict[str, SeatGuess] = {}
    in_list = False
    for passage in passages:
        seats = list(_labelled(passage))
        if not seats and in_list and _is_item(passage):
            seats = list(_members(passage.text, passage.lines[0].number))
        in_list = bool(_OPENS_LIST.search(passage.text)) or (
            in_list and (bool(seats) or _is_item(passage))
        )
        for seat in seats:
            key = seat.title.lower()
            earlier = found.get(key)
            functions = () if earlier is None else earlier.functions
            merged = tuple(dict.fromkeys((*functions, *seat.functions)))
            found[key] = SeatGuess(seat.title, merged, seat.line, seat.is_position)
    return tuple(found.values())


_OPENS_LIST = re.compile(
    r"\b(?:består(?:\s+\w+){0,3}\s+av|medlemmer|medlemmar|medlemer|deltakere|deltakarar|deltar"
    r"|deltek)\s*:?\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:ansvar(?:lig|leg)?\s+for\s+(?:å\s+)?)?(?P<what>[A-Za-zæøåÆØÅ ,/()]{3,45}?)\s*"
    r"(?::|\s[–-])\s*(?P<who>\S.*)$",
    re.DOTALL,
)
_FUNCTIONS = (
    (re.compile(r"\b(?:leder|leiar|leder av)\b", re.IGNORECASE), Function.LEADER),
    (re.compile(r"\bmøtele(?:der|iar|delse|iing)|\bordstyrer", re.IGNORECASE), Function.CHAIR),
    (re.compile(r"\binnkall", re.IGNORECASE), Function.CONVENER),
    (re.compile(r"\bsekretær", re.IGNORECASE), Function.SECRETARY),
    (re.compile(r"\brefera|\breferent", re.IGNORECASE), Function.MINUTE_TAKER),
    (re.compile(r"\bkoordinator\b", re.IGNORECASE), Function.COORDINATOR),
    (
        re.compile(r"\b(?:hvem|kven|deltak|deltar|deltek|medlem|faste)\w*\b", re.IGNORECASE),
        Function.MEMBER,
    ),
)
_TITLE = re.compile(
    r"(?:rektor|inspektør|styrer|styrar|leder|leiar|sjef|direktør|rådmann|psykolog|lege|sykepleier"
    r"|sjukepleiar|helsesøster|helsesyster|jordmor|terapeut|vernepleier|vernepleiar|veileder|vegleiar"
    r"|rettleiar|rådgiver|rådgjevar|konsulent|koordinator|kontakt|lærer|lærar|pedagog|representant"
    r"|saksbehandler|miljøarbeider|logoped|barneansvarlig|lensmann|ansvarlig|ansvarleg)"
    r"(?:en|a|e|er|ar|ere|arar|ene)?\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"^(?:[A-ZÆØÅ]{2,6}|[A-Za-zæøåÆØÅ/ -]*(?:barnevern|tjeneste|teneste|helsestasjon|politi"
    r"|psykisk helse|skole|skule|barnehage|familiesenter|kultur|oppvekst)[a-zæøå]*)$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"\b(?:skal|kan|er|har|blir|må|drøft\w*|saker?|møtet?|vurder\w*)\b")


def _is_item(passage: Passage) -> bool:
    return passage.kind is LineKind.BULLET or len(passage.text.split()) <= _MOST_WORDS


def _labelled(passage: Passage) -> Iterator[SeatGuess]:
    label = _LABEL.match(passage.text)
    if label is None or passage.kind is LineKind.ROW:
        return
    functions = tuple(
        function for pattern, function in _FUNCTIONS if pattern.search(label.group("what"))
    )
    if not functions or len(label.group("what").split()) > 5:
        return
    line = passage.line_at(label.start("who")).number
    if functions == (Function.MEMBER,):
        yield from _members(label.group("who"), line)
        return
    # "Helse og forebygging - teamleder Familiens hus": the title stands after the service.
    for part in reversed(re.split(r"\s[–-]\s", label.group("who"))):
        title = _tidy(part)
        if title is not None and _TITLE.search(title):
            yield SeatGuess(
                title, tuple(f for f in functions if f is not Function.MEMBER), line, True
            )
            return


def _members(text: str, line: int) -> Iterator[SeatGuess]:
    for part in _parts(text.split(". ")[0]):
        title = _tidy(part)
        if title is None:
            continue
        if _TITLE.search(title):
            yield SeatGuess(title, (Function.MEMBER,), line, True)
        elif _SERVICE.match(title):
            yield SeatGuess(title, (Function.MEMBER,), line, False)


def _parts(text: str) -> Iterator[str]:
    """Cut a list at its commas, and at the last "og" where a title follows it."""
    pieces = re.split(r",\s+|;\s+|\n(?=[A-ZÆØÅ])", text)
    for place, piece in enumerate(pieces):
        last = re.split(r"\s+og\s+", piece) if place == len(pieces) - 1 else [piece]
        # "Barne- og familieveileder" is one title.
        if (
            len(last) == 2
            and not last[0].endswith("-")
            and (_TITLE.search(last[1]) or last[1].strip(" .").isupper())
        ):
            yield from last
        else:
            yield piece


def _tidy(text: str) -> str | None:
    plain = " ".join(re.sub(r"\([^)]*\)", " ", text).split()).strip(" .,:;–-")
    if not plain or len(plain.split()) > _MOST_WORDS or _NO_TITLE.search(plain):
        return None
    safe = kept(plain, longest=_LONGEST)
    return None if safe is None else safe[:1].upper() + safe[1:]
