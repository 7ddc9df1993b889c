"""A plan file's problems and warnings in words, with the line, the key and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.language import Language
from scheduler.domain.planfile import Problem, ProblemCode
from scheduler.language import translations

__all__ = ["KINDS", "MESSAGES", "say_problem"]


def say_problem(problem: Problem, language: Language) -> str:
    """Return the problem as one line: "linje 12, forum.tog.level: ..."."""
    translate = translations(language).gettext
    text = translate(MESSAGES[problem.code]).format(
        value=problem.value, wanted=_wanted(problem, language)
    )
    place = translate("linje {line}").format(line=problem.line)
    return f"{place}, {problem.key}: {text}" if problem.key else f"{place}: {text}"


def _wanted(problem: Problem, language: Language) -> str:
    if problem.code is ProblemCode.WRONG_TYPE:
        return translations(language).gettext(KINDS[problem.wanted])
    return problem.wanted


MESSAGES: Mapping[ProblemCode, str] = {
    ProblemCode.SYNTAX: (
        "linjen kan ikke leses: «{value}». Rett den; resten sjekkes når hele filen kan leses."
    ),
    ProblemCode.UNKNOWN_KEY: "«{value}» er ikke et kjent felt. Mente du {wanted}?",
    ProblemCode.MISSING_KEY: "feltet mangler. Fyll det ut.",
    ProblemCode.MISSING_TABLE: "delen mangler. Sett den inn, se malen.",
    ProblemCode.WRONG_TYPE: "«{value}» passer ikke her. Skriv {wanted}.",
    ProblemCode.EMPTY: "feltet er tomt. Fyll det ut, eller ta bort linjen.",
    ProblemCode.UNSEEN: (
        "teksten har et linjeskift eller et tegn som ikke synes ({value}). Skriv den på nytt uten."
    ),
    ProblemCode.NOT_ALLOWED: "«{value}» kan ikke brukes her. Velg blant: {wanted}.",
    ProblemCode.OUT_OF_RANGE: "{value} er utenfor grensene. Skriv et tall i {wanted}.",
    ProblemCode.BAD_SLUG: (
        "«{value}» kan ikke brukes i adresser. Bruk små bokstaver a-z, tall og bindestrek,"
        " for eksempel «{wanted}»."
    ),
    ProblemCode.BAD_TIME: "«{value}» er ikke et klokkeslett. Skriv 09:00, eller 09:00-15:00.",
    ProblemCode.BAD_DAY: "«{value}» er ikke en dag i året. Skriv måned og dag: 03-01 for 1. mars.",
    ProblemCode.BAD_LINES: "«{value}» er ikke linjenumre. Skriv for eksempel «491-506, 606».",
    ProblemCode.BAD_TIMEZONE: "«{value}» er ikke en tidssone. Skriv {wanted}.",
    ProblemCode.DUPLICATE: (
        "«{value}» er brukt før, på linje {wanted}. Gi det et eget navn, eller ta bort den ene."
    ),
    ProblemCode.UNKNOWN_REFERENCE: (
        "«{value}» finnes ikke i filen. Legg det til, eller velg et som finnes: {wanted}."
    ),
    ProblemCode.NOTHING_TO_REFER_TO: "«{value}» finnes ikke i filen. Legg det til.",
    ProblemCode.WRONG_ORDER: "{value}: slutten kommer ikke etter begynnelsen. Bytt om, eller rett.",
    ProblemCode.NEEDS_UNITS: (
        "«{value}» gjelder hver enhet, men forumet har ingen. Fyll ut per_unit eller units."
    ),
    ProblemCode.SAME_FORUM: "«{value}» viser til seg selv. Velg to ulike forum.",
    ProblemCode.LOOP: "forumene venter på hverandre i ring ({value}). Ta bort en av lenkene.",
    ProblemCode.IDENTITY_NUMBER: (
        "teksten inneholder et fødselsnummer eller noe som ligner. Ta det bort."
        " Ikke skriv om enkeltpersoner, verken barn eller ansatte."
    ),
    ProblemCode.PERSON: (
        "teksten inneholder en e-postadresse. Ta den bort; personer leses inn fra en egen liste."
    ),
    ProblemCode.ABOUT_A_CHILD: (
        "teksten ser ut til å handle om ett barn eller én familie. Ta den bort."
        " Ikke skriv om enkeltpersoner, verken barn eller ansatte."
    ),
    ProblemCode.CASE_AGENDA: (
        "forumet drøfter enkeltsaker og kan ikke ha saksliste eller beskrivelse her."
        " Ta bort teksten; sakslisten hører til i fagsystemet."
    ),
    ProblemCode.ONE_CHILD: (
        "«{value}» gjelder ett barn eller én familie og kan ikke være et forum."
        " Skriv det som en regel ([[rule]])."
    ),
    ProblemCode.ELECTED_MEMBER: (
        "medlemmer av folkevalgte og medvirkningsorgan registreres ikke («{value}»)."
        " Oppgi bare den ansatte: {wanted}."
    ),
    ProblemCode.RHYTHM_UNKNOWN: (
        "møterytmen «{value}» er ikke forstått. Den er lest inn som ukjent; velg en rytme."
    ),
    ProblemCode.RHYTHM_MISSING: "planen gir ingen møterytme for «{value}»; velg en.",
    ProblemCode.LEVEL_MIXED: (
        "planen skiller ikke mellom enkeltsaker og system. Forumet regnes som enkeltsaker,"
        " til noen avgjør det."
    ),
    ProblemCode.NO_UNITS: (
        "forumet møtes for hver enhet («{value}»), men ingen enheter er oppgitt."
        " Legg til enhetene ([[unit]])."
    ),
}

KINDS: Mapping[str, str] = {
    "text": "tekst i anførselstegn",
    "slug": "et kortnavn i anførselstegn",
    "number": "et helt tall uten anførselstegn",
    "flag": "true eller false",
    "date": "en dato, for eksempel 2027-03-09",
    "time": "et klokkeslett, for eksempel «09:00»",
    "times": "to klokkeslett, for eksempel «09:00-15:00»",
    "month_and_day": "måned og dag, for eksempel «03-01» for 1. mars",
    "lines": "linjenumre i anførselstegn, for eksempel «491-506»",
    "table": "en del med felt i hakeparentes",
    "list": "en liste i hakeparenteser",
}
