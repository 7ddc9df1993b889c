"""How a rhythm was read, in words: what is unclear, what is missing, and what it gives."""

from __future__ import annotations

from scheduler.domain.cadence import (
    Ambiguity,
    NeedCode,
    NeedsChoice,
    PlannedDate,
    Problem,
    ProblemCode,
    SkippedDate,
    Window,
)
from scheduler.domain.language import Language, say_date
from scheduler.language import translations

__all__ = [
    "AMBIGUITIES",
    "NEEDS",
    "PROBLEMS",
    "say_ambiguity",
    "say_need",
    "say_planned",
    "say_problem",
    "say_skipped",
    "say_window",
]


def say_problem(problem: Problem, language: Language) -> str:
    """Return why words that look like a rhythm are none."""
    text = translations(language).gettext(PROBLEMS[problem.code])
    return text % {"values": ", ".join(str(value) for value in problem.values)}


def say_ambiguity(ambiguity: Ambiguity, language: Language) -> str:
    """Return what a person should be asked."""
    return translations(language).gettext(AMBIGUITIES[ambiguity])


def say_need(need: NeedsChoice, language: Language) -> str:
    """Return what must be said before there are dates."""
    return translations(language).gettext(NEEDS[need.code])


def say_planned(planned: PlannedDate, language: Language) -> str:
    """Return a date, and where it was moved from."""
    day = say_date(planned.date, language)
    if planned.moved_from is None:
        return day
    moved = translations(language).gettext("flyttet fra %(day)s, som er fri")
    return f"{day} ({moved % {'day': say_date(planned.moved_from, language)}})"


def say_skipped(skipped: SkippedDate, language: Language) -> str:
    """Return a date that the words give and a closed day takes away."""
    text = translations(language).gettext("%(day)s utgår: dagen er fri")
    return text % {"day": say_date(skipped.date, language)}


def say_window(window: Window, language: Language) -> str:
    """Return the days in which one meeting is expected."""
    say = translations(language).gettext
    text = (
        say("ett møte mellom %(first)s og %(last)s")
        if window.count_min
        else say("ett møte til, om det passer, mellom %(first)s og %(last)s")
    )
    return text % {
        "first": say_date(window.starts_on, language),
        "last": say_date(window.ends_on, language),
    }


PROBLEMS = {
    ProblemCode.COUNT_REVERSED: "Antallet går baklengs (%(values)s). Skriv det minste først.",
    ProblemCode.COUNT_ZERO: "Null ganger er ingen rytme.",
    ProblemCode.COUNT_TOO_LARGE: "Antallet er for stort (%(values)s).",
    ProblemCode.INTERVAL_ZERO: "«Hver 0.» er ingen rytme.",
    ProblemCode.INTERVAL_TOO_LARGE: "Mellomrommet er for stort (%(values)s).",
    ProblemCode.IMPOSSIBLE_DATE: "Datoen finnes ikke (%(values)s).",
    ProblemCode.IMPOSSIBLE_WEEK: "Uken finnes ikke (%(values)s). Uker er fra 1 til 53.",
    ProblemCode.IMPOSSIBLE_TIME: "Klokkeslettet finnes ikke (%(values)s).",
    ProblemCode.IMPOSSIBLE_ORDINAL: "Måneden har ikke så mange av den dagen (%(values)s).",
    ProblemCode.RANGE_REVERSED: "Slutten er før begynnelsen (%(values)s).",
    ProblemCode.TOO_LONG: (
        "Teksten er for lang for en rytme (tegn, høyst: %(values)s). Skriv bare setningen med"
        " rytmen."
    ),
}

AMBIGUITIES = {
    Ambiguity.INTERVAL_OR_ORDINAL: (
        "Kan bety annenhver uke, eller den andre i måneden. Lest som annenhver uke."
    ),
    Ambiguity.WEEKLY_IMPLIED: "Sier ikke hvor ofte. Lest som hver uke.",
    Ambiguity.PERIOD_IMPLIED: "Sier ikke hvilken periode antallet gjelder.",
    Ambiguity.PERIOD_MISSING: "Sier ikke per uke, måned eller år.",
    Ambiguity.SLOT_ONLY_IF_NEEDED: (
        "Kan bety faste tider som bare brukes ved behov, eller møter bare ved behov."
    ),
    Ambiguity.EITHER_DAY: "Nevner to dager. Er det begge, eller en av dem?",
    Ambiguity.THIS_YEAR_OR_EVERY: "Gjelder det bare i år, eller hvert år?",
    Ambiguity.FORTNIGHT_OR_DAYS: "Lest som annenhver uke.",
    Ambiguity.MONTH_IMPLIED: "Sier ikke hvilken måned. Lest som hver måned.",
    Ambiguity.YEAR_IMPLIED: "Sier ikke hvilket år. Lest som hvert år.",
    Ambiguity.HOW_OFTEN_NOT_SAID: "Sier dag og tid, men ikke hvor ofte.",
    Ambiguity.COUNT_NOT_SAID: "Sier ikke hvor mange.",
}

NEEDS = {
    NeedCode.WEEK_PARITY: "Datoene avhenger av om det er partalls- eller oddetallsuker. Velg en.",
    NeedCode.ANCHOR: "Datoene avhenger av når det sist ble gjort. Oppgi det.",
    NeedCode.RHYTHM: "Planen gir ingen rytme. Velg en.",
    NeedCode.MEETING: "Datoen regnes fra møtet den hører til.",
    NeedCode.EVENT: "Datoen regnes fra noe som skjer, og står ikke i kalenderen.",
    NeedCode.SCHOOL_HOLIDAYS: "Datoene følger skoleferiene. Legg inn skoleruta.",
}
