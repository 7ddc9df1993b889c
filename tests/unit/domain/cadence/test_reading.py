"""What a reading says besides the cadence: where it stands, what is left, what is in doubt."""

from __future__ import annotations

import pytest

from scheduler.domain.cadence import (
    UNKNOWN,
    VAGUE,
    Ambiguity,
    Problem,
    ProblemCode,
    read,
    read_all,
    to_json,
)


def test_the_span_holds_the_words_of_the_rhythm() -> None:
    text = "Styringsgruppen skal ha møter 2 ganger i året på rådhuset"

    reading = read(text)

    assert reading.span == (30, 45)
    assert reading.words == "2 ganger i året"
    assert reading.not_understood == ("styringsgruppen", "rådhuset")


def test_a_blank_text_is_vague_and_words_without_a_rhythm_are_unknown() -> None:
    assert read("  \n").cadence == VAGUE
    assert read("bananer og epler").cadence == UNKNOWN
    assert read("bananer og epler").not_understood == ("bananer", "epler")


@pytest.mark.parametrize(
    ("phrase", "ambiguity"),
    [
        ("hver andre fredag", Ambiguity.INTERVAL_OR_ORDINAL),
        ("hver 3. torsdag", Ambiguity.INTERVAL_OR_ORDINAL),
        ("annenhver fredag", None),
        ("hver andre fredag i måneden", None),
        ("Tirsdagstreff", Ambiguity.WEEKLY_IMPLIED),
        ("mandag onsdag og fredag", Ambiguity.WEEKLY_IMPLIED),
        ("på torsdager kl. 16", Ambiguity.HOW_OFTEN_NOT_SAID),
        ("1 gang hver mnd. ved behov", Ambiguity.SLOT_ONLY_IF_NEEDED),
        ("2 ganger i år", Ambiguity.THIS_YEAR_OR_EVERY),
        ("3 møter", Ambiguity.PERIOD_MISSING),
        ("hver mandag eller tirsdag", Ambiguity.EITHER_DAY),
        ("siste torsdag i august", Ambiguity.YEAR_IMPLIED),
        ("2 ganger i året", None),
    ],
)
def test_what_can_mean_two_things_says_so(phrase: str, ambiguity: Ambiguity | None) -> None:
    assert read(phrase).ambiguity == ambiguity


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("5-3 ganger", Problem(ProblemCode.COUNT_REVERSED, (5, 3))),
        ("0 ganger i året", Problem(ProblemCode.COUNT_ZERO, (0, 0))),
        ("5000 ganger i året", Problem(ProblemCode.COUNT_TOO_LARGE, (5000, 5000))),
        ("hver 0. uke", Problem(ProblemCode.INTERVAL_ZERO, (0,))),
        ("hver 99999. uke", Problem(ProblemCode.INTERVAL_TOO_LARGE, (99999,))),
        ("32. januar", Problem(ProblemCode.IMPOSSIBLE_DATE, (32, 1))),
        ("innen 31. november", Problem(ProblemCode.IMPOSSIBLE_DATE, (31, 11))),
        ("29. februar 2027", Problem(ProblemCode.IMPOSSIBLE_DATE, (29, 2, 2027))),
        ("uke 54", Problem(ProblemCode.IMPOSSIBLE_WEEK, (54,))),
        ("uke 12-4", Problem(ProblemCode.RANGE_REVERSED, (12, 4))),
        ("kl. 25", Problem(ProblemCode.IMPOSSIBLE_TIME, (25, 0))),
        ("kl. 14-12", Problem(ProblemCode.RANGE_REVERSED, (14, 12))),
        ("hver 8.-6. uke", Problem(ProblemCode.RANGE_REVERSED, (8, 6))),
        ("6. mandag i måneden", Problem(ProblemCode.IMPOSSIBLE_ORDINAL, (6,))),
        ("10000 uker før møtet", Problem(ProblemCode.COUNT_TOO_LARGE, (10000, 10000))),
    ],
)
def test_what_cannot_be_is_unknown_and_says_why(phrase: str, problem: Problem) -> None:
    reading = read(phrase)

    assert reading.cadence == UNKNOWN
    assert reading.problems == (problem,)


def test_29_february_is_a_date_when_no_year_is_said() -> None:
    assert to_json(read("innen 29. februar").cadence) == {
        "kind": "deadline",
        "month": 2,
        "day": 29,
    }


def test_a_text_gives_every_rhythm_in_order_with_its_place() -> None:
    text = (
        "Teamet møtes hver andre uke, og en gang pr mnd er BUP med.\n\n"
        "Planen rulleres hvert fjerde år. Rådet ble opprettet i 2015 (se side 12-14).\n"
        "- Innkalling sendes senest 10 dager før møtet."
    )

    readings = read_all(text)

    assert [reading.words for reading in readings] == [
        "hver andre uke",
        "en gang pr mnd",
        "hvert fjerde år",
        "senest 10 dager før møtet",
    ]
    assert all(
        reading.span is not None and text[slice(*reading.span)] == reading.words
        for reading in readings
    )


def test_the_rhythm_of_a_meeting_is_not_changed_by_who_attends_on_demand() -> None:
    reading = read("Møtes hver uke, PPT deltar ved behov")

    assert to_json(reading.cadence) == {
        "kind": "recurrence",
        "unit": "week",
        "interval": 1,
        "count_min": 1,
        "count_max": 1,
    }


def test_a_sentence_of_its_own_can_add_meetings_on_demand() -> None:
    reading = read("Faste møter hver torsdag. Ellers ved behov.")

    assert reading.cadence.on_demand_extra


def test_counts_of_the_semesters_are_kept_apart_when_they_differ() -> None:
    assert to_json(read("3 før jul, 4 etter jul").cadence) == {
        "kind": "recurrence",
        "unit": "semester",
        "interval": 1,
        "count_min": 3,
        "count_max": 4,
        "season_counts": [["autumn", 3], ["spring", 4]],
    }


def test_an_open_end_is_null_in_json() -> None:
    assert to_json(read("minst to ganger i året").cadence) == {
        "kind": "recurrence",
        "unit": "year",
        "interval": 1,
        "count_min": 2,
        "count_max": None,
    }


def test_everything_said_in_one_sentence_is_kept() -> None:
    said = "Bør møtes ca. annenhver tirsdag kl. 12.30-14 (2 timer) unntatt juli, oftere ved behov"

    assert to_json(read(said).cadence) == {
        "kind": "recurrence",
        "unit": "week",
        "interval": 2,
        "count_min": 1,
        "count_max": 1,
        "approx": True,
        "modality": "should",
        "weekdays": ["tue"],
        "time_ranges": [["12:30", "14:00"]],
        "duration": 120,
        "on_demand_extra": True,
        "except_months": [7],
    }
