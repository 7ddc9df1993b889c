"""Reads one table of a plan file key by key, and notes every problem with its place."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from scheduler.domain.planfile.problem import Problem, ProblemCode
from scheduler.domain.planfile.refused_text import refusal
from scheduler.domain.planfile.source import Source, SourceList, SourceScalar, SourceTable
from scheduler.domain.unseen import first_unseen

__all__ = ["TableReader", "is_slug", "suggested_slug"]

_Member = TypeVar("_Member", bound=StrEnum)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINES = re.compile(r"\d+(-\d+)?(, \d+(-\d+)?)*")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_A_LEAP_YEAR = 2000
_BREAK = re.compile(r"[\t\n\r]")


class TableReader:
    """One table under its path ("forum.familieteam"); problems are added to the given list.

    Every method that takes a key marks it as known and returns None, or what is empty, where the
    key is absent or its value is refused. `finish` reports the keys that nothing asked for.
    """

    def __init__(self, table: SourceTable, path: str, problems: list[Problem]) -> None:
        self.table = table
        self.path = path
        self.problems = problems
        self._known: list[str] = []

    def text(self, key: str) -> str | None:
        """Return a text on one line that is not empty and holds nothing about a person."""
        found = self._scalar(key, str, "text")
        if not isinstance(found, str):
            return None
        return self._one_line(key, found.strip(), self.line(key))

    def running_text(self, key: str) -> str | None:
        """Return a text of one or more lines that holds nothing about a person."""
        found = self._scalar(key, str, "text")
        if not isinstance(found, str):
            return None
        return self._allowed(key, found.strip().replace("\r\n", "\n"), self.line(key))

    def email(self, key: str) -> str | None:
        """Return the address of a room, the one place where an address may stand."""
        found = self._scalar(key, str, "text")
        return found.strip() if isinstance(found, str) else None

    def required_text(self, key: str) -> str:
        """Return a text on one line that must be there."""
        self._require(key)
        return self.text(key) or ""

    def required_running_text(self, key: str) -> str:
        """Return a text of one or more lines that must be there."""
        self._require(key)
        return self.running_text(key) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        texts = []
        for item in self._items(key):
            if not isinstance(item, SourceScalar) or not isinstance(item.value, str):
                self.report(ProblemCode.WRONG_TYPE, key, wanted="text", line=item.line)
            elif allowed := self._one_line(key, item.value.strip(), item.line):
                texts.append(allowed)
        return tuple(texts)

    def slug(self, key: str) -> str:
        """Return the slug that names the entry; it must be there."""
        self._require(key)
        found = self._scalar(key, str, "slug")
        if not isinstance(found, str):
            return ""
        if not is_slug(found):
            self.report(ProblemCode.BAD_SLUG, key, found, suggested_slug(found))
        return found

    def reference(self, key: str) -> str | None:
        """Return the slug of another entry; whether that exists is checked when all are read."""
        found = self._scalar(key, str, "slug")
        return found if isinstance(found, str) else None

    def number(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number between two limits, both included."""
        found = self._scalar(key, int, "number")
        if not isinstance(found, int):
            return None
        if not least <= found <= most:
            self.report(ProblemCode.OUT_OF_RANGE, key, str(found), f"{least}-{most}")
            return None
        return found

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a truth value."""
        found = self._scalar(key, bool, "flag")
        return found if isinstance(found, bool) else default

    def day(self, key: str) -> date | None:
        """Return a date, written 2027-03-09 with or without quotes."""
        found = self._scalar(key, (date, str), "date")
        if isinstance(found, str):
            try:
                return date.fromisoformat(found)
            except ValueError:
                self.report(ProblemCode.WRONG_TYPE, key, found, "date")
                return None
        # An instant is a date to Python, but not to the reader of the file.
        if isinstance(found, datetime):
            self.report(ProblemCode.WRONG_TYPE, key, str(found), "date")
            return None
        return found if isinstance(found, date) else None

    def day_or_year(self, key: str) -> date | int | None:
        """Return a date, or a year alone where the plan gives no more."""
        found = self._get(key)
        if isinstance(found, SourceScalar) and isinstance(found.value, int):
            return self.number(key, 1900, 2200)
        return self.day(key)

    def clock_time(self, key: str) -> time | None:
        """Return a time of the day, written "09:00"."""
        found = self._scalar(key, (str, time), "time")
        if isinstance(found, time):
            return found.replace(second=0, microsecond=0)
        if not isinstance(found, str):
            return None
        if not _TIME.fullmatch(found):
            self.report(ProblemCode.BAD_TIME, key, found)
            return None
        return time.fromisoformat(found)

    def times(self, key: str) -> tuple[time, time] | None:
        """Return two times in order, written "09:00-15:00"."""
        found = self._scalar(key, str, "times")
        if not isinstance(found, str):
            return None
        parts = found.replace("–", "-").split("-")
        if len(parts) != 2 or not all(_TIME.fullmatch(part) for part in parts):
            self.report(ProblemCode.BAD_TIME, key, found)
            return None
        first, last = (time.fromisoformat(part) for part in parts)
        if first >= last:
            self.report(ProblemCode.WRONG_ORDER, key, found)
            return None
        return first, last

    def month_and_day(self, key: str) -> tuple[int, int] | None:
        """Return a month and a day of each year, written "03-01" for 1 March."""
        found = self._scalar(key, str, "month_and_day")
        if not isinstance(found, str):
            return None
        match = _MONTH_DAY.fullmatch(found)
        try:
            day = date(_A_LEAP_YEAR, int(match[1]), int(match[2])) if match else None
        except ValueError:
            day = None
        if day is None:
            self.report(ProblemCode.BAD_DAY, key, found)
            return None
        return day.month, day.day

    def choice(self, key: str, members: type[_Member]) -> _Member | None:
        """Return one of an enum's values."""
        found = self.word(key, tuple(member.value for member in members))
        return members(found) if found is not None else None

    def choices(self, key: str, members: type[_Member]) -> tuple[_Member, ...] | None:
        """Return several of an enum's values; one may stand without brackets."""
        found = self._get(key)
        if found is None:
            return None
        items = found.items if isinstance(found, SourceList) else (found,)
        words = tuple(member.value for member in members)
        return tuple(
            members(word) for item in items if (word := self._word(key, item, words)) is not None
        )

    def word(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """Return one of the allowed words."""
        found = self._get(key)
        return None if found is None else self._word(key, found, allowed)

    def source_lines(self, key: str = "lines") -> str | None:
        """Return the lines of the plan's text that the entry is from: "491-506, 606"."""
        found = self._scalar(key, str, "lines")
        if not isinstance(found, str):
            return None
        if not _LINES.fullmatch(found):
            self.report(ProblemCode.BAD_LINES, key, found)
            return None
        return found

    def table_at(self, key: str) -> TableReader | None:
        """Return the reader of a table inside this one."""
        found = self._get(key)
        if found is None:
            return None
        if not isinstance(found, SourceTable):
            self.report(ProblemCode.WRONG_TYPE, key, wanted="table", line=found.line)
            return None
        return TableReader(found, self._key(key), self.problems)

    def tables(self, key: str) -> tuple[TableReader, ...]:
        """Return a reader for each table of a list, named by its slug or its place in the list."""
        readers = []
        for number, item in enumerate(self._items(key), start=1):
            if isinstance(item, SourceTable):
                name = _slug_of(item) or str(number)
                readers.append(TableReader(item, f"{self._key(key)}.{name}", self.problems))
            else:
                self.report(ProblemCode.WRONG_TYPE, key, wanted="table", line=item.line)
        return tuple(readers)

    def line(self, key: str) -> int:
        """Return the line of a key, or of the table where the key is absent."""
        found = self.table.entries.get(key)
        return found.line if found is not None else self.table.line

    def has(self, key: str) -> bool:
        """Tell whether the key stands in the table."""
        return key in self.table.entries

    def report(
        self,
        code: ProblemCode,
        key: str,
        value: str = "",
        wanted: str = "",
        *,
        line: int | None = None,
    ) -> None:
        """Note a problem with a key of this table."""
        place = self.line(key) if line is None else line
        self.problems.append(Problem(code, place, self._key(key), value, wanted))

    def finish(self) -> None:
        """Report every key that is not known, with the closest one that is."""
        for key, found in self.table.entries.items():
            if key not in self._known:
                close = get_close_matches(key, self._known, n=1)
                wanted = close[0] if close else ", ".join(sorted(self._known))
                self.report(ProblemCode.UNKNOWN_KEY, key, key, wanted, line=found.line)

    def _key(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str) -> Source | None:
        if key not in self._known:
            self._known.append(key)
        return self.table.entries.get(key)

    def _require(self, key: str) -> None:
        if self._get(key) is None:
            self.report(ProblemCode.MISSING_KEY, key)

    def _scalar(self, key: str, kind: type | tuple[type, ...], wanted: str) -> object:
        found = self._get(key)
        if found is None:
            return None
        value = found.value if isinstance(found, SourceScalar) else None
        # True is a number to Python, but not to the reader of the file.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            shown = "" if value is None else str(value)
            self.report(ProblemCode.WRONG_TYPE, key, shown, wanted, line=found.line)
            return None
        if isinstance(value, str) and not value.strip():
            self.report(ProblemCode.EMPTY, key)
            return None
        return value

    def _items(self, key: str) -> tuple[Source, ...]:
        found = self._get(key)
        if found is None:
            return ()
        if not isinstance(found, SourceList):
            self.report(ProblemCode.WRONG_TYPE, key, wanted="list", line=found.line)
            return ()
        return found.items

    def _word(self, key: str, found: Source, allowed: tuple[str, ...]) -> str | None:
        value = found.value if isinstance(found, SourceScalar) else None
        if isinstance(value, str) and value in allowed:
            return value
        shown = "" if value is None else str(value)
        self.report(ProblemCode.NOT_ALLOWED, key, shown, ", ".join(allowed), line=found.line)
        return None

    def _one_line(self, key: str, text: str, line: int) -> str | None:
        if broken := _BREAK.search(text):
            self.report(ProblemCode.UNSEEN, key, f"U+{ord(broken[0]):04X}", line=line)
            return None
        return self._allowed(key, text, line)

    def _allowed(self, key: str, text: str, line: int) -> str | None:
        if unseen := first_unseen(text):
            self.report(ProblemCode.UNSEEN, key, unseen, line=line)
            return None
        code = refusal(text)
        if code is None:
            return text
        # What must not be kept is not repeated in a report either.
        self.report(code, key, line=line)
        return None


def is_slug(text: str) -> bool:
    """Tell whether a text is a slug: small letters a-z and digits, joined by single dashes."""
    return _SLUG.fullmatch(text) is not None


def suggested_slug(text: str) -> str:
    """Return the slug that a name suggests, as in the names of municipal domains."""
    plain = text.lower().translate(str.maketrans("åäøöæé", "aaooae")).strip()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _slug_of(table: SourceTable) -> str | None:
    found = table.entries.get("slug")
    value = found.value if isinstance(found, SourceScalar) else None
    return value if isinstance(value, str) and is_slug(value) else None
