"""The dates in a line of a school calendar, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DatesInText", "dates_in", "names_no_day"]

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "mai": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "des": 12,
    "dec": 12,
}
# Beginnings of the names in bokmål, nynorsk and English.
_WEEKDAYS = (
    ("man", 1),
    ("mån", 1),
    ("mon", 1),
    ("tir", 2),
    ("tys", 2),
    ("tue", 2),
    ("ons", 3),
    ("wed", 3),
    ("tor", 4),
    ("thu", 4),
    ("fre", 5),
    ("fri", 5),
    ("lør", 6),
    ("lau", 6),
    ("sat", 6),
    ("søn", 7),
    ("sun", 7),
)
_WEEKDAY = (
    r"(?:(?P<weekday>(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag"
    r"|(?:mon|tues|wednes|thurs|satur)day|fri(?:dag|day)|(?:ma|må|ti|ty|on|to|fr|lø|la|sø)\.?)"
    r"\s*(?:den\s+)?)?"
)
_MONTH = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|january|february|march|may|june|july|october|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|des|dec)\.?)"
)
_ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_DOTS = re.compile(
    rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})(?:[./](?P<year>\d{{4}}|\d\d))?"
    r"\.?(?!\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})\.?\s*(?P<month>{_MONTH})(?![a-zæøå])"
    r"(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
# "28. september - 2. oktober" is two dates; of "22.-26. februar" the first has no month.
_HALF = re.compile(
    rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})\.?\s*(?:-|–|—|til|t\.o\.m\.|tom\.?|to)\s*"
    rf"(?=(?:[a-zæøå]+\s*)?\d{{1,2}}[./]?\s*(?:{_MONTH}|\d))",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:uke|veke|week)\s*(?P<week>\d{1,2})(?:\s*(?:-|–|til|og)\s*(?P<last>\d{1,2}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatesInText:
    """The first and last day found with the weekdays named beside them, and the text left over."""

    starts_on: date
    ends_on: date
    weekdays: tuple[int | None, int | None]
    rest: str


def dates_in(text: str, school_year: int) -> DatesInText | None:
    """Return the span of days that the text names, or None where it names none.

    A date without a year lies in the school year that begins in August of `school_year`; a week
    is its Monday to Friday. A week beside dates only says the same again.
    """
    found: list[tuple[int, int, date, int | None]] = []
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _NAMED, _DOTS):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            day = _day(match, school_year)
            if day is None:
                continue
            taken.append(match.span())
            found.append((*match.span(), day, _weekday(match)))
    found.sort()
    if len(found) == 1:
        found = [*_half_before(text, found[0]), *found]
    weeks = list(_WEEK.finditer(text))
    rest = _without(text, [(one[0], one[1]) for one in found] + [match.span() for match in weeks])
    if found:
        first, last = found[0], found[-1]
        return DatesInText(first[2], last[2], (first[3], last[3]), rest)
    for match in weeks:
        monday = _monday(int(match["week"]), school_year)
        last_monday = _monday(int(match["last"] or match["week"]), school_year)
        if monday and last_monday:
            return DatesInText(monday, last_monday + timedelta(days=4), (None, None), rest)
    return None


def names_no_day(text: str) -> bool:
    """Tell whether a date is written in the text that no calendar has, such as 31. februar.

    Two numbers alone are a date only where the second can be a month: 10.30 is a time of day.
    """
    return any(
        _day(match, 2000) is None and _looks_like_a_date(match)
        for pattern in (_ISO, _NAMED, _DOTS)
        for match in pattern.finditer(text)
    )


def _looks_like_a_date(match: re.Match[str]) -> bool:
    month = match["month"]
    return bool(match["year"]) or not month.isdigit() or 1 <= int(month) <= 12


def _half_before(
    text: str, found: tuple[int, int, date, int | None]
) -> list[tuple[int, int, date, int | None]]:
    """Return the first day of "22.-26. februar", which has its month from the second."""
    for match in _HALF.finditer(text[: found[1]]):
        if match.end() <= found[0] + 1 and match.start() < found[0]:
            try:
                day = found[2].replace(day=int(match["day"]))
            except ValueError:
                continue
            return [(match.start(), found[0], day, _weekday(match))]
    return []


def _day(match: re.Match[str], school_year: int) -> date | None:
    parts = match.groupdict()
    name = parts["month"].lower()
    month = int(name) if name.isdigit() else _MONTHS.get(name[:3], 0)
    said = parts.get("year")
    year = school_year if month >= 8 else school_year + 1
    if said:
        year = int(said) if len(said) == 4 else 2000 + int(said)
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None


def _weekday(match: re.Match[str]) -> int | None:
    said = (match.groupdict().get("weekday") or "").lower()
    return next((number for begins, number in _WEEKDAYS if said.startswith(begins)), None)


def _monday(week: int, school_year: int) -> date | None:
    year = school_year if week >= 32 else school_year + 1
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = "\0" * (end - start)
    words = re.sub(r"\0+", " ", "".join(kept))
    words = re.sub(r"\b(?:fra|frå|til|og|med|t\.o\.m\.|tom)\b\.?", " ", words, flags=re.IGNORECASE)
    words = re.sub(r"\s+", " ", words.replace("()", " "))
    return re.sub(r" ([,;])", r"\1", words).strip(" -–—:;,.()|")
