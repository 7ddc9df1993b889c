"""Finds Norwegian national identity numbers in a text (privacy rule 6)."""

from __future__ import annotations

import re

__all__ = ["holds_identity_number"]

# Eleven digits in any of the groups that people write them in; every place is tried.
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?=(\d(?:[\s./\u2013-]{0,3}\d){10})(?!\d))")
# The same in the groups of an identity number: a day, a month and a year of two digits each.
_USUAL_GROUPS = re.compile(
    r"(?<!\d)(?:(\d\d)(\d\d)\d\d[ .-]?\d{5}|(\d\d) (\d\d) \d\d \d{5})(?!\d)", re.ASCII
)
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
# What the agencies that give out numbers add to a day (D-numbers) or a month (made-up people,
# and those without a number in the register).
_ADDED_TO_DAY, _ADDED_TO_MONTH = (0, 40), (0, 40, 65, 80)


def holds_identity_number(text: str) -> bool:
    """Tell whether a national identity number or D-number stands in the text, or seems to.

    Eleven digits in any grouping with right control digits are one; so are eleven digits in the
    usual groups that begin with a day, whatever the control digits: a wrong one is a typing error,
    or a number given out after 2031. A telephone, case or account number is let through.
    """
    runs = ("".join(filter(str.isdecimal, run)) for run in _ELEVEN_DIGITS.findall(text))
    return any(_has_right_controls(digits) for digits in runs) or any(
        _is_day(int(found[1] or found[3]), int(found[2] or found[4]))
        for found in _USUAL_GROUPS.finditer(text)
    )


def _has_right_controls(digits: str) -> bool:
    values = [int(digit) for digit in digits]
    return all(
        sum(weight * value for weight, value in zip(row, values, strict=False)) % 11 == 0
        for row in _WEIGHTS
    )


def _is_day(day: int, month: int) -> bool:
    return any(1 <= day - added <= 31 for added in _ADDED_TO_DAY) and any(
        1 <= month - added <= 12 for added in _ADDED_TO_MONTH
    )
