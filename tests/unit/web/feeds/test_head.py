"""What a calendar is called in the program that shows it."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.language import Language
from scheduler.usecases.feeds.contents import FeedContents
from web.feeds.entries import head_of


def called(name: str, *, of_leaders: bool = False, municipalities: tuple[str, ...] = ()) -> str:
    contents = FeedContents(
        name=name,
        municipality_names=municipalities,
        meetings=(),
        duties=(),
        sources=frozenset(),
        changes_on=date(2027, 1, 1),
        of_leaders=of_leaders,
    )
    return head_of(contents, Language.BOKMAL).name


@pytest.mark.parametrize(
    ("name", "of_leaders", "said"),
    [
        ("Ressursgruppe", False, "Årshjulet i Hemsedal: Ressursgruppe"),
        ("Hemsedal", False, "Årshjulet i Hemsedal"),
        ("Hemsedal", True, "Årshjulet i Hemsedal: gjennomganger og rapporter"),
    ],
)
def test_no_two_calendars_of_a_municipality_are_called_the_same(
    name: str, of_leaders: bool, said: str
) -> None:
    assert called(name, of_leaders=of_leaders, municipalities=("Hemsedal",)) == said


def test_a_person_with_business_nowhere_has_a_calendar_with_their_name() -> None:
    assert called("Kari Nordmann") == "Kari Nordmann"
