"""Words that are made of others: "fredagsklubben", "elevhelsemøte", "tertialrapport"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scheduler.domain.cadence.kinds import CadenceUnit as Unit
from scheduler.domain.cadence.kinds import Weekday
from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["compound_senses"]

_EVENT_ENDINGS = """
møte møter møtet møta møtene møtar møtepunkt møtepunkter samling samlinger samlingar
samlinga samlingen aktiviteter aktivitetar aktivitet konferanse konferansen konferanser
seminar seminaret seminarer seminara kurs kurset konsultasjon konsultasjoner konsultasjonar
samtale samtaler samtalar veiledning veiledninger rettleiing øvelse øvelser øving evaluering
evalueringer undersøkelse undersøkelser gjennomgang gjennomganger kveld kvelder treff besøk
drøfting drøftinger verksted verksteder tilsyn dager dag dagar uka uke møteplass rapport
rapporter rapportering rapporten rapporteringer forum
"""
_MEETING_ENDINGS = ("møte", "møter", "møtet", "møta", "møtene", "samling", "samlinga", "samlingen")
_DAY = re.compile(
    r"(?P<day>m[aå]n|tirs|tys|tis|ons|tors|fre|l[øa]u?r|s[øu]n)dags(?P<rest>[^\W\d_]*)$"
)
_DAYS = {
    "man": Weekday.MON,
    "mån": Weekday.MON,
    "tirs": Weekday.TUE,
    "tys": Weekday.TUE,
    "tis": Weekday.TUE,
    "ons": Weekday.WED,
    "tors": Weekday.THU,
    "fre": Weekday.FRI,
    "lør": Weekday.SAT,
    "laur": Weekday.SAT,
    "søn": Weekday.SUN,
    "sun": Weekday.SUN,
}
_PARTS_OF_DAY = (
    ("kveld", "evening"),
    ("morg", "morning"),
    ("formiddag", "before_noon"),
    ("føremiddag", "before_noon"),
    ("ettermiddag", "afternoon"),
)
_PERIOD = re.compile(
    r"(?P<period>uke|veke|måneds|månads|kvartals|tertials?|halvårs|semester|års)"
    r"(?P<rest>møter?|møt[ea]t?|møtene|rapport(?:er|en|ering|eringer|ar)?|samling(?:er|ar)?"
    r"|evaluering(?:er)?|oppfølging(?:er)?|gjennomgang(?:er)?|status)$"
)
_PERIODS = {
    "uke": Unit.WEEK,
    "veke": Unit.WEEK,
    "måneds": Unit.MONTH,
    "månads": Unit.MONTH,
    "kvartals": Unit.QUARTER,
    "tertial": Unit.TERTIAL,
    "tertials": Unit.TERTIAL,
    "halvårs": Unit.HALF_YEAR,
    "semester": Unit.SEMESTER,
    "års": Unit.YEAR,
}


def compound_senses(word: str) -> Mapping[Sort, object]:
    """The senses of an unknown word by its parts; empty when it has none."""
    senses: dict[Sort, object] = {}
    if (match := _DAY.match(word)) is not None:
        day = _DAYS[match["day"]]
        part = next(
            (name for start, name in _PARTS_OF_DAY if match["rest"].startswith(start)), None
        )
        if part is None:
            return {Sort.NAMED_DAY: day}
        return {Sort.WEEKDAY: day, Sort.PART_OF_DAY: part}
    if (match := _PERIOD.match(word)) is not None:
        senses[Sort.NAMED_PERIOD] = _PERIODS[match["period"]]
    if word.startswith(_ONCE) and word.endswith(_ONE_EVENT):
        senses[Sort.ONCE] = True
    if word.endswith(("frist", "fristen")):
        senses[Sort.BY] = True
    if word.endswith(_EVENTS):
        senses[Sort.EVENT] = True
        if word.endswith(_MEETING_ENDINGS):
            senses[Sort.MEETING] = True
    return senses


_ONCE = ("engangs", "éngangs", "eingongs", "éingongs")
_ONE_EVENT = (
    "tiltak",
    "tiltaket",
    "møte",
    "møtet",
    "arrangement",
    "arrangementet",
    "hendelse",
    "hending",
    "aktivitet",
    "oppgave",
    "oppgåve",
    "kartlegging",
    "undersøkelse",
    "prosjekt",
    "samling",
    "kurs",
)
_EVENTS = tuple(_EVENT_ENDINGS.split())
