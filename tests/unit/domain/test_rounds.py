"""When the rounds of a duty that returns are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.cadence import read
from scheduler.domain.periods import read_period
from scheduler.domain.rounds import RoundDates, round_dates

_YEAR = read_period("2027")
_SCHOOL_YEAR = read_period("2027/28")
_DUE = (11, 1)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("en gang i året", [(11, 1)]),
        ("minst en gang i året", [(11, 1)]),
        ("2 ganger i året", [(6, 30), (12, 31)]),
        ("en gang per semester", [(6, 30), (12, 31)]),
        ("hvert tertial", [(4, 30), (8, 31), (12, 31)]),
        ("hvert kvartal", [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("innen 1. mars", [(3, 1)]),
    ],
)
def test_the_rounds_of_a_calendar_year(words: str, days: list[tuple[int, int]]) -> None:
    found = round_dates(read(words).cadence, _YEAR, due_on=_DUE, last_done_on=None)
    assert found == RoundDates(tuple(date(2027, month, day) for month, day in days))


def test_a_school_year_has_the_rounds_that_fall_in_it() -> None:
    found = round_dates(
        read("en gang per semester").cadence, _SCHOOL_YEAR, due_on=_DUE, last_done_on=None
    )
    assert found == RoundDates((date(2027, 12, 31), date(2028, 6, 30)))


def test_every_third_year_is_unknown_until_somebody_says_when_it_was_last_done() -> None:
    third = read("hvert tredje år").cadence
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=None) == RoundDates()
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=date(2024, 5, 2)) == RoundDates(
        (date(2027, 11, 1),)
    )
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=date(2026, 5, 2)) == RoundDates()


def test_what_is_overdue_keeps_the_date_it_was_due() -> None:
    third = replace(read("hvert tredje år").cadence, last_year=2017)
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=None) == RoundDates(
        (date(2020, 11, 1),)
    )


def test_a_done_round_counts_more_than_the_year_the_plan_expected() -> None:
    third = replace(read("hvert tredje år").cadence, next_year=2027)
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=None).dates == (date(2027, 11, 1),)
    assert round_dates(third, _YEAR, due_on=_DUE, last_done_on=date(2027, 2, 1)).dates == ()


@pytest.mark.parametrize("words", ["jevnlig", "ved behov", "kontinuerlig", "xyzzy"])
def test_words_without_a_rhythm_give_no_round(words: str) -> None:
    assert round_dates(read(words).cadence, _YEAR, due_on=_DUE, last_done_on=None) == RoundDates()
