"""Reads a form into values, and collects every problem with the field it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from scheduler.domain.email_address import is_email
from scheduler.domain.identity_number import holds_identity_number
from scheduler.domain.language import say_date
from scheduler.domain.person_name import unfit_in_name
from scheduler.domain.unseen import without_unseen
from web.language import current_language
from web.language import gettext as _

__all__ = ["FieldProblem", "Form"]

_LONGEST_LINE = 200
_LONGEST_NAME = 120
_LONGEST_TEXT = 2000
# Every date of a form lies in these years, so that days can be counted on and back from it.
_FIRST_YEAR, _LAST_YEAR = 1950, 2099

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing to put right: the field's name and a sentence that begins with its label."""

    name: str
    text: str


class Form:
    """The raw texts of a form, read field by field.

    A bad field is noted in `problems` and read as empty, so that all problems come at once:
    look at `problems` before a value is used. `label` is the field's translated label.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        """Begin with what was sent, or with what the fields shall show at first."""
        self.values: dict[str, str] = dict(values or {})
        self.problems: list[FieldProblem] = []

    def value(self, name: str) -> str:
        """Return the text of a field as it was sent, but for what cannot be seen in it."""
        return without_unseen(self.values.get(name, "")).strip()

    def problem(self, name: str) -> str | None:
        """Return the first problem of a field."""
        return next(iter(self.problems_of(name)), None)

    def problems_of(self, name: str) -> list[str]:
        """Return every problem of a field."""
        return [found.text for found in self.problems if found.name == name]

    def refuse(self, name: str, text: str) -> None:
        """Note a problem of a field, as a whole sentence that begins with the field's label."""
        self.problems.append(FieldProblem(name, text))

    def line(
        self, name: str, label: str, *, required: bool = True, longest: int = _LONGEST_LINE
    ) -> str:
        """Read one line of text; empty when it is left out or bad."""
        text = " ".join(self.value(name).split())
        return self._checked(name, label, text, required=required, longest=longest)

    def person_name(self, name: str, label: str, *, required: bool = True) -> str:
        """Read a person's name: letters, and nothing told about the person."""
        text = self.line(name, label, required=required, longest=_LONGEST_NAME)
        # A line break is looked for in what was sent: of a line it makes a space.
        unfit = unfit_in_name(self.value(name)) if text else ()
        if unfit:
            self.refuse(
                name,
                _(
                    "%(label)s kan bare ha bokstaver, mellomrom, bindestrek, apostrof og punktum. "
                    "Ta bort: %(signs)s",
                    label=label,
                    signs=" ".join(unfit),
                ),
            )
            return ""
        return text

    def free_text(
        self, name: str, label: str, *, required: bool = False, longest: int = _LONGEST_TEXT
    ) -> str:
        """Read running text, in which no identity number may stand (privacy rule 6)."""
        return self._checked(name, label, self.value(name), required=required, longest=longest)

    def email(self, name: str, label: str, *, required: bool = True) -> str:
        """Read an address of mail, in lower case."""
        text = self.line(name, label, required=required, longest=254).lower()
        if text and not is_email(text):
            self.refuse(
                name, _("%(label)s må være en e-postadresse, som navn@kommune.no", label=label)
            )
            return ""
        return text

    def day(self, name: str, label: str, *, required: bool = True) -> date | None:
        """Read a date as a date input sends it."""
        text = self.line(name, label, required=required)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.refuse(name, _("%(label)s må være en dato som finnes", label=label))
            return None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.refuse(
                name,
                _(
                    "%(label)s må være i årene %(first)d til %(last)d",
                    label=label,
                    first=_FIRST_YEAR,
                    last=_LAST_YEAR,
                ),
            )
            return None
        return day

    def clock(self, name: str, label: str, *, required: bool = True) -> time | None:
        """Read a clock time as a time input sends it."""
        text = self.line(name, label, required=required)
        if not text:
            return None
        try:
            return time.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            self.refuse(name, _("%(label)s må være et klokkeslett, som 09:00", label=label))
            return None

    def number(
        self, name: str, label: str, *, least: int, most: int, required: bool = True
    ) -> int | None:
        """Read a whole number between two bounds, both included."""
        text = self.line(name, label, required=required)
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}", text) or not least <= int(text) <= most:
            self.refuse(
                name,
                _(
                    "%(label)s må være et helt tall fra %(least)d til %(most)d",
                    label=label,
                    least=least,
                    most=most,
                ),
            )
            return None
        return int(text)

    def choice(
        self, name: str, label: str, among: type[_Choice], *, required: bool = True
    ) -> _Choice | None:
        """Read one value of a closed set."""
        text = self.line(name, label, required=required)
        if not text:
            return None
        if text not in set(among):
            self.refuse(name, _("%(label)s må være et av valgene", label=label))
            return None
        return among(text)

    def day_in_words(self, name: str) -> str:
        """Return the date that a field holds, in words with its week; empty without one."""
        try:
            held = date.fromisoformat(self.value(name))
        except ValueError:
            return ""
        return _(
            "%(date)s, uke %(number)s",
            date=say_date(held, current_language()),
            number=held.isocalendar().week,
        )

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return bool(self.value(name))

    def _checked(self, name: str, label: str, text: str, *, required: bool, longest: int) -> str:
        if not text:
            if required:
                self.refuse(name, _("%(label)s må fylles ut", label=label))
            return ""
        if len(text) > longest:
            self.refuse(
                name,
                _("%(label)s kan ha høyst %(longest)d tegn", label=label, longest=longest),
            )
            return ""
        if holds_identity_number(text):
            self.refuse(name, _("%(label)s kan ikke inneholde fødselsnummer", label=label))
            return ""
        return text
