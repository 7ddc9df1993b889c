"""A list of who holds which position, read from CSV or XLSX and checked row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.documents.sheet import SheetError, SheetRow, read_sheet
from scheduler.domain.email_address import is_email
from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.domain.person_name import unfit_in_name
from scheduler.domain.planfile.problem import ProblemCode
from scheduler.domain.planfile.refused_text import refusal
from scheduler.usecases.people.problem import PeopleFileError, RowCode, RowProblem

__all__ = ["PersonRow", "read_people_file"]

# What each column may be called, in the two written forms, in English and without accents.
_HEADINGS = {
    "position": ("position", "stilling", "stillingskode", "rolle"),
    "name": ("name", "navn", "namn"),
    "email": ("email", "e-mail", "e-post", "epost", "e-postadresse", "mail"),
    "from": ("from", "fra", "frå", "fra dato", "frå dato"),
    "to": ("to", "til", "til dato"),
    "deputy": ("deputy", "stedfortreder", "stadfortredar", "vara"),
    "language": ("language", "språk", "målform"),
}
_REQUIRED = ("position", "name", "email")

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_KINDS = {
    "": HolderKind.HOLDER,
    **dict.fromkeys(("nei", "no", "false", "0", "-"), HolderKind.HOLDER),
    **dict.fromkeys(("ja", "yes", "true", "1", "x", "vara", "deputy"), HolderKind.DEPUTY),
    **dict.fromkeys(("stedfortreder", "stadfortredar"), HolderKind.DEPUTY),
    **dict.fromkeys(("konstituert", "fungerende", "fungerande", "acting"), HolderKind.ACTING),
    **dict.fromkeys(("på vegne av", "på vegner av", "delegat", "delegate"), HolderKind.DELEGATE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person in one position. `from_on` is None where the file leaves it to the day of loading.

    `position` is as written: a slug or a title.
    """

    row: int
    position: str
    name: str
    email: str
    kind: HolderKind
    from_on: date | None
    until_on: date | None
    language: Language | None


def read_people_file(data: bytes) -> tuple[PersonRow, ...]:
    """Read and check a list of people.

    The column for deputies says "ja" where the row is a deputy, "konstituert" where it is an
    acting holder, or names the deputy of the row's position by an address or a name that has a
    row of its own; that makes the deputy a row more.

    Raises:
        PeopleFileError: with all problems, in the order of the rows.
    """
    try:
        headings, rows = read_sheet(data)
    except SheetError as error:
        code = RowCode(error.problem.value)
        raise PeopleFileError((RowProblem(code, 1, ""),)) from None
    problems: list[RowProblem] = []
    columns = _columns(headings, problems)
    if problems:
        raise PeopleFileError(tuple(problems))
    reader = _Reader(columns, problems)
    people = [reader.person(row) for row in rows]
    people += reader.named_deputies()
    reader.check_names(people)
    if problems:
        raise PeopleFileError(tuple(sorted(problems, key=lambda problem: problem.row)))
    return tuple(people)


