"""Adds what colours a rhythm: need, time of day, how binding, what it is for."""

from __future__ import annotations

from scheduler.domain.cadence.draft import Draft
from scheduler.domain.cadence.elements import (
    Amount,
    Bound,
    BoundKind,
    Clock,
    Days,
    Duration,
    Exclusion,
    Found,
    Mark,
    MarkKind,
    Offset,
    Parity,
    Period,
    SeasonAmount,
)
from scheduler.domain.cadence.kinds import CadenceKind
from scheduler.domain.cadence.problems import Ambiguity
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["add_colours"]

_RHYTHM = (Amount, Period, Days, Parity, SeasonAmount)


def add_colours(draft: Draft, kind: CadenceKind) -> None:
    """Fill in every value that stands beside the rhythm itself."""
    _add_need(draft, kind)
    _add_times(draft)
    _add_exceptions(draft)
    _add_words(draft, kind)


def _add_need(draft: Draft, kind: CadenceKind) -> None:
    """Whether a slot is used only if needed, or more meetings come on demand."""
    if kind not in (CadenceKind.RECURRENCE, CadenceKind.PATTERN, CadenceKind.WINDOW):
        return
    parts = draft.statement.parts
    demands = [
        p for p in parts if isinstance(p.element, Mark) and p.element.kind is MarkKind.DEMAND
    ]
    for demand in demands:
        if _is_extra(draft, demand):
            draft.values["on_demand_extra"] = True
        else:
            draft.values["on_demand"] = True
            draft.doubt(Ambiguity.SLOT_ONLY_IF_NEEDED)


def _is_extra(draft: Draft, demand: Found) -> bool:
    """ "og ved behov", "oftere ved behov", "ved behov, men minst to": more on demand."""
    parts = draft.statement.parts
    rhythm = [p for p in parts if isinstance(p.element, _RHYTHM)]
    before = [p for p in rhythm if p.first < demand.first]
    words = draft.words
    if not before:
        return _has_floor(draft) or words.has_any(demand.after, Sort.AND)
    between = range(before[-1].after, demand.first)
    if any(words.has_any(i, Sort.EXTRA, Sort.AND, Sort.OR, Sort.OR_MORE) for i in between):
        return True
    return any(
        words.has(i, Sort.EXTRA) for i in range(demand.after, demand.after + 3)
    ) and not words.has(demand.after, Sort.BREAK)


def _has_floor(draft: Draft) -> bool:
    return any(a.low is not None and a.high is None for a in draft.all(Amount)) or any(
        bound.kind is BoundKind.MIN for bound in draft.all(Bound)
    )


def _add_times(draft: Draft) -> None:
    for clock in draft.all(Clock):
        if clock.ranges:
            draft.values["time_ranges"] = (*draft.values.get("time_ranges", ()), *clock.ranges)
        if clock.start is not None:
            draft.values.setdefault("time_start", clock.start)
        if clock.end is not None:
            draft.values.setdefault("time_end", clock.end)
    duration = draft.first(Duration)
    if duration is not None:
        draft.values["duration"] = duration.minutes
    for mark in draft.statement.marks(MarkKind.PART_OF_DAY)[:1]:
        draft.values.setdefault("part_of_day", mark.value)
    for days in draft.all(Days):
        if days.part_of_day is not None:
            draft.values.setdefault("part_of_day", days.part_of_day)


def _add_exceptions(draft: Draft) -> None:
    for exclusion in draft.all(Exclusion):
        if exclusion.months:
            draft.values["except_months"] = exclusion.months
        if exclusion.weeks:
            draft.values["except_weeks"] = exclusion.weeks
        if exclusion.holidays:
            draft.values["except_holidays"] = True


_TEXTS = {
    MarkKind.MODAL: "modality",
    MarkKind.WHAT: "what",
    MarkKind.CASE: "level",
    MarkKind.REFERENCE: "ref",
    MarkKind.TOTAL: "total_occurrences",
}
_FLAGS = {MarkKind.ADJUST: "adjustable", MarkKind.FIXED: "fixed"}


def _add_words(draft: Draft, kind: CadenceKind) -> None:
    values = draft.values
    for mark_kind, key in _TEXTS.items():
        for mark in draft.statement.marks(mark_kind)[:1]:
            values.setdefault(key, mark.value)
    for mark_kind, key in _FLAGS.items():
        if draft.has_mark(mark_kind):
            values[key] = True
    if draft.has_mark(MarkKind.APPROX) and kind is not CadenceKind.VAGUE:
        values["approx"] = True
    for mark in draft.statement.marks(MarkKind.PER_UNIT)[:1]:
        values["per"] = mark.value if isinstance(mark.value, str) else "unit"
    if draft.has_mark(MarkKind.CONTINUOUS) and kind is CadenceKind.RECURRENCE:
        values["activity"] = "continuous"
    if draft.has_mark(MarkKind.HOLIDAY) and kind is not CadenceKind.DEADLINE:
        values["school_holidays"] = True
    for mark in draft.statement.marks(MarkKind.ANCHOR)[:1]:
        key = "starts_after" if kind is CadenceKind.RECURRENCE else "anchor"
        values.setdefault(key, str(mark.value))
    if draft.first(Offset) is None:
        for mark in draft.statement.marks(MarkKind.TASK)[:1]:
            values.setdefault("task", mark.value)
