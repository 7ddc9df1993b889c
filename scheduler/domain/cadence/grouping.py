"""Divides a sentence's parts into statements, each of which is one rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.domain.cadence.elements import (
    Amount,
    Clock,
    Day,
    Days,
    DaySpan,
    Deadline,
    Element,
    Fault,
    Found,
    Mark,
    MarkKind,
    Months,
    Offset,
    Parity,
    Period,
    SeasonAmount,
    Seasons,
    StatusDay,
    Weeks,
    Years,
)
from scheduler.domain.cadence.kinds import CadenceUnit

__all__ = ["Statement", "statements_of"]


@dataclass(slots=True)
class Statement:
    """The parts that together state one rhythm, in the order of the text."""

    parts: list[Found] = field(default_factory=list)

    def all(self, kind: type[Element]) -> list[Element]:
        """Every part of a kind."""
        return [part.element for part in self.parts if isinstance(part.element, kind)]

    def has(self, *kinds: type[Element]) -> bool:
        """Tell whether a part of one of the kinds is here."""
        return any(isinstance(part.element, kinds) for part in self.parts)

    def marks(self, kind: MarkKind) -> list[Mark]:
        """Every mark of a kind."""
        return [
            part.element
            for part in self.parts
            if isinstance(part.element, Mark) and part.element.kind is kind
        ]


def statements_of(found: Sequence[Found]) -> list[Statement]:
    """Divide the parts of one sentence; a part that contradicts the statement starts the next."""
    statements = [Statement()]
    for index, part in enumerate(found):
        following = found[index + 1].element if index + 1 < len(found) else None
        if _is_idle(found, index):
            continue
        if _starts_next(statements[-1], part, following) or _is_far(statements[-1], part):
            statements.append(Statement())
        statements[-1].parts.append(part)
    return [statement for statement in statements if statement.parts]


def _is_idle(found: Sequence[Found], index: int) -> bool:
    """Tell whether an "omtrent" stands beside nothing that it could be about."""
    part = found[index]
    if not isinstance(part.element, Mark) or part.element.kind is not MarkKind.APPROX:
        return False
    before = index > 0 and found[index - 1].after == part.first
    after = index + 1 < len(found) and found[index + 1].first <= part.after + 1
    return not (before or after)


_NEAR, _WITHIN_REACH = 8, 14
_MOST_PARTS = 32


def _is_far(now: Statement, part: Found) -> bool:
    """Tell whether too many other words stand between for the part to belong here."""
    if not now.parts:
        return False
    if len(now.parts) >= _MOST_PARTS:
        return True
    gap = part.first - now.parts[-1].after
    loose = isinstance(part.element, (Clock, Days, Amount, Period)) or (
        isinstance(part.element, Mark) and part.element.kind is MarkKind.DEMAND
    )
    return gap > (_WITHIN_REACH if loose else _NEAR)


_RHYTHM = (Amount, Period, Days, Parity, SeasonAmount)
_ANCHORED = (Offset, Deadline, StatusDay)


def _starts_next(now: Statement, part: Found, following: Element | None) -> bool:
    element = part.element
    if isinstance(element, Fault):
        return bool(now.parts)
    if now.has(Years) and now.has(Seasons, Months, Day, DaySpan) and isinstance(element, _RHYTHM):
        return True
    if now.has(Fault):
        return not isinstance(element, (Mark, Period))
    if now.has(Offset):
        return isinstance(element, (*_RHYTHM, *_ANCHORED))
    match element:
        case Amount():
            return _amount_starts(now, element, following)
        case Period():
            return _period_starts(now, element)
        case Days():
            return _days_start(now, element)
        case Parity():
            return any(other != element for other in now.all(Parity))
        case Offset() | StatusDay():
            return now.has(*_RHYTHM, *_ANCHORED)
        case Deadline():
            return now.has(Amount, Days, Parity, SeasonAmount, *_ANCHORED)
        case SeasonAmount():
            return now.has(Days, Parity, Deadline)
        case Day():
            return now.has(*_ANCHORED) and not now.has(Deadline)
        case Mark(kind=MarkKind.DEMAND):
            return _is_of_others(now)
        case _:
            return False


def _amount_starts(now: Statement, amount: Amount, following: Element | None) -> bool:
    if now.has(SeasonAmount):
        return not amount.article
    if now.has(Deadline, StatusDay):
        return not amount.article
    if now.has(Amount):
        return not amount.article or isinstance(following, Period)
    if now.has(Period, Days):
        return isinstance(following, Period) and not _same(now, following)
    return False


def _period_starts(now: Statement, period: Period) -> bool:
    """A second period is a container ("i semesteret") unless it makes a rhythm of its own."""
    if now.has(SeasonAmount):
        return period.unit is not CadenceUnit.YEAR
    if now.has(Deadline, StatusDay, Weeks, Months, Seasons, Day, DaySpan) and not now.has(
        Period, Amount
    ):
        return False
    if not now.has(Period):
        days = [days for days in now.all(Days) if isinstance(days, Days)]
        if any(d.every and not d.ordinals for d in days) and period.unit is not CadenceUnit.WEEK:
            return period.each
        return False
    if _same(now, period) or not period.each:
        return False
    last = now.parts[-1].element
    return not (isinstance(last, Days) and last.ordinals)


def _same(now: Statement, period: Period) -> bool:
    return any(
        isinstance(other, Period) and (other.unit, other.interval) == (period.unit, period.interval)
        for other in now.all(Period)
    )


def _days_start(now: Statement, days: Days) -> bool:
    if now.has(*_ANCHORED):
        return True
    others = [other for other in now.all(Days) if isinstance(other, Days)]
    if others and (days.named or any(other.named for other in others)):
        return True
    if not others:
        return (
            days.every
            and any(
                isinstance(p, Period) and p.each and p.unit is not CadenceUnit.WEEK
                for p in now.all(Period)
            )
            and not days.ordinals
        )
    if days.ordinals or any(other.ordinals for other in others):
        return True
    return now.has(Parity) or days.interval != others[-1].interval


def _is_of_others(now: Statement) -> bool:
    """Tell whether it is someone's attendance that is as needed ("PPT deltar ved behov")."""
    if not now.has(*_RHYTHM) or not now.marks(MarkKind.ATTEND):
        return False
    rhythm = max(i for i, part in enumerate(now.parts) if isinstance(part.element, _RHYTHM))
    return any(
        isinstance(part.element, Mark) and part.element.kind is MarkKind.ATTEND
        for part in now.parts[rhythm + 1 :]
    )
