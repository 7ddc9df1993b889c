"""What a loaded plan leaves open: asked at first run, and until somebody has answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlmodel import Session, col, select

from scheduler.domain.cadence import CadenceKind, from_json
from scheduler.domain.enums import Function, MinutesRule, SetBy
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    ClosedPeriod,
    Forum,
    Measure,
    MunicipalService,
    Plan,
    RecurringDuty,
    Seat,
)
from scheduler.usecases.year.council_days import years_without_council

__all__ = [
    "LEVEL_IS_OPEN",
    "NO_RHYTHM",
    "OpenQuestion",
    "QuestionKind",
    "hangs_on_the_last_time",
    "lacks_rhythm",
    "open_questions",
]

LEVEL_IS_OPEN: Final = "level_open"
"""Stands in a forum's `chosen` until a person has decided its level (privacy rule 3)."""

NO_RHYTHM: Final = frozenset({CadenceKind.UNKNOWN, CadenceKind.VAGUE})
"""The kinds of a cadence from which no date follows until a person has chosen a rhythm."""

_CONVENES = frozenset(
    {
        Function.CONVENER,
        Function.SECRETARY,
        Function.CHAIR,
        Function.LEADER,
        Function.COORDINATOR,
    }
)
_WRITES = frozenset({Function.MINUTE_TAKER, Function.SECRETARY})


class QuestionKind(StrEnum):
    """What is asked for."""

    PLAN = "plan"
    OWNER = "owner"
    ADOPTED = "adopted"
    LEVEL = "level"
    RHYTHM = "rhythm"
    UNITS = "units"
    CONVENER = "convener"
    MINUTE_TAKER = "minute_taker"
    SERVICE_LEADER = "service_leader"
    RESPONSIBLE = "responsible"
    EVALUATOR = "evaluator"
    LAST_DONE = "last_done"
    CLOSED = "closed"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """One question. `slug` names the forum, duty, measure, service, period or question it is about;
    for `COUNCIL` both `slug` and `name` are the year without the council's dates.

    `name` is its name as people know it, or for `PLAN` the question itself, which is then `about` a
    forum by its name, or None for the whole plan.
    """

    kind: QuestionKind
    slug: str
    name: str
    source_lines: str | None = None
    about: str | None = None


def open_questions(
    session: Session, municipality_id: int, *, today: date
) -> tuple[OpenQuestion, ...]:
    """Return everything that is not settled, the plan first, then forums, duties and days.

    For planners and administrators only: it names forums on case level (privacy rule 4).
    """
    return (
        *_of_plan(session, municipality_id),
        *_of_forums(session, municipality_id),
        *_of_services(session, municipality_id),
        *_of_duties(session, municipality_id),
        *_of_measures(session, municipality_id),
        *_of_closed_periods(session, municipality_id, today),
        *(
            OpenQuestion(kind=QuestionKind.COUNCIL, slug=label, name=label)
            for label in years_without_council(session, municipality_id, today=today)
        ),
    )


def lacks_rhythm(cadence: dict[str, Any] | None) -> bool:
    """Tell whether a stored cadence is none, or one that a person must choose a rhythm for."""
    return cadence is None or from_json(cadence).kind in NO_RHYTHM


def hangs_on_the_last_time(cadence: dict[str, Any] | None) -> bool:
    """Tell whether a stored cadence needs the day it was last done, which its words do not say."""
    if cadence is None:
        return False
    read = from_json(cadence)
    return read.needs_anchor and read.last_year is None and read.next_year is None


def _of_plan(session: Session, municipality_id: int) -> Iterator[OpenQuestion]:
    plan = session.exec(select(Plan).where(Plan.municipality_id == municipality_id)).one_or_none()
    if plan is None:
        return
    if plan.owner_position_id is None:
        yield OpenQuestion(kind=QuestionKind.OWNER, slug="plan", name=plan.title)
    if plan.adopted_on is None:
        yield OpenQuestion(kind=QuestionKind.ADOPTED, slug="plan", name=plan.title)
    forums = select(Forum.slug, Forum.name).where(Forum.municipality_id == municipality_id)
    names: dict[str | None, str] = dict(session.exec(forums).all())
    for question in plan.questions:
        if question.get("settled_on") is None:
            yield OpenQuestion(
                kind=QuestionKind.PLAN,
                slug=question["slug"],
                name=question["text"],
                source_lines=question["source_lines"],
                about=names.get(question.get("about")),
            )