def _columns(headings: Sequence[str], problems: list[RowProblem]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for heading in headings:
        word = heading.casefold().strip()
        key = next((key for key, names in _HEADINGS.items() if word in names), None)
        if key is None:
            # A column nobody knows may hold what must never be here, so it is not passed over.
            known = ", ".join(names[0] for names in _HEADINGS.values())
            problems.append(RowProblem(RowCode.UNKNOWN_COLUMN, 1, heading, heading, known))
        elif key in columns:
            problems.append(RowProblem(RowCode.REPEATED, 1, heading, heading))
        else:
            columns[key] = heading
    for key in _REQUIRED:
        if key not in columns:
            wanted = ", ".join(_HEADINGS[key][:3])
            problems.append(RowProblem(RowCode.MISSING_COLUMN, 1, key, key, wanted))
    return columns


class _Reader:
    """Reads rows one by one, and remembers what must be compared across them."""

    def __init__(self, columns: dict[str, str], problems: list[RowProblem]) -> None:
        self._columns = columns
        self._problems = problems
        self._deputies: list[tuple[PersonRow, str]] = []
        self._by_email: dict[str, PersonRow] = {}
        self._by_name: dict[str, PersonRow] = {}

    def person(self, row: SheetRow) -> PersonRow:
        for heading, cell in row.cells.items():
            if refusal(cell) is ProblemCode.IDENTITY_NUMBER:
                self._report(RowCode.IDENTITY_NUMBER, row, heading)
        if row.cells.get(""):
            self._report(RowCode.UNKNOWN_COLUMN, row, "")
        from_on, until_on = self._day(row, "from"), self._day(row, "to")
        if from_on and until_on and until_on < from_on:
            self._report(RowCode.WRONG_ORDER, row, "to", until_on.isoformat())
        word = self._cell(row, "deputy")
        kind = _KINDS.get(word.casefold())
        person = PersonRow(
            row=row.number,
            position=self._required(row, "position"),
            name=self._name(row),
            email=self._email(row),
            kind=kind or HolderKind.HOLDER,
            from_on=from_on,
            until_on=until_on,
            language=self._language(row),
        )
        if kind is None:
            self._deputies.append((person, word))
        self._by_email.setdefault(person.email, person)
        self._by_name.setdefault(person.name.casefold(), person)
        return person

    def named_deputies(self) -> list[PersonRow]:
        """Return a row more for each deputy that a row names."""
        found = []
        for holder, word in self._deputies:
            deputy = self._by_email.get(word.lower()) or self._by_name.get(word.casefold())
            if deputy is None:
                code = RowCode.UNKNOWN_DEPUTY
                self._problems.append(RowProblem(code, holder.row, "deputy", word))
                continue
            found.append(
                PersonRow(
                    row=holder.row,
                    position=holder.position,
                    name=deputy.name,
                    email=deputy.email,
                    kind=HolderKind.DEPUTY,
                    from_on=holder.from_on,
                    until_on=holder.until_on,
                    language=deputy.language,
                )
            )
        return found

    def check_names(self, people: list[PersonRow]) -> None:
        """Report an address with two names, and a row that says what another has said."""
        seen: dict[tuple[str, str, HolderKind, date | None], PersonRow] = {}
        for person in people:
            first = self._by_email[person.email]
            if person.email and person.name and first.name != person.name:
                self._add(RowCode.TWO_NAMES, person.row, "name", person.name, first.name)
            key = (person.position.casefold(), person.email, person.kind, person.from_on)
            if person.email and key in seen:
                self._add(RowCode.REPEATED, person.row, "position", str(seen[key].row))
            seen.setdefault(key, person)

    def _cell(self, row: SheetRow, key: str) -> str:
        return row.cells.get(self._columns.get(key, "\0"), "").strip()

    def _required(self, row: SheetRow, key: str) -> str:
        cell = self._cell(row, key)
        if not cell:
            self._report(RowCode.MISSING_VALUE, row, key)
        return cell

    def _name(self, row: SheetRow) -> str:
        name = self._required(row, "name")
        unfit = unfit_in_name(name)
        if not unfit:
            return " ".join(name.split())
        # The signs alone: what somebody has written of a person is not repeated.
        if refusal(name) is not ProblemCode.IDENTITY_NUMBER:
            self._report(RowCode.NOT_A_NAME, row, "name", " ".join(unfit))
        return ""

    def _email(self, row: SheetRow) -> str:
        email = self._required(row, "email").lower()
        if email and not is_email(email):
            self._report(RowCode.BAD_EMAIL, row, "email", email)
        return email

    def _day(self, row: SheetRow, key: str) -> date | None:
        cell = self._cell(row, key)
        if not cell:
            return None
        written = _DATE.fullmatch(cell)
        try:
            if written:
                return date(int(written[3]), int(written[2]), int(written[1]))
            return date.fromisoformat(cell)
        except ValueError:
            self._report(RowCode.BAD_DATE, row, key, cell)
            return None

    def _language(self, row: SheetRow) -> Language | None:
        cell = self._cell(row, "language").casefold()
        words = {
            "": None,
            "bokmål": Language.BOKMAL,
            "nynorsk": Language.NYNORSK,
            "engelsk": Language.ENGLISH,
            **{language.value: language for language in Language},
        }
        if cell not in words:
            self._report(RowCode.BAD_LANGUAGE, row, "language", cell, "nb, nn, en")
        return words.get(cell)

    def _report(
        self, code: RowCode, row: SheetRow, column: str, value: str = "", wanted: str = ""
    ) -> None:
        self._add(code, row.number, column, value, wanted)

    def _add(self, code: RowCode, row: int, column: str, value: str, wanted: str = "") -> None:
        shown = self._columns.get(column, column)
        # What must not be kept is not repeated in a report either.
        value = "" if refusal(value) is ProblemCode.IDENTITY_NUMBER else value
        self._problems.append(RowProblem(code, row, shown, value, wanted))
