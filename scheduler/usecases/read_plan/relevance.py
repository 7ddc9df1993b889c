"""Tells what a plan wants to happen again from dates, statistics and conditions in its prose."""

from __future__ import annotations

import re

from scheduler.domain.cadence import Cadence, CadenceKind

__all__ = ["is_rhythm"]


def is_rhythm(cadence: Cadence, *, phrase: str, before: str, after: str) -> bool:
    """Tell whether words that can be read as a rhythm are one in their sentence.

    `before` and `after` are the rest of the sentence around the phrase. When in doubt it is one:
    a person reads the list, and what is not on it is never asked about.
    """
    around = f"{before} {after}"
    if _STATISTICS.search(around) and not _EVENT.search(around):
        return False
    match cadence.kind:
        case CadenceKind.UNKNOWN:
            return False
        case CadenceKind.STATUS_DATE:
            # "per 1.1.2023" is when something was counted, "per 30. april" comes every year.
            return cadence.year is None
        case CadenceKind.ONE_OFF | CadenceKind.WINDOW:
            return _is_ahead(cadence, before, f"{before} {phrase} {after}")
        case CadenceKind.RELATIVE:
            return _is_timed(cadence)
        case CadenceKind.ON_DEMAND:
            return not (_CONDITION.match(phrase) or _ADAPTED.search(before))
        case CadenceKind.VAGUE | CadenceKind.CONTINUOUS:
            return not (_STATE.search(phrase) or _CONDITION.match(phrase))
        case _:
            return True


_STATISTICS = re.compile(
    r"\d\s?(?:%|prosent)|\bprosent|\bandel|\boppgir\b|\boppgjev\b|\bsvarer at\b|\bsvarar at\b"
)
_EVENT = re.compile(
    r"møte|møta|team|gruppe|gruppa|samling|konferans|seminar|fagdag|frist|kurs|oppstart|kick"
    r"|evaluer|revider|ruller|rapport|undersøk|ungdata|ung data|vedta|gjennomgå|årshjul",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"møte|møta|samling|konferans|seminar|fagdag|frist|kurs|oppstart|kick|evaluer|revider|ruller"
    r"|gjennomfør|innen\b|innan\b|skal\b|planlagt|planlagd",
    re.IGNORECASE,
)
# "samhandlingskonferansen vår 2023" may be one that comes back, also where it is told as past.
_GATHERING = re.compile(
    r"(?:konferanse|samling|seminar|møte|fagdag|kurs)[a-zæøå]{0,3}\s*$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\bIS-\s?\d|\brundskriv|\bProp\.|\bMeld\.|\bSt\.\s?meld|\bNOU\b|\bartikkel\b|https?:|\bvedtatt\b"
    r"|\bvedteke\b|\bretningslinje",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:ble|blei|vart|var|trådte|tredde|vedtok|hadde|startet|starta|kom|fikk|fekk|etablert"
    r"|lest|lese|hentet|henta|oppdatert|publisert|nedsatt)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:om|hvis|dersom|viss|ved|når|der)\b.*\b(?:nødvendig|naudsynt)"
    r"|(?:om|hvis|dersom|viss)\b.*\b(?:behov|trengs|trengst)",
    re.IGNORECASE | re.DOTALL,
)
_ADAPTED = re.compile(r"\b(?:tilpass|juster|dimensjoner)\w*(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
_STATE = re.compile(r"^(?:vedvarende|vedvarande|ikke definert|ikkje definert)$", re.IGNORECASE)
# "gjennomførte", "orienterte": past tense, or one of the few other words that end like it.
_PAST = re.compile(r"\b(?!neste\b|siste\b|første\b|beste\b|faste\b|enkelte\b)[a-zæøå]{3,}te\b")
_PREGNANCY = re.compile(r"svangerskap|gravid|\bfødt|\bfødd|prematur|termin\b", re.IGNORECASE)
_OF_THE_PLAN = re.compile(
    r"plan|vedta|vedtek|revider|ruller|innføring|ansatt|ansett|ansatte|tilsett|tilset|skoleår"
    r"|skuleår|oppstart",
    re.IGNORECASE,
)


def _is_ahead(cadence: Cadence, before: str, around: str) -> bool:
    """Tell a time of doing from the date of a law, a report or something that has been done."""
    if cadence.day is None and _GATHERING.search(before):
        return True
    if cadence.weeks and _PREGNANCY.search(around):
        return False
    if cadence.year is None:
        return cadence.kind is CadenceKind.WINDOW or bool(_PLANNED.search(around))
    if _HISTORY.search(around) or _SOURCE.search(around):
        return False
    if cadence.day is not None and _PAST.search(around):
        return False
    return bool(cadence.seasons or cadence.weeks or _PLANNED.search(around))


def _is_timed(cadence: Cadence) -> bool:
    """Tell "14 dager før møtet" from "ved mistanke", which says when and nothing of how long."""
    lengths = (
        cadence.offset_days,
        cadence.offset_months,
        cadence.offset_hours,
        cadence.within_months,
        cadence.within_days or None,
    )
    if any(each is not None for each in lengths):
        return True
    return bool(_OF_THE_PLAN.search(cadence.anchor or cadence.after or ""))
