"""The plan's own questions: settled, and opened again where that was a mistake."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from scheduler.store.tables import Plan
from scheduler.usecases.open_questions.answer import Answerer, AnswerError, AnswerRefusal
from scheduler.usecases.open_questions.open_question import OpenQuestion, QuestionKind

__all__ = ["reopen_question", "settle_question", "settled_questions"]


def settle_question(by: Answerer, slug: str, *, today: date) -> None:
    """Mark a question that the plan leaves open as settled; loading the plan again keeps it so.

    Raises:
        AnswerError: the plan has no such question.
    """
    _mark(by, slug, today.isoformat())


def reopen_question(by: Answerer, slug: str) -> None:
    """Ask a settled question again.

    Raises:
        AnswerError: the plan has no such question.
    """
    _mark(by, slug, None)


def settled_questions(session: Session, municipality_id: int) -> tuple[OpenQuestion, ...]:
    """Return the plan's own questions that somebody has said are settled."""
    plan = session.exec(select(Plan).where(Plan.municipality_id == municipality_id)).one_or_none()
    return tuple(
        OpenQuestion(
            kind=QuestionKind.PLAN,
            slug=question["slug"],
            name=question["text"],
            source_lines=question["source_lines"],
        )
        for question in (plan.questions if plan else [])
        if question.get("settled_on") is not None
    )


def _mark(by: Answerer, slug: str, settled_on: str | None) -> None:
    plan = by.session.exec(
        select(Plan).where(Plan.municipality_id == by.municipality_id)
    ).one_or_none()
    questions = plan.questions if plan else []
    if not any(question["slug"] == slug for question in questions):
        raise AnswerError(AnswerRefusal.NOT_FOUND)
    marked = [
        {**question, "settled_on": settled_on} if question["slug"] == slug else question
        for question in questions
    ]
    by.change(plan, "plan", questions=marked)
