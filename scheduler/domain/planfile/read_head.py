"""Reads the parts of a plan file that there is one of: municipality, plan and choices."""

from __future__ import annotations

from typing import Final
from zoneinfo import available_timezones

from scheduler.domain.enums import ClosedKind, PeriodKind
from scheduler.domain.language import Language
from scheduler.domain.planfile.choices import Choices
from scheduler.domain.planfile.entries import MunicipalityEntry, PlanEntry
from scheduler.domain.planfile.problem import ProblemCode
from scheduler.domain.planfile.table_reader import TableReader

__all__ = ["read_choices", "read_municipality", "read_plan"]

_OSLO: Final = "Europe/Oslo"


def read_municipality(table: TableReader) -> MunicipalityEntry:
    """Read [municipality]."""
    zone = table.text("timezone") or _OSLO
    if zone not in available_timezones():
        table.report(ProblemCode.BAD_TIMEZONE, "timezone", zone, _OSLO)
    entry = MunicipalityEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        number=table.text("number"),
        language=table.choice("language", Language) or Language.BOKMAL,
        timezone=zone,
        period=table.choice("period", PeriodKind) or PeriodKind.CALENDAR_YEAR,
    )
    if entry.number is not None and not (entry.number.isdecimal() and len(entry.number) == 4):
        table.report(ProblemCode.NOT_ALLOWED, "number", entry.number, "0301-5699")
    table.finish()
    return entry


def read_plan(table: TableReader) -> PlanEntry:
    """Read [plan]."""
    entry = PlanEntry(
        line=table.table.line,
        title=table.required_text("title"),
        adopted_on=table.day("adopted"),
        valid_until=table.day("valid_until"),
        owner=table.reference("owner"),
        shared_with=table.texts("shared_with"),
    )
    if entry.adopted_on and entry.valid_until and entry.valid_until <= entry.adopted_on:
        table.report(ProblemCode.WRONG_ORDER, "valid_until", str(entry.valid_until))
    table.finish()
    return entry


def read_choices(table: TableReader) -> Choices:
    """Read [choices]; what is left out keeps its default."""
    default = Choices()
    notice_days = table.number("notice_days", 0, 90)
    minutes_days = table.number("minutes_days", 0, 90)
    receives_days = table.number("receives_minutes_days", 0, 180)
    paper_days = table.number("council_paper_days", 0, 90)
    closed = table.choices("closed", ClosedKind)
    choices = Choices(
        notice_days=default.notice_days if notice_days is None else notice_days,
        minutes_days=default.minutes_days if minutes_days is None else minutes_days,
        receives_minutes_days=(
            default.receives_minutes_days if receives_days is None else receives_days
        ),
        meeting_minutes=table.number("meeting_minutes", 15, 600) or default.meeting_minutes,
        core_time=table.times("core_time") or default.core_time,
        revision_years=table.number("revision_years", 1, 12) or default.revision_years,
        yearly_due=table.month_and_day("yearly_due") or default.yearly_due,
        council_paper_days=default.council_paper_days if paper_days is None else paper_days,
        treated_within_days=(
            table.number("treated_within_days", 1, 366) or default.treated_within_days
        ),
        plan_owner=table.reference("plan_owner"),
        closed=default.closed if closed is None else closed,
        said=tuple(table.table.entries),
    )
    table.finish()
    return choices
