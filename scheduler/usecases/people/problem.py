"""What is wrong with, or worth knowing about, one row of a list of people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import AarshjulError

__all__ = ["PeopleFileError", "RowCode", "RowProblem"]


class RowCode(StrEnum):
    """Every problem and warning a list of people can have."""

    NOT_A_SHEET = "not_a_sheet"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_VALUE = "missing_value"
    UNKNOWN_POSITION = "unknown_position"
    MISSPELT_POSITION = "misspelt_position"
    SEVERAL_POSITIONS = "several_positions"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    BAD_LANGUAGE = "bad_language"
    WRONG_ORDER = "wrong_order"
    IDENTITY_NUMBER = "identity_number"
    NOT_A_NAME = "not_a_name"
    UNKNOWN_DEPUTY = "unknown_deputy"
    TWO_NAMES = "two_names"
    REPEATED = "repeated"
    NAME_DIFFERS = "name_differs"
    PRIVATE_ADDRESS = "private_address"
    SEVERAL_HOLDERS = "several_holders"
    LAST_ADMINISTRATOR = "last_administrator"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem: its row in the file (the heading is row 1), its column and its data."""

    code: RowCode
    row: int
    column: str
    value: str = ""
    wanted: str = ""


class PeopleFileError(AarshjulError):
    """A list of people that cannot be loaded, with all its problems in the order of the rows.

    `positions` are those that can be named, where a row names none of them.
    """

    def __init__(
        self, problems: tuple[RowProblem, ...], *, positions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(problems)
        self.problems = problems
        self.positions = positions