def _of_forums(session: Session, municipality_id: int) -> Iterator[OpenQuestion]:
    functions: dict[int, set[Function]] = {}
    for forum_id, function in session.exec(
        select(Seat.forum_id, col(Seat.function))
        .join(Forum)
        .where(Forum.municipality_id == municipality_id, col(Seat.retired_on).is_(None))
    ):
        functions.setdefault(forum_id, set()).add(Function(function))
    forums = session.exec(
        select(Forum)
        .where(Forum.municipality_id == municipality_id, col(Forum.retired_on).is_(None))
        .order_by(Forum.slug)
    )
    for forum in forums:
        if forum.dates_set_by is SetBy.US:
            for kind in _open_in(forum, functions.get(id_of(forum), set())):
                yield OpenQuestion(
                    kind=kind, slug=forum.slug, name=forum.name, source_lines=forum.source_lines
                )


def _open_in(forum: Forum, functions: set[Function]) -> Iterator[QuestionKind]:
    if LEVEL_IS_OPEN in forum.chosen:
        yield QuestionKind.LEVEL
    if lacks_rhythm(forum.cadence):
        yield QuestionKind.RHYTHM
    if forum.per_unit is not None and not forum.units:
        yield QuestionKind.UNITS
    if not functions & _CONVENES:
        yield QuestionKind.CONVENER
    # On case level minutes are a duty only where the plan itself names who writes them.
    writes_minutes = forum.minutes_rule is MinutesRule.ALWAYS and not forum.level.is_case
    if writes_minutes and not functions & _WRITES:
        yield QuestionKind.MINUTE_TAKER


def _of_services(session: Session, municipality_id: int) -> Iterator[OpenQuestion]:
    rows = session.exec(
        select(MunicipalService)
        .where(
            MunicipalService.municipality_id == municipality_id,
            col(MunicipalService.retired_on).is_(None),
            col(MunicipalService.leader_position_id).is_(None),
        )
        .order_by(MunicipalService.slug)
    )
    for row in rows:
        yield OpenQuestion(kind=QuestionKind.SERVICE_LEADER, slug=row.slug, name=row.name)


def _of_duties(session: Session, municipality_id: int) -> Iterator[OpenQuestion]:
    rows = session.exec(
        select(RecurringDuty)
        .where(
            RecurringDuty.municipality_id == municipality_id,
            col(RecurringDuty.retired_on).is_(None),
            col(RecurringDuty.switched_off_because).is_(None),
        )
        .order_by(RecurringDuty.slug)
    )
    for row in rows:
        if row.position_id is None and not row.per_service:
            yield OpenQuestion(
                kind=QuestionKind.RESPONSIBLE,
                slug=row.slug,
                name=row.name,
                source_lines=row.source_lines,
            )
        if row.last_done_on is None and hangs_on_the_last_time(row.cadence):
            yield OpenQuestion(
                kind=QuestionKind.LAST_DONE,
                slug=row.slug,
                name=row.name,
                source_lines=row.source_lines,
            )


def _of_measures(session: Session, municipality_id: int) -> Iterator[OpenQuestion]:
    rows = session.exec(
        select(Measure)
        .where(
            Measure.municipality_id == municipality_id,
            col(Measure.retired_on).is_(None),
            col(Measure.evaluation_words).is_not(None),
            col(Measure.position_id).is_(None),
        )
        .order_by(Measure.slug)
    )
    for row in rows:
        yield OpenQuestion(
            kind=QuestionKind.EVALUATOR,
            slug=row.slug,
            name=row.name,
            source_lines=row.source_lines,
        )


def _of_closed_periods(
    session: Session, municipality_id: int, today: date
) -> Iterator[OpenQuestion]:
    rows = session.exec(
        select(ClosedPeriod)
        .where(
            ClosedPeriod.municipality_id == municipality_id,
            col(ClosedPeriod.confirmed).is_(False),
            ClosedPeriod.ends_on >= today,
        )
        .order_by(col(ClosedPeriod.starts_on), ClosedPeriod.slug)
    )
    for row in rows:
        yield OpenQuestion(kind=QuestionKind.CLOSED, slug=row.slug, name=row.name)
