"""Identity numbers are found however they are written; other numbers are let through."""

from __future__ import annotations

import pytest

from scheduler.domain.identity_number import holds_identity_number
from tests.factories.identity_number import made_up_identity_number


@pytest.mark.parametrize("cut", [(), (6,), (2, 4, 6), (4, 6), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)])
@pytest.mark.parametrize("between", [" ", ".", "-", " - ", "/", "\u00a0", "\u2013", "\n"])
def test_a_number_with_right_control_digits_is_found_in_any_grouping(
    cut: tuple[int, ...], between: str
) -> None:
    number = made_up_identity_number()
    ends = [0, *cut, len(number)]
    grouped = between.join(number[ends[i] : ends[i + 1]] for i in range(len(ends) - 1))
    assert holds_identity_number(f"Rom 2, {grouped}.")


@pytest.mark.parametrize(
    "number",
    [
        "01019012345",
        "010190 12345",
        "010190-12345",
        "01 01 90 12345",
        "31129912345",
        "71129912345",  # A D-number adds 40 to the day.
        "01419012345",  # Made-up people have 40 or 80 more in the month, others without
        "01669012345",  # a number in the register 65.
        "01929012345",
    ],
)
def test_a_number_that_begins_with_a_day_is_found_whatever_its_control_digits(number: str) -> None:
    assert holds_identity_number(f"Gjelder {number}, se saken")


@pytest.mark.parametrize(
    "text",
    [
        "Sak 2027/12345678901",
        "12345678901",
        "00019012345",
        "32019012345",
        "01139012345",
        "ring 22 33 44 55 eller +47 412 34 567",
        "konto 1234.56.78901",
        "010190 123456",
        "1010190 12345",
        "11. januar 2027, klokka 09.00-11.00",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not holds_identity_number(text)
