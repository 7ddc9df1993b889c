"""Answers what a loaded plan left open; each answer is the municipality's choice and is logged."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import ForumLevel
from scheduler.domain.errors import AarshjulError
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Measure, Position, RecurringDuty
from scheduler.usecases.feeds.printed import end_closed_addresses
from scheduler.usecases.feeds.reworded import rewording
from scheduler.usecases.feeds.sweep import forget_closed
from scheduler.usecases.open_questions.open_question import LEVEL_IS_OPEN

__all__ = [
    "AnswerError",
    "AnswerRefusal",
    "Answerer",
    "assign_duty",
    "assign_measure",
    "decide_level",
    "note_last_done",
]

_Row = TypeVar("_Row", bound=SQLModel)


class AnswerRefusal(StrEnum):
    """Why an answer cannot be taken."""

    NOT_FOUND = "not_found"
    THE_PLAN_SAYS = "the_plan_says"
    IN_THE_FUTURE = "in_the_future"


class AnswerError(AarshjulError):
    """An answer that cannot be taken."""

    def __init__(self, refusal: AnswerRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Answerer:
    """A person who answers for one municipality, and the moment (aware)."""

    def __init__(
        self, session: Session, municipality_id: int, *, now: datetime, actor_id: int | None
    ) -> None:
        self.session = session
        self.municipality_id = municipality_id
        self.now = now
        self.actor_id = actor_id

    def one(self, table: type[_Row], slug: str) -> _Row:
        """Return the municipality's own row of that slug.

        Raises:
            AnswerError: there is none.
        """
        columns: Any = table
        row = self.session.exec(
            select(table).where(
                columns.municipality_id == self.municipality_id, columns.slug == slug
            )
        ).one_or_none()
        if row is None:
            raise AnswerError(AnswerRefusal.NOT_FOUND)
        return row

    def change(self, row: Any, entity: str, **values: Any) -> None:
        """Change columns of a row, and write in the log from what to what."""
        before = {column: _plain(getattr(row, column)) for column in values}
        for column, value in values.items():
            setattr(row, column, value)
        self.session.add(row)
        self.session.flush()
        after = {column: _plain(value) for column, value in values.items()}
        self.note(row, entity, before=before, after=after)

    def note(self, row: Any, entity: str, *, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Write in the log what an answer about a row was, and what it is."""
        self.session.add(
            AuditEvent(
                at=self.now,
                municipality_id=self.municipality_id,
                person_id=self.actor_id,
                action="plan_file.answered",
                entity=entity,
                entity_id=id_of(row),
                before=before,
                after=after,
            )
        )


def decide_level(by: Answerer, forum_slug: str, level: ForumLevel) -> None:
    """Decide whether a forum speaks of single cases, where the plan is unclear.

    Raises:
        AnswerError: the plan says it clearly; then only a new plan file changes it.
    """
    forum = by.one(Forum, forum_slug)
    if not {LEVEL_IS_OPEN, "level"} & set(forum.chosen):
        raise AnswerError(AnswerRefusal.THE_PLAN_SAYS)
    chosen = {*forum.chosen, "level"} - {LEVEL_IS_OPEN}
    values: dict[str, Any] = {"level": level, "chosen": sorted(chosen)}
    if level.is_case:
        # A forum on case level has no agenda and no description (privacy rule 1).
        values |= {"agenda": [], "mandate": None}
    with rewording(by.session, by.municipality_id, now=by.now):
        by.change(forum, "forum", **values)
    if level.is_case:
        end_closed_addresses(by.session, by.municipality_id, now=by.now)
        forget_closed(by.session, by.municipality_id)


def assign_duty(by: Answerer, duty_slug: str, position_slug: str) -> None:
    """Make a position responsible for a duty; raises `AnswerError` if one is not in use."""
    position = _position_in_use(by, position_slug)
    by.change(by.one(RecurringDuty, duty_slug), "duty", position_id=id_of(position))


def assign_measure(by: Answerer, measure_slug: str, position_slug: str) -> None:
    """Make a position answer for a measure's evaluation; raises `AnswerError` unless in use."""
    position = _position_in_use(by, position_slug)
    by.change(by.one(Measure, measure_slug), "measure", position_id=id_of(position))


def note_last_done(by: Answerer, duty_slug: str, on: date, *, today: date) -> None:
    """Note when a duty with an interval of years was last done.

    Raises:
        AnswerError: there is no such duty, or the day has not come.
    """
    if on > today:
        raise AnswerError(AnswerRefusal.IN_THE_FUTURE)
    by.change(by.one(RecurringDuty, duty_slug), "duty", last_done_on=on)


def _position_in_use(by: Answerer, slug: str) -> Position:
    position = by.one(Position, slug)
    # The first day without it is the day on which it was retired.
    if position.retired_on is not None and position.retired_on <= today_of(by.now):
        raise AnswerError(AnswerRefusal.NOT_FOUND)
    return position


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value
