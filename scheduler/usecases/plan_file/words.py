"""A plan file's problems and warnings in words, with the line, the key and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.language import Language
from scheduler.domain.planfile import Problem, ProblemCode
from scheduler.language import translations
from scheduler.usecases.plan_file.answer import AnswerRefusal
from scheduler.usecases.plan_file.open_question import OpenQuestion, QuestionKind

__all__ = ["MESSAGES", "QUESTIONS", "REFUSALS", "say_problem", "say_question", "say_refusal"]


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


def say_question(question: OpenQuestion, language: Language) -> str:
    """Return an open question as one sentence; the plan's own question stands as it is written."""
    translate = translations(language).gettext
    return translate(QUESTIONS[question.kind]).format(name=question.name)


def say_refusal(refusal: AnswerRefusal, language: Language) -> str:
    """Return why an answer cannot be taken, as one sentence."""
    return translations(language).gettext(REFUSALS[refusal])


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

QUESTIONS: Mapping[QuestionKind, str] = {
    QuestionKind.PLAN: "{name}",
    QuestionKind.OWNER: "Hvem er planansvarlig for «{name}»?",
    QuestionKind.ADOPTED: "Når ble «{name}» vedtatt?",
    QuestionKind.LEVEL: "Drøfter «{name}» enkeltsaker? Det regnes slik til noen avgjør det.",
    QuestionKind.RHYTHM: "Planen gir ingen møterytme for «{name}». Hvor ofte møtes forumet?",
    QuestionKind.UNITS: "Hvilke enheter gjelder «{name}»?",
    QuestionKind.CONVENER: "Hvem innkaller til «{name}»?",
    QuestionKind.MINUTE_TAKER: "Hvem skriver referat fra «{name}»?",
    QuestionKind.SERVICE_LEADER: "Hvem leder «{name}»?",
    QuestionKind.RESPONSIBLE: "Hvem har ansvaret for «{name}»?",
    QuestionKind.EVALUATOR: "Hvem svarer for evalueringen av «{name}»?",
    QuestionKind.LAST_DONE: "Når ble «{name}» sist gjort?",
    QuestionKind.CLOSED: (
        "Stemmer datoene for «{name}»? De brukes først når noen har bekreftet dem."
    ),
    QuestionKind.COUNCIL: "Kommunestyrets møtedatoer for {name} er ikke lagt inn. Når møter det?",
}

REFUSALS: Mapping[AnswerRefusal, str] = {
    AnswerRefusal.NOT_FOUND: "Dette finnes ikke i kommunens plan.",
    AnswerRefusal.NOT_A_RHYTHM: (
        "Dette er ikke forstått som en møterytme. Skriv for eksempel «4 ganger i året»."
    ),
    AnswerRefusal.THE_PLAN_SAYS: "Planen sier dette selv. Endre planfilen og les den inn på nytt.",
    AnswerRefusal.IN_THE_FUTURE: "Datoen er ikke kommet ennå.",
}
