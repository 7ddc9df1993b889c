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
    asked = next((one for one in plan.questions if one["slug"] == slug), None) if plan else None
    if plan is None or asked is None:
        raise AnswerError(AnswerRefusal.NOT_FOUND)
    plan.questions = [
        {**one, "settled_on": settled_on} if one is asked else one for one in plan.questions
    ]
    by.session.add(plan)
    by.session.flush()
    before = asked.get("settled_on")
    by.note(
        plan,
        "plan",
        before={"question": slug, "settled_on": before},
        after={"question": slug, "settled_on": settled_on},
    )
