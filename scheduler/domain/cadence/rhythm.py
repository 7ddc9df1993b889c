"""Reads how often: unit, interval, count and the days that are bound to them."""

from __future__ import annotations

from scheduler.domain.cadence.draft import Draft
from scheduler.domain.cadence.elements import (
    Amount,
    Bound,
    BoundKind,
    Day,
    Days,
    MarkKind,
    MonthlyDay,
    Months,
    OrdinalWeek,
    Parity,
    Period,
    SeasonAmount,
    Seasons,
    Weeks,
)
from scheduler.domain.cadence.kinds import CadenceUnit, Season
from scheduler.domain.cadence.problems import Ambiguity

__all__ = ["states_rhythm"]


def states_rhythm(draft: Draft) -> bool:
    """Fill in a recurrence and tell whether the statement is one."""
    return (
        _by_ordinal_day(draft)
        or _by_ordinal_week(draft)
        or _by_period(draft)
        or _by_season(draft)
        or _by_parity(draft)
        or _by_days(draft)
        or _by_monthly_day(draft)
    )


def _by_ordinal_day(draft: Draft) -> bool:
    """ "første mandag i måneden", "siste torsdag i august og mars"."""
    days = next((d for d in draft.all(Days) if d.ordinals), None)
    if days is None:
        return False
    period = _main_period(draft)
    if period is not None and period.unit in (CadenceUnit.DAY, CadenceUnit.WEEK):
        period = None
    if days.every and days.interval > 1 and (period is None or period.interval > 1):
        return False
    months = draft.first(Months)
    if period is not None:
        unit, interval = period.unit, period.interval
    elif months is not None:
        unit, interval = CadenceUnit.YEAR, 1
        if not months.every:
            draft.doubt(Ambiguity.YEAR_IMPLIED)
    else:
        unit, interval = CadenceUnit.MONTH, 1
        if not days.every:
            draft.doubt(Ambiguity.MONTH_IMPLIED)
    count = len(days.ordinals) * (1 if days.either else len(days.days))
    if unit is CadenceUnit.YEAR and months is not None and not months.span:
        count *= len(months.months)
    _set(draft, unit, interval, count)
    _set_ordinals(draft, days.ordinals)
    _set_days(draft, days)
    return True


def _by_ordinal_week(draft: Draft) -> bool:
    week = draft.first(OrdinalWeek)
    if week is None:
        return False
    period = _main_period(draft)
    months = draft.first(Months)
    if period is not None and period.unit is not CadenceUnit.WEEK:
        unit, interval = period.unit, period.interval
    else:
        unit, interval = (CadenceUnit.MONTH if months is None else CadenceUnit.YEAR), 1
    days = draft.first(Days)
    count = len(week.ordinals) * (len(days.days) if days is not None and not days.either else 1)
    _set(draft, unit, interval, count)
    _set_ordinals(draft, week.ordinals)
    draft.values["ordinal_of_week"] = True
    if days is not None:
        _set_days(draft, days)
    return True


def _by_period(draft: Draft) -> bool:
    """ "2-3 ganger pr år", "hver uke", "månedlig på torsdager"."""
    period = _main_period(draft)
    if period is None:
        return False
    counted = draft.all(Amount)
    bounded = draft.all(Bound) and period.unit is not None
    if not period.each and not counted and not bounded and not _stands_alone(draft, period):
        return False
    unit, interval = period.unit, period.interval
    days = _merged_days(draft)
    months = draft.first(Months)
    count = 1
    if days is not None:
        if unit is CadenceUnit.DAY:
            unit, interval = CadenceUnit.WEEK, 1
        if unit is CadenceUnit.WEEK:
            interval = max(interval, days.interval)
            count = 1 if days.either else len(days.days)
        if days.named and not days.every:
            days = None
            count = 1
    elif unit is CadenceUnit.YEAR and months is not None and not months.span:
        count = len(months.months)
    elif unit is CadenceUnit.YEAR and draft.first(Day) is not None:
        count = len(draft.all(Day))
    elif unit is CadenceUnit.YEAR and (weeks := draft.first(Weeks)) and not weeks.span:
        count = len(weeks.weeks)
    elif unit is CadenceUnit.YEAR and not counted and len(draft.all(Seasons)) == 1:
        season = draft.first(Seasons)
        count = 1 if season is None or season.span else len(season.seasons)
    if draft.first(Parity) is not None and unit is CadenceUnit.WEEK:
        interval = 2
    _set(draft, unit, interval, count)
    draft.doubt(period.ambiguity)
    if period.interval_max is not None:
        draft.values["interval_max"] = period.interval_max
    if period.implied:
        draft.values["implied"] = True
        draft.doubt(Ambiguity.PERIOD_IMPLIED)
    if any(p.school_year for p in draft.all(Period)):
        draft.values["school_year"] = True
    if days is not None:
        _set_days(draft, days)
    return True


def _stands_alone(draft: Draft, period: Period) -> bool:
    """Tell whether "per semester" is all that is said."""
    return period.bare and len(draft.words) <= 3


