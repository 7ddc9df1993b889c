"""Grammar of times of the day, in every way people write them."""

from __future__ import annotations

from datetime import time

from scheduler.domain.cadence.elements import Clock, Duration, Element, Fault
from scheduler.domain.cadence.grammar.numbers import range_at
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["clock_at", "duration_at"]

_RANGES = 8
_AFTERNOON = {"afternoon", "evening"}


class _Time:
    """A time as read: `sure` when it cannot be a count, `fault` when it is no time of day."""

    __slots__ = ("after", "fault", "hour", "minute", "sure")

    def __init__(self, hour: int, minute: int, after: int, *, sure: bool) -> None:
        self.hour, self.minute, self.after, self.sure = hour, minute, after, sure
        self.fault = hour > 24 or minute > 59 or (hour == 24 and minute > 0)

    def value(self) -> time:
        """The time of day; 24:00 is the last minute, since a date has no 24:00."""
        return time(23, 59) if self.hour == 24 else time(self.hour, self.minute)


def clock_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A span of time, several spans, or a start or an end alone."""
    j, marked, edge = _lead(words, i)
    named = any(words.has(k, Sort.CLOCK) for k in range(i, j))
    first = _span_at(words, j, marked=marked)
    if first is None:
        return None
    start, end, after = first
    if start.fault or (end is not None and end.fault):
        if not named:
            return None
        bad = end if end is not None and end.fault else start
        return Fault(Problem(ProblemCode.IMPOSSIBLE_TIME, (bad.hour, bad.minute))), after
    if end is None:
        lone = named or (start.sure and len(words.text(j)) < 3)
        return _single(words, start, edge, after) if lone else None
    if not named and not start.sure and not end.sure and not _after_rhythm(words, i):
        return None
    spans = [(start, end)]
    while len(spans) < _RANGES:
        k = after
        while k < after + 2 and words.has_any(k, Sort.AND, Sort.COMMA, Sort.OR, Sort.SLASH):
            k += 1
        if k == after:
            break
        j, again, _ = _lead(words, k)
        following = _span_at(words, j, marked=marked or again)
        if following is None or following[1] is None or following[0].fault or following[1].fault:
            break
        spans.append((following[0], following[1]))
        after = following[2]
    ranges: list[tuple[time, time]] = []
    for opening, closing in spans:
        if (opening.hour, opening.minute) >= (closing.hour, closing.minute):
            return (
                Fault(Problem(ProblemCode.RANGE_REVERSED, (opening.hour, closing.hour))),
                after,
            )
        ranges.append((opening.value(), closing.value()))
    return Clock(ranges=tuple(ranges)), after


def duration_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "2 timer", "1,5 time", "90 minutter", "en og en halv time"."""
    found = range_at(words, i)
    if found is None:
        return None
    amount, j = float(found[1]), found[2]
    if words.has(j, Sort.COMMA) and words[j + 1].digits and not words[j + 1].gap:
        amount += words.value(j + 1, Sort.NUMBER) / 10 ** len(words.text(j + 1))
        j += 2
    if (
        words.has(j, Sort.AND)
        and words.text(j + 1) in {"en", "ein"}
        and words.has(j + 2, Sort.HALF_PAST)
    ):
        amount, j = amount + 0.5, j + 3
    if words.has(j, Sort.HALF_PAST):
        j += 1
    if words.has(j, Sort.HOUR):
        minutes = amount * 60
    elif words.has(j, Sort.MINUTE):
        minutes = amount
    else:
        return None
    if words.has_any(j + 1, Sort.BEFORE, Sort.AFTER) or not 0 < minutes <= 10_000:
        return None
    return Duration(round(minutes)), j + 1


def _lead(words: Lexemes, i: int) -> tuple[int, bool, str]:
    """The words before a time: place after, whether they promise a time, and which edge it is."""
    j, marked, edge = i, False, "start"
    while j < i + 5:
        if words.has(j, Sort.CLOCK):
            marked = True
            if words.has_any(j + 1, Sort.DOT, Sort.COLON):
                j += 1
        elif words.has_any(j, Sort.FROM, Sort.BETWEEN):
            pass
        elif words.has_any(j, Sort.TO, Sort.BY) or (
            words.has(j, Sort.BEFORE) and _clock_near(words, j)
        ):
            edge = "end"
        elif not (words.has(j, Sort.AFTER) and _clock_near(words, j)) and not (
            words.has(j, Sort.APPROX) and j > i
        ):
            break
        j += 1
    led = any(words.has_any(k, Sort.FROM, Sort.BETWEEN) for k in range(i, j))
    return j, marked or led, edge


def _clock_near(words: Lexemes, i: int) -> bool:
    return words.has(i + 1, Sort.CLOCK)


