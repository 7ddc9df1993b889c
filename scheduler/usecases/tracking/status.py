"""Everything the plan asks for in a period, dated or not, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.periods import Period
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Duty,
    Forum,
    ForumLink,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Plan,
    Position,
    RecurringDuty,
    Unit,
    YearPlan,
)
from scheduler.usecases.open_questions import hangs_on_the_last_time, lacks_rhythm
from scheduler.usecases.tracking.status_row import Status, StatusRow

__all__ = ["municipality_status"]

_Named = TypeVar("_Named", Forum, Measure, MunicipalService, Position, RecurringDuty, Unit)


def municipality_status(session: Session, municipality: Municipality, period: Period) -> Status:
    """Return the dated duties of the period first, then everything else the plan holds.

    For whoever runs the installation: case-level forums are in it, with their dates counted and
    never shown.
    """
    reader = _Reader(session, id_of(municipality), period)
    return Status(
        municipality=municipality.slug,
        period=period.label,
        rows=(
            *reader.duties(),
            *reader.forums(),
            *reader.links(),
            *reader.returning(),
            *reader.measures(),
            *reader.rules(),
            *reader.questions(),
        ),
    )


class _Reader:
    def __init__(self, session: Session, municipality_id: int, period: Period) -> None:
        self._session = session
        self._municipality_id = municipality_id
        self._period = period

    def duties(self) -> Iterator[StatusRow]:
        forums, services = self._all(Forum), self._all(MunicipalService)
        measures, returning = self._all(Measure), self._all(RecurringDuty)
        units, positions = self._all(Unit), self._all(Position)
        for duty in self._session.exec(
            select(Duty)
            .where(
                Duty.municipality_id == self._municipality_id,
                Duty.period == self._period.label,
            )
            .order_by(col(Duty.due_on), col(Duty.uid))
        ):
            forum, service = forums.get(duty.forum_id), services.get(duty.service_id)
            unit, position = units.get(duty.unit_id), positions.get(duty.position_id)
            named = (
                returning.get(duty.recurring_duty_id),
                measures.get(duty.measure_id),
                service,
                forum,
            )
            yield StatusRow(
                id=id_of(duty),
                kind=duty.kind.value,
                name=next((one.name for one in named if one), ""),
                forum=forum.slug if forum else None,
                service=service.slug if service else None,
                unit=unit.slug if unit else None,
                due_on=duty.due_on,
                state=duty.state.value,
                position=position.slug if position else None,
                done_at=duty.done_at,
            )

    def forums(self) -> Iterator[StatusRow]:
        planned = self._meetings_by_forum()
        for forum in self._session.exec(
            select(Forum)
            .where(Forum.municipality_id == self._municipality_id, col(Forum.retired_on).is_(None))
            .order_by(Forum.slug)
        ):
            count = planned.get(id_of(forum), 0)
            undated = "no_rhythm" if lacks_rhythm(forum.cadence) else "not_planned"
            yield StatusRow(
                id=None,
                kind="forum",
                name=forum.name,
                forum=forum.slug,
                state="planned" if count else undated,
                words=forum.rhythm_words,
                lines=forum.source_lines,
                count=count,
            )

    def links(self) -> Iterator[StatusRow]:
        slugs = {
            id_of(forum): forum.slug
            for forum in self._session.exec(
                select(Forum).where(Forum.municipality_id == self._municipality_id)
            )
        }
        for link in self._session.exec(
            select(ForumLink)
            .where(ForumLink.municipality_id == self._municipality_id)
            .order_by(col(ForumLink.id))
        ):
            yield StatusRow(
                id=None,
                kind="link",
                name=f"{slugs[link.to_forum_id]} {link.kind.value} {slugs[link.from_forum_id]}",
                forum=slugs[link.to_forum_id],
                state="rule",
                words=link.words,
                lines=link.source_lines,
            )

    def returning(self) -> Iterator[StatusRow]:
        dated = set(
            self._session.exec(
                select(Duty.recurring_duty_id).where(
                    Duty.municipality_id == self._municipality_id,
                    Duty.period == self._period.label,
                )
            )
        )
        for row, position in self._session.exec(
            select(RecurringDuty, Position.slug)
            .outerjoin(Position, col(Position.id) == col(RecurringDuty.position_id))
            .where(
                RecurringDuty.municipality_id == self._municipality_id,
                col(RecurringDuty.retired_on).is_(None),
            )
            .order_by(RecurringDuty.slug)
        ):
            yield StatusRow(
                id=None,
                kind=row.kind.value,
                name=row.name,
                state=_state_of(row, dated=row.id in dated),
                position=position,
                words=row.rhythm_words,
                lines=row.source_lines,
            )

    def measures(self) -> Iterator[StatusRow]:
        dated = set(
            self._session.exec(
                select(Duty.measure_id).where(
                    Duty.municipality_id == self._municipality_id,
                    Duty.period == self._period.label,
                )
            )
        )
        for row, position in self._session.exec(
            select(Measure, Position.slug)
            .outerjoin(Position, col(Position.id) == col(Measure.position_id))
            .where(
                Measure.municipality_id == self._municipality_id,
                col(Measure.retired_on).is_(None),
            )
            .order_by(Measure.slug)
        ):
            yield StatusRow(
                id=None,
                kind="measure",
                name=row.name,
                state=row.status or "rule",
                position=position,
                words=row.rhythm_words,
                lines=row.source_lines,
            )
            if row.evaluation_words is not None:
                yield StatusRow(
                    id=None,
                    kind="evaluation",
                    name=row.name,
                    state="planned" if row.id in dated else _undated(row.evaluation_cadence),
                    position=position,
                    words=row.evaluation_words,
                    lines=row.source_lines,
                )

    def rules(self) -> Iterator[StatusRow]:
        plan = self._plan()
        for rule in plan.rules if plan else []:
            yield StatusRow(
                id=None,
                kind="rule",
                name=rule["name"],
                state="rule",
                words=rule["text"],
                lines=rule["source_lines"],
            )

    def questions(self) -> Iterator[StatusRow]:
        plan = self._plan()
        for question in plan.questions if plan else []:
            yield StatusRow(
                id=None,
                kind="question",
                name=question["text"],
                forum=question.get("about"),
                state="open" if question.get("settled_on") is None else "settled",
                lines=question["source_lines"],
            )

    def _plan(self) -> Plan | None:
        return self._session.exec(
            select(Plan).where(Plan.municipality_id == self._municipality_id)
        ).one_or_none()

    def _all(self, table: type[_Named]) -> dict[int | None, _Named]:
        rows = self._session.exec(
            select(table).where(table.municipality_id == self._municipality_id)
        )
        return {row.id: row for row in rows}

    def _meetings_by_forum(self) -> dict[int, int]:
        counted: dict[int, int] = {}
        for forum_id in self._session.exec(
            select(Meeting.forum_id)
            .join(YearPlan)
            .where(
                YearPlan.municipality_id == self._municipality_id,
                YearPlan.period == self._period.label,
                Meeting.state != MeetingState.CANCELLED,
            )
        ):
            counted[forum_id] = counted.get(forum_id, 0) + 1
        return counted


def _state_of(row: RecurringDuty, *, dated: bool) -> str:
    if row.switched_off_because is not None:
        return "switched_off"
    if dated:
        return "planned"
    undated = _undated(row.cadence)
    if undated == "no_rhythm":
        return undated
    if row.last_done_on is None and hangs_on_the_last_time(row.cadence):
        return "unknown_last_done"
    return undated


def _undated(cadence: dict[str, Any] | None) -> str:
    returns = cadence is not None and cadence.get("kind") == "recurrence"
    return "not_planned" if returns else "no_rhythm"
