"""Every text about a plan file exists in the three written forms, with the same fields."""

from __future__ import annotations

import re

import pytest

from scheduler.domain.language import Language
from scheduler.domain.planfile import Problem, ProblemCode
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.open_questions import QUESTIONS, REFUSALS, AnswerRefusal, QuestionKind
from scheduler.usecases.plan_file.words import KINDS, MESSAGES, say_problem


def test_every_problem_has_its_words() -> None:
    assert set(MESSAGES) == set(ProblemCode)
    assert set(QUESTIONS) == set(QuestionKind)
    assert set(REFUSALS) == set(AnswerRefusal)


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_text_is_translated_with_the_same_fields(language: Language) -> None:
    catalogue = read_catalogue(language)
    asked = (*QUESTIONS.values(), *REFUSALS.values())
    for text in (*MESSAGES.values(), *KINDS.values(), *asked, "linje {line}"):
        message = catalogue.get(text)
        assert message is not None, text
        assert fields(str(message.string)) == fields(text)


def test_a_problem_is_one_line_with_its_place_in_each_form() -> None:
    problem = Problem(ProblemCode.WRONG_TYPE, 19, "forum.team.notice_days", "ti", "number")
    assert [say_problem(problem, language) for language in Language] == [
        "linje 19, forum.team.notice_days: «ti» passer ikke her."
        " Skriv et helt tall uten anførselstegn.",
        "linje 19, forum.team.notice_days: «ti» passar ikkje her."
        " Skriv eit heilt tal utan hermeteikn.",
        "line 19, forum.team.notice_days: “ti” does not fit here."
        " Write a whole number without quotation marks.",
    ]


def fields(text: str) -> list[str]:
    return sorted(set(re.findall(r"{\w+}", text)))