def _by_season(draft: Draft) -> bool:
    """ "4 før jul, 4 etter jul", "1 høst, 1 vår", "hver høst"."""
    amounts = draft.all(SeasonAmount)
    if amounts:
        lows = [a.low for a in amounts]
        highs = [a.high for a in amounts]
        known_lows = [low for low in lows if low is not None]
        known_highs = [high for high in highs if high is not None]
        draft.values |= {
            "unit": CadenceUnit.SEMESTER,
            "interval": 1,
            "count_min": min(known_lows) if len(known_lows) == len(lows) else None,
            "count_max": max(known_highs) if len(known_highs) == len(highs) else None,
        }
        if len(amounts) == 1 and amounts[0].each:
            draft.values["unit"] = CadenceUnit.YEAR
        seasons = tuple(dict.fromkeys(a.season for a in amounts))
        if len(seasons) == 1:
            draft.values["seasons"] = seasons
        elif len({(a.low, a.high) for a in amounts}) > 1:
            draft.values["season_counts"] = tuple((a.season, a.high or a.low or 1) for a in amounts)
        if any(a.approx for a in amounts) or draft.has_mark(MarkKind.APPROX):
            draft.values["approx"] = True
        days = _merged_days(draft)
        if days is not None and not days.named:
            _set_days(draft, days)
        return True
    found = draft.first(Seasons)
    months = draft.first(Months)
    if months is not None and months.every and draft.first(Days) is None:
        _set(draft, CadenceUnit.YEAR, 1, 1 if months.span else len(months.months))
        return True
    if found is None:
        return False
    if found.every:
        _set(draft, CadenceUnit.YEAR, 1, 1 if found.span else len(found.seasons))
        return True
    if set(found.seasons) == {Season.SPRING, Season.AUTUMN} and (
        draft.all(Amount) or not found.span
    ):
        _set(draft, CadenceUnit.SEMESTER, 1, 1)
        draft.doubt(Ambiguity.HOW_OFTEN_NOT_SAID)
        return True
    return False


def _by_parity(draft: Draft) -> bool:
    if draft.first(Parity) is None:
        return False
    days = _merged_days(draft)
    _set(draft, CadenceUnit.WEEK, 2, 1 if days is None or days.either else len(days.days))
    if days is not None:
        _set_days(draft, days)
    return True


def _by_days(draft: Draft) -> bool:
    """ "hver onsdag", "annenhver fredag", "mandag onsdag og fredag", "Tirsdagstreff"."""
    days = _merged_days(draft)
    if days is None:
        return False
    amounts = draft.all(Amount)
    weekly = days.every or days.named or draft.has_mark(MarkKind.OPENING)
    several = len(days.days) > 1 and not days.either
    if not (weekly or several) or (not days.every and draft.statement.has(Weeks, Months, Seasons)):
        return False
    if days.named and not days.every and amounts:
        return False
    _set(draft, CadenceUnit.WEEK, days.interval, 1 if days.either else len(days.days))
    _set_days(draft, days)
    if not days.every:
        draft.doubt(Ambiguity.WEEKLY_IMPLIED)
        if days.named:
            draft.values["implied"] = True
    return True


def _by_monthly_day(draft: Draft) -> bool:
    if draft.first(MonthlyDay) is None:
        return False
    period = _main_period(draft)
    _set(draft, CadenceUnit.MONTH, period.interval if period is not None else 1, 1)
    return True


def _main_period(draft: Draft) -> Period | None:
    """The first period; a name such as "tertialrapport" only when nothing else is said."""
    periods = draft.all(Period)
    return next((p for p in periods if not p.implied), periods[0] if periods else None)


def _merged_days(draft: Draft) -> Days | None:
    """All weekdays of the statement as one; an n-th without a month is an interval."""
    found = draft.all(Days)
    spoken = [d for d in found if not d.named or d.every] or found
    if not spoken:
        return None
    first = spoken[0]
    if first.every and first.ordinals and first.interval > 1:
        draft.doubt(Ambiguity.INTERVAL_OR_ORDINAL)
    days = sorted({day for d in spoken for day in d.days}, key=lambda day: day.iso)
    return Days(
        tuple(days),
        every=any(d.every for d in spoken),
        interval=first.interval,
        named=all(d.named for d in spoken),
        either=first.either and len(spoken) == 1,
        plural=any(d.plural for d in spoken),
        part_of_day=next((d.part_of_day for d in spoken if d.part_of_day), None),
    )


def _set(draft: Draft, unit: CadenceUnit, interval: int, count: int) -> None:
    """Set the rhythm; what the words count goes before the count that the days give."""
    low: int | None = count
    high: int | None = count
    amounts = draft.all(Amount)
    amount = next((a for a in amounts if not a.article), amounts[0] if amounts else None)
    if amount is not None:
        low, high = amount.low, amount.high
    for bound in draft.all(Bound):
        if low is not None and high is not None:
            low, high = (low, None) if bound.kind is BoundKind.MIN else (None, high)
    if (amount is not None and amount.approx) or draft.has_mark(MarkKind.APPROX):
        draft.values["approx"] = True
    draft.values |= {"unit": unit, "interval": interval, "count_min": low, "count_max": high}


def _set_days(draft: Draft, days: Days) -> None:
    draft.values["weekdays"] = days.days
    if days.part_of_day is not None:
        draft.values["part_of_day"] = days.part_of_day
    if days.either and not days.ordinals:
        draft.doubt(Ambiguity.EITHER_DAY)


def _set_ordinals(draft: Draft, ordinals: tuple[int, ...]) -> None:
    draft.values["ordinal"] = ordinals[0]
    if len(ordinals) > 1:
        draft.values["more_ordinals"] = ordinals
