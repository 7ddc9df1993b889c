"""Grammar of the words that colour a rhythm, and of events that are no dates."""

from __future__ import annotations

from scheduler.domain.cadence.elements import Element, Mark, MarkKind
from scheduler.domain.cadence.grammar.numbers import range_at
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["anchor_at", "mark_at", "reference_at", "unit_series_at"]

_KINDS = (
    (Sort.DEMAND, MarkKind.DEMAND),
    (Sort.ADJUST, MarkKind.ADJUST),
    (Sort.REFERENCE, MarkKind.REFERENCE),
    (Sort.CONTINUOUS, MarkKind.CONTINUOUS),
    (Sort.VAGUE, MarkKind.VAGUE),
    (Sort.EXTRA, MarkKind.EXTRA),
    (Sort.MODAL, MarkKind.MODAL),
    (Sort.FIXED, MarkKind.FIXED),
    (Sort.HOLIDAY, MarkKind.HOLIDAY),
    (Sort.OPENING, MarkKind.OPENING),
    (Sort.ATTEND, MarkKind.ATTEND),
    (Sort.TASK, MarkKind.TASK),
    (Sort.WHAT, MarkKind.WHAT),
    (Sort.CASE, MarkKind.CASE),
    (Sort.SERIES, MarkKind.PER_UNIT),
    (Sort.PART_OF_DAY, MarkKind.PART_OF_DAY),
    (Sort.APPROX, MarkKind.APPROX),
    (Sort.EVENT, MarkKind.EVENT),
    (Sort.MEETING, MarkKind.EVENT),
    (Sort.ANCHOR, MarkKind.ANCHOR),
    (Sort.ONCE, MarkKind.ONCE),
)
_RANKS = {sort: rank for rank, (sort, _) in enumerate(_KINDS)}
_ANCHOR_ENDINGS = (
    "start",
    "oppstart",
    "slutt",
    "skifte",
    "ansettelse",
    "ansettelser",
    "ansettingar",
    "tilsetting",
    "tilsettingar",
    "endring",
    "endringer",
    "endringar",
    "avslutning",
    "innføring",
    "overgang",
    "overganger",
    "overgangar",
    "revidering",
    "rullering",
    "revisjon",
    "ankomst",
    "vedtak",
    "fødsel",
    "innskriving",
    "flytting",
    "bytte",
    "hendelse",
    "hendelser",
    "hendingar",
    "bekymring",
    "mistanke",
    "fravær",
    "avvik",
)
_DONE = {
    "vedtatt",
    "vedteken",
    "vedtatte",
    "klar",
    "klart",
    "ferdig",
    "gjennomført",
    "publisert",
    "innført",
    "godkjent",
    "revidert",
    "rullert",
    "behandlet",
    "handsama",
    "evaluert",
}
_EXPECTED = {"forventes", "ventes", "neste", "ventast", "kommer", "forventet", "planlagt", "venta"}


def mark_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """One colouring word or expression."""
    if words.has(i, Sort.TOTAL):
        found = range_at(words, i + 1)
        if found is not None and words.has_any(found[2], Sort.TIMES, Sort.EVENT, Sort.MEETING):
            return Mark(MarkKind.TOTAL, found[1]), found[2] + 1
        return None
    senses = words[i].senses
    sort = min((s for s in senses if s in _RANKS), key=_RANKS.__getitem__, default=None)
    if sort is not None:
        return Mark(_KINDS[_RANKS[sort]][1], senses[sort]), i + 1
    if words.text(i) in _EXPECTED:
        return Mark(MarkKind.EXPECTED), i + 1
    return None


def reference_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "jf. årshjulet for oppvekst", "i henhold til vedtatt møteplan", "etter terminlista"."""
    j = i + 1
    if words.has_any(j, Sort.DOT, Sort.COLON) and not words[j].gap:
        j += 1
    for k in range(j, j + _LONGEST_POINTED):
        text = words.text(k)
        for plan, forms in _PLANS.items():
            if text.endswith(forms) or (text in _PLAIN_PLAN and words.text(k - 1) in _SET):
                return Mark(MarkKind.REFERENCE, plan), k + 1
        if not text[:1].isalpha() or words.has_any(k, *_NO_ADJECTIVE):
            return None
    return None


_LONGEST_POINTED = 4
_PLANS = {
    "annual wheel": ("årshjul", "årshjulet", "årshjula", "årshjulene"),
    "meeting plan": (
        "møteplan",
        "møteplanen",
        "møtekalender",
        "møtekalenderen",
        "møtekalendar",
        "møtekalendaren",
        "møteoversikt",
        "møteoversikten",
        "terminliste",
        "terminlista",
        "terminlisten",
        "skoleruta",
        "skoleruten",
        "skuleruta",
    ),
}
_PLAIN_PLAN = frozenset({"plan", "oversikt"})
_SET = frozenset(
    {"egen", "eigen", "oppsatt", "oppsett", "fastsatt", "fastsett", "fastlagt", "avtalt"}
)
_NO_ADJECTIVE = (Sort.MEETING, Sort.DEMAND, Sort.UNIT, Sort.MONTH, Sort.AND, Sort.BREAK, Sort.EVENT)


def unit_series_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "per skole", "i hver barnehage": one series for each unit."""
    j = i
    if words.value(j, Sort.PER) is not None:
        j += 1
    if words.has(j, Sort.EVERY):
        j += 1
    elif words.value(i, Sort.PER) != "per":
        return None
    if words.has(j, Sort.ARTICLE):
        j += 1
    unit = words.value(j, Sort.PER_UNIT)
    return (Mark(MarkKind.PER_UNIT, unit), j + 1) if unit is not None else None


def anchor_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "ved revidering", "når planen er vedtatt", "etter innføring": an event without a date."""
    text = words.text(i)
    if text in {"etter", "over"} and words.has_any(i + 1, Sort.FEAST, Sort.HOLIDAY):
        return Mark(MarkKind.ANCHOR, words.text(i + 1)), i + 2
    if text in {"ved", "etter", "vid", "i forbindelse med"}:
        j = i + 1
        while j < i + 4 and (
            words.has(j, Sort.ARTICLE)
            or words.text(j) in {"nye", "ny", "nytt", "hver", "all", "planens"}
        ):
            j += 1
        if not words[j].senses and words.text(j + 1).endswith(_ANCHOR_ENDINGS):
            j += 1
        word = words.text(j)
        if word.endswith(_ANCHOR_ENDINGS) and not words.has(j, Sort.DEMAND):
            return Mark(MarkKind.ANCHOR, word), j + 1
        return None
    if text in {"når", "straks", "etter at"}:
        for j in range(i + 1, i + 7):
            if words.text(j) in _DONE:
                said = " ".join(words.text(k) for k in range(i + 1, j + 1))
                return Mark(MarkKind.ANCHOR, said), j + 1
            if words.has_any(j, Sort.END, Sort.BREAK, Sort.DOT, Sort.DEMAND):
                return None
    if words.has(i, Sort.EVERY) and words.has(i + 1, Sort.MEETING):
        return Mark(MarkKind.ANCHOR, "møte"), i + 2
    if text in {"nye", "nyansatte", "nytilsette", "nyansettelser", "nyansettelse", "nytilsatte"}:
        if text != "nye":
            return Mark(MarkKind.ANCHOR, "nyansettelse"), i + 1
        if words.text(i + 1) in {
            "ansatte",
            "tilsette",
            "medarbeidere",
            "medarbeidarar",
            "tilsatte",
        }:
            return Mark(MarkKind.ANCHOR, "nyansettelse"), i + 2
    return None
