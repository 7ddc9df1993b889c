"""The rounds of what the plan and the law ask for in a rhythm, as duties of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.cadence import CadenceKind, from_json
from scheduler.domain.council import CouncilDay, ReportDay, meetings_of_body, report_days
from scheduler.domain.enums import DutyKind, MeetingState
from scheduler.domain.periods import Period
from scheduler.domain.planfile import Choices
from scheduler.domain.rounds import round_dates
from scheduler.domain.workdays import WorkingDays
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    RecurringDuty,
    YearPlan,
)
from scheduler.usecases.reminders.recipients import owner_of

__all__ = ["Round", "rounds_of_year"]

_DEFAULT_DUE = "11-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: what it is about (`subject` is a slug), when, and who answers for it.

    `round_on` is the day of the rhythm, which names the round. `due_on` is the same day but for a
    report to the council, which is due before the meeting that treats it (`treated`).
    """

    kind: DutyKind
    subject: str
    round_on: date
    due_on: date
    position_id: int | None
    leader_position_id: int | None
    recurring_duty_id: int | None = None
    service_id: int | None = None
    measure_id: int | None = None
    forum_id: int | None = None
    meeting_id: int | None = None
    treated: CouncilDay | None = None

    @property
    def key(self) -> str:
        """Return what names the duty of this round within its municipality."""
        return f"{self.kind.value}:{self.subject}:{self.round_on.isoformat()}"


def rounds_of_year(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    days: WorkingDays,
    council: Sequence[CouncilDay],
) -> list[Round]:
    """Return every round due in the period, the overdue ones too, in a fixed order.

    `council` are the meetings of elected bodies that reports are counted back from.
    """
    owner_id = owner_of(session, id_of(municipality))
    reader = _Reader(session, municipality, period, owner_id, days, council)
    return [*reader.duties(), *reader.evaluations()]


class _Reader:
    def __init__(
        self,
        session: Session,
        municipality: Municipality,
        period: Period,
        owner_id: int | None,
        days: WorkingDays,
        council: Sequence[CouncilDay],
    ) -> None:
        self._session = session
        self._municipality = municipality
        self._period = period
        self._owner_id = owner_id
        self._days = days
        self._council = council
        month, day = municipality.choices.get("yearly_due", _DEFAULT_DUE).split("-")
        self._yearly = (int(month), int(day))

    def duties(self) -> Iterator[Round]:
        rows = self._session.exec(
            select(RecurringDuty)
            .where(
                RecurringDuty.municipality_id == id_of(self._municipality),
                col(RecurringDuty.retired_on).is_(None),
                col(RecurringDuty.switched_off_because).is_(None),
            )
            .order_by(RecurringDuty.slug)
        )
        for row in rows:
            if row.kind is DutyKind.FORUM_ITEM:
                yield from self._item_in_meetings(row)
                continue
            for one in self._report_days(row):
                yield from self._rounds(row, one)

    def evaluations(self) -> Iterator[Round]:
        rows = self._session.exec(
            select(Measure)
            .where(
                Measure.municipality_id == id_of(self._municipality),
                col(Measure.retired_on).is_(None),
            )
            .order_by(Measure.slug)
        )
        for row in rows:
            if row.evaluation_cadence is None:
                continue
            found = round_dates(
                from_json(row.evaluation_cadence),
                self._period,
                due_on=self._yearly,
                last_done_on=None,
            )
            for due_on in found.dates:
                yield Round(
                    kind=DutyKind.EVALUATION,
                    subject=row.slug,
                    round_on=due_on,
                    due_on=due_on,
                    position_id=row.position_id,
                    leader_position_id=self._owner_id,
                    measure_id=id_of(row),
                )

    def _report_days(self, row: RecurringDuty) -> Iterable[ReportDay]:
        if row.cadence is None:
            return ()
        month, day = self._yearly
        cadence = from_json(row.cadence)
        dates = round_dates(
            cadence,
            self._period,
            due_on=(row.due_month or month, row.due_day or day),
            last_done_on=row.last_done_on,
        ).dates
        if row.kind is not DutyKind.COUNCIL_REPORT:
            return [ReportDay(one, one) for one in dates]
        choices = self._municipality.choices
        return report_days(
            dates,
            meetings_of_body(self._council, row.reports_to),
            # Several rounds a year end each its part of the year, which is a day of its own.
            has_own_day=row.due_month is not None
            or cadence.kind is CadenceKind.DEADLINE
            or len(dates) > 1,
            paper_days=choices.get("council_paper_days", Choices().council_paper_days),
            days=self._days,
            period=self._period,
        )

    def _rounds(self, row: RecurringDuty, one: ReportDay) -> Iterator[Round]:
        if not row.per_service:
            yield Round(
                kind=row.kind,
                subject=row.slug,
                round_on=one.round_on,
                due_on=one.due_on,
                treated=one.treated,
                position_id=row.position_id or self._owner_id,
                leader_position_id=self._owner_id,
                recurring_duty_id=id_of(row),
                forum_id=row.forum_id,
            )
            return
        services = self._session.exec(
            select(MunicipalService)
            .where(
                MunicipalService.municipality_id == id_of(self._municipality),
                col(MunicipalService.retired_on).is_(None),
            )
            .order_by(MunicipalService.slug)
        )
        for service in services:
            yield Round(
                kind=row.kind,
                subject=f"{row.slug}.{service.slug}",
                round_on=one.round_on,
                due_on=one.due_on,
                treated=one.treated,
                position_id=service.leader_position_id,
                leader_position_id=self._owner_id,
                recurring_duty_id=id_of(row),
                service_id=id_of(service),
            )

    def _item_in_meetings(self, row: RecurringDuty) -> Iterator[Round]:
        """Yield the item inside the forum's first meetings of the period, as many as it asks for.

        "Once a year" is one meeting, "3-4 times" is all of up to four.
        """
        cadence = from_json(row.cadence) if row.cadence else None
        wanted = 1 if cadence is None else cadence.count_max or cadence.count_min or 1
        meetings = self._session.exec(
            select(Meeting)
            .join(YearPlan)
            .where(
                Meeting.forum_id == row.forum_id,
                YearPlan.period == self._period.label,
                Meeting.state != MeetingState.CANCELLED,
            )
            .order_by(col(Meeting.held_on))
            .limit(wanted)
        )
        for meeting in meetings:
            yield Round(
                kind=row.kind,
                subject=f"{row.slug}.{meeting.number}",
                round_on=meeting.held_on,
                due_on=meeting.held_on,
                position_id=row.position_id or self._owner_id,
                leader_position_id=self._owner_id,
                recurring_duty_id=id_of(row),
                forum_id=row.forum_id,
                meeting_id=id_of(meeting),
            )