def _span_at(words: Lexemes, i: int, *, marked: bool) -> tuple[_Time, _Time | None, int] | None:
    """One time, or two with a dash, "til" or "og" between."""
    start = _time_at(words, i)
    if start is None:
        return None
    j = start.after
    k = j
    while k < j + 3 and words.has_any(k, Sort.DASH, Sort.TO):
        k += 1
    if k == j and marked and words.has(j, Sort.AND):
        k = j + 1
    while k > j and k < j + 4 and words.has_any(k, Sort.CLOCK, Sort.APPROX):
        k += 1
    end = _time_at(words, k) if k > j else None
    if end is not None and words.has(j, Sort.AND) and _starts_another(words, end.after):
        end = None
    if end is None:
        if not marked and not start.sure:
            return None
        return (start, None, j) if not _is_counted(words, j) else None
    named = words.has(i - 1, Sort.CLOCK) or start.sure or end.sure
    if _is_counted(words, end.after) and not named:
        return None
    beside = _after_day(words, i) or words.has(end.after, Sort.WEEKDAY)
    if not marked and not start.sure and not end.sure and not beside:
        return None
    return start, end, end.after


def _starts_another(words: Lexemes, i: int) -> bool:
    return words.has_any(i, Sort.DASH, Sort.TO)


def _after_day(words: Lexemes, i: int) -> bool:
    """Tell whether bare hours stand where a time is expected: after a weekday."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if words.has_any(j, Sort.WEEKDAY, Sort.WEEKDAY_SHORT, Sort.WORKDAYS, Sort.OPENING):
            return True
        if not words.has_any(j, Sort.COMMA, Sort.COLON, Sort.OPEN, Sort.PART_OF_DAY, Sort.FUNCTION):
            return False
    return False


def _after_rhythm(words: Lexemes, i: int) -> bool:
    """Tell whether "fra 15-17" stands where a time is expected and not an age or a grade."""
    if len(words) <= 6:
        return True
    return any(words.has_any(j, *_EXPECTING) for j in range(max(i - 10, 0), i))


_EXPECTING = (
    Sort.WEEKDAY,
    Sort.WEEKDAY_SHORT,
    Sort.WORKDAYS,
    Sort.OPENING,
    Sort.RHYTHM,
    Sort.EVERY,
    Sort.EVERY_OTHER,
    Sort.PARITY,
    Sort.CLOCK,
    Sort.MEETING,
)


def _is_counted(words: Lexemes, i: int) -> bool:
    """Tell whether the number before is a count of something, not an hour."""
    return words.has_any(
        i, Sort.TIMES, Sort.UNIT, Sort.EVENT, Sort.DAYS, Sort.HOUR, Sort.MINUTE, Sort.MONTH
    ) or (
        words.has_any(i, Sort.PER, Sort.RHYTHM, Sort.DOT)
        and words.has_any(i + 1, Sort.MONTH, Sort.UNIT, Sort.WEEKDAY, Sort.EVENT)
    )


def _time_at(words: Lexemes, i: int) -> _Time | None:
    if words.has(i, Sort.HALF_PAST):
        hour = words.value(i + 1, Sort.NUMBER)
        return _Time((hour - 1) % 24, 30, i + 2, sure=True) if hour is not None else None
    if words.has(i, Sort.QUARTER) and words.text(i + 1) in {"over", "på"}:
        hour = words.value(i + 2, Sort.NUMBER)
        if hour is None:
            return None
        if words.text(i + 1) == "over":
            return _Time(hour, 15, i + 3, sure=True)
        return _Time((hour - 1) % 24, 45, i + 3, sure=True)
    value = words.value(i, Sort.NUMBER)
    if value is None:
        return None
    if not words[i].digits:
        return _Time(value, 0, i + 1, sure=False)
    if len(words.text(i)) == 4:
        sure = value // 100 not in (19, 20, 21)
        return _Time(value // 100, value % 100, i + 1, sure=sure)
    if len(words.text(i)) == 3:
        return _Time(value // 100, value % 100, i + 1, sure=False)
    if len(words.text(i)) > 4:
        return None
    parted = words.has_any(i + 1, Sort.DOT, Sort.COLON, Sort.COMMA) and not words[i + 1].gap
    minutes = words[i + 2]
    if parted and minutes.digits and len(minutes.text) == 2 and not minutes.gap:
        colon = words.has(i + 1, Sort.COLON)
        if not (words.has(i + 3, Sort.DOT) and words[i + 4].digits and not words[i + 4].gap):
            sure = colon or (
                words.has(i + 1, Sort.DOT) and minutes.text in {"00", "15", "30", "45"}
            )
            return _Time(value, words.value(i + 2, Sort.NUMBER), i + 3, sure=sure)
        return None
    return _Time(value, 0, i + 1, sure=False)


def _single(words: Lexemes, start: _Time, edge: str, after: int) -> tuple[Element, int] | None:
    part = words.value(after, Sort.PART_OF_DAY)
    if part is not None:
        if part in _AFTERNOON and 1 <= start.hour < 12:
            start = _Time(start.hour + 12, start.minute, after, sure=True)
        after += 1
    if edge == "end":
        return Clock(end=start.value()), after
    return Clock(start=start.value()), after
