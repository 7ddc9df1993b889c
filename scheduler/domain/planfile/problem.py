"""What is wrong with, or worth knowing about, one place in a plan file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import AarshjulError

__all__ = ["PlanFileError", "Problem", "ProblemCode"]


class ProblemCode(StrEnum):
    """Every problem and warning a plan file can have; the words are made at the edge."""

    SYNTAX = "syntax"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    MISSING_TABLE = "missing_table"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    UNSEEN = "unseen"
    NOT_ALLOWED = "not_allowed"
    OUT_OF_RANGE = "out_of_range"
    BAD_SLUG = "bad_slug"
    BAD_TIME = "bad_time"
    BAD_DAY = "bad_day"
    BAD_LINES = "bad_lines"
    BAD_TIMEZONE = "bad_timezone"
    DUPLICATE = "duplicate"
    UNKNOWN_REFERENCE = "unknown_reference"
    NOTHING_TO_REFER_TO = "nothing_to_refer_to"
    WRONG_ORDER = "wrong_order"
    NEEDS_UNITS = "needs_units"
    SAME_FORUM = "same_forum"
    LOOP = "loop"
    IDENTITY_NUMBER = "identity_number"
    PERSON = "person"
    ABOUT_A_CHILD = "about_a_child"
    CASE_AGENDA = "case_agenda"
    ONE_CHILD = "one_child"
    ELECTED_MEMBER = "elected_member"
    RHYTHM_UNKNOWN = "rhythm_unknown"
    RHYTHM_MISSING = "rhythm_missing"
    LEVEL_MIXED = "level_mixed"
    NO_UNITS = "no_units"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its line (from 1), its key ("forum.familieteam.level") and its data.

    `value` is what stands there and `wanted` what would do: the closest known word, the allowed
    words, or a limit. Neither is shown for what must not be repeated (an identity number).
    """

    code: ProblemCode
    line: int
    key: str
    value: str = ""
    wanted: str = ""


class PlanFileError(AarshjulError):
    """A plan file that cannot be loaded, with all its problems in the order of their lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
