"""The answers that stand: what a person said of what the plan left open, to be seen and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlmodel import Session, col, select

from scheduler.domain.enums import SetBy
from scheduler.store.tables import AuditEvent, Forum, Measure, Position, RecurringDuty
from scheduler.usecases.open_questions.open_question import (
    LEVEL_IS_OPEN,
    OpenQuestion,
    QuestionKind,
)

__all__ = ["AnsweredQuestion", "answered_questions"]

_Said: TypeAlias = dict[tuple[str, int | None], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question with its answer: a level, a position's slug or a day (ISO 8601), by its kind.

    `position` is the title of the position that answers, where the answer is one.
    """

    question: OpenQuestion
    answer: str
    position: str | None = None


def answered_questions(session: Session, municipality_id: int) -> tuple[AnsweredQuestion, ...]:
    """Return the answers that stand: levels, who is responsible, and when a duty was last done.

    An answer that a later plan file has said something else about is none any more. For planners
    and administrators only: it names forums on case level (privacy rule 4).
    """
    said = _said(session, municipality_id)
    return (
        *_levels(session, municipality_id, said),
        *_of_duties(session, municipality_id, said),
        *_of_measures(session, municipality_id, said),
    )


def _said(session: Session, municipality_id: int) -> _Said:
    """Return the last answer about each row; only the log knows it from what the plan file says."""
    said: _Said = {}
    for event in session.exec(
        select(AuditEvent)
        .where(
            AuditEvent.municipality_id == municipality_id,
            AuditEvent.action == "plan_file.answered",
        )
        .order_by(col(AuditEvent.at), col(AuditEvent.id))
    ):
        said.setdefault((event.entity, event.entity_id), {}).update(event.after or {})
    return said


def _levels(session: Session, municipality_id: int, said: _Said) -> Iterator[AnsweredQuestion]:
    forums = session.exec(
        select(Forum)
        .where(Forum.municipality_id == municipality_id, col(Forum.retired_on).is_(None))
        .order_by(Forum.slug)
    )
    for forum in forums:
        answer = said.get(("forum", forum.id), {}).get("level")
        is_ours = forum.dates_set_by is SetBy.US and LEVEL_IS_OPEN not in forum.chosen
        if is_ours and answer == forum.level.value:
            yield AnsweredQuestion(question=_question(QuestionKind.LEVEL, forum), answer=answer)


def _of_duties(session: Session, municipality_id: int, said: _Said) -> Iterator[AnsweredQuestion]:
    rows = session.exec(
        select(RecurringDuty, Position)
        .outerjoin(Position, col(Position.id) == col(RecurringDuty.position_id))
        .where(
            RecurringDuty.municipality_id == municipality_id,
            col(RecurringDuty.retired_on).is_(None),
        )
        .order_by(RecurringDuty.slug)
    )
    for duty, position in rows:
        answers = said.get(("duty", duty.id), {})
        if position is not None and answers.get("position_id") == position.id:
            yield _position(_question(QuestionKind.RESPONSIBLE, duty), position)
        done_on = duty.last_done_on
        if done_on is not None and answers.get("last_done_on") == done_on.isoformat():
            yield AnsweredQuestion(
                question=_question(QuestionKind.LAST_DONE, duty), answer=done_on.isoformat()
            )


def _of_measures(session: Session, municipality_id: int, said: _Said) -> Iterator[AnsweredQuestion]:
    rows = session.exec(
        select(Measure, Position)
        .join(Position, col(Position.id) == col(Measure.position_id))
        .where(Measure.municipality_id == municipality_id, col(Measure.retired_on).is_(None))
        .order_by(Measure.slug)
    )
    for measure, position in rows:
        if said.get(("measure", measure.id), {}).get("position_id") == position.id:
            yield _position(_question(QuestionKind.EVALUATOR, measure), position)


def _position(question: OpenQuestion, position: Position) -> AnsweredQuestion:
    return AnsweredQuestion(question=question, answer=position.slug, position=position.title)


def _question(kind: QuestionKind, row: Forum | RecurringDuty | Measure) -> OpenQuestion:
    return OpenQuestion(kind=kind, slug=row.slug, name=row.name, source_lines=row.source_lines)
