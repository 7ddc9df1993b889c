"""What a plan leaves open, and why an answer is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.language import Language
from scheduler.language import translations
from scheduler.usecases.open_questions.answer import AnswerRefusal
from scheduler.usecases.open_questions.open_question import OpenQuestion, QuestionKind

__all__ = ["QUESTIONS", "REFUSALS", "say_question", "say_refusal"]


def say_question(question: OpenQuestion, language: Language) -> str:
    """Return an open question as one sentence; the plan's own question stands as it is written."""
    translate = translations(language).gettext
    return translate(QUESTIONS[question.kind]).format(name=question.name)


def say_refusal(refusal: AnswerRefusal, language: Language) -> str:
    """Return why an answer cannot be taken, as one sentence."""
    return translations(language).gettext(REFUSALS[refusal])


QUESTIONS: Mapping[QuestionKind, str] = {
    QuestionKind.PLAN: "{name}",
    QuestionKind.OWNER: "Hvem er planansvarlig for «{name}»?",
    QuestionKind.ADOPTED: "Når ble «{name}» vedtatt?",
    QuestionKind.LEVEL: "Drøfter «{name}» enkeltsaker?",
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
    AnswerRefusal.THE_PLAN_SAYS: "Planen sier dette selv. Endre planfilen og les den inn på nytt.",
    AnswerRefusal.IN_THE_FUTURE: "Datoen er ikke kommet ennå.",
}
