"""Dates, times and lists in words, in the three written forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum

__all__ = [
    "Language",
    "month_name",
    "say_date",
    "say_day",
    "say_list",
    "say_short_day",
    "say_time",
    "say_times",
    "short_month_name",
    "weekday_name",
]


class Language(StrEnum):
    """A written form that every text for people exists in."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


_WEEKDAYS = {
    Language.BOKMAL: ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    Language.NYNORSK: ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
    Language.ENGLISH: (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
}
_NORWEGIAN_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def weekday_name(day: date, language: Language) -> str:
    """Return the name of the day's weekday, lower case in Norwegian."""
    return _WEEKDAYS[language][day.weekday()]


def month_name(month: int, language: Language) -> str:
    """Return the name of month 1-12, lower case in Norwegian."""
    names = _ENGLISH_MONTHS if language is Language.ENGLISH else _NORWEGIAN_MONTHS
    return names[month - 1]


def short_month_name(month: int, language: Language) -> str:
    """Return the first three letters of the month's name."""
    return month_name(month, language)[:3]


def say_date(day: date, language: Language) -> str:
    """Return the day in full: "tirsdag 9. mars 2027"."""
    return f"{say_day(day, language)} {day.year}"


def say_day(day: date, language: Language) -> str:
    """Return the day without its year: "tirsdag 9. mars"."""
    return f"{weekday_name(day, language)} {say_short_day(day, language)}"


def say_short_day(day: date, language: Language) -> str:
    """Return day and month: "9. mars"."""
    dot = "" if language is Language.ENGLISH else "."
    return f"{day.day}{dot} {month_name(day.month, language)}"


def say_time(at: time, language: Language) -> str:
    """Return a clock time as calendars show it: "09:00"."""
    del language  # All three written forms write the clock alike.
    return f"{at:%H:%M}"


def say_times(starts: time, ends: time, language: Language) -> str:
    """Return a span of clock times: "kl. 09:00–11:00"."""
    before = "" if language is Language.ENGLISH else "kl. "
    return f"{before}{starts:%H:%M}–{ends:%H:%M}"


def say_list(items: Sequence[str], language: Language) -> str:
    """Join items the way a sentence does: "a, b og c"."""
    if len(items) < 2:
        return "".join(items)
    last = "and" if language is Language.ENGLISH else "og"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
