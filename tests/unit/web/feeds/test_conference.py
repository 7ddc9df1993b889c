"""The address to join a meeting at, as it stands in a place: alone, among words, or not at all."""

from __future__ import annotations

import pytest

from scheduler.domain.enums import ForumLevel
from scheduler.domain.language import Language
from tests.factories.snapshots import meeting_snapshot
from web.feeds.entries import meeting_entry

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ax@thread.v2/0?context=%7b%22Tid%22%7d"


def joined_at(place: str | None, level: ForumLevel = ForumLevel.SYSTEM) -> str | None:
    """Return where the entry of a meeting at that place says to join."""
    meeting = meeting_snapshot(place=place, level=level)
    return meeting_entry(meeting, Language.BOKMAL, None).conference_url


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (TEAMS, TEAMS),
        (f"Rådhuset, møterom 2, eller {TEAMS}", TEAMS),
        (f"Teams ({TEAMS}).", TEAMS),
        (f"<{TEAMS}>, kode 123", TEAMS),
        (f"{TEAMS} eller https://whereby.com/tog", TEAMS),
        (f"«{TEAMS}»", TEAMS),
        ("Rådhuset, møterom 2", None),
        ("http://gammelt.example/rom", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_the_first_address_of_a_place_is_where_to_join(
    place: str | None, address: str | None
) -> None:
    assert joined_at(place) == address


def test_at_case_level_it_stands_in_the_place_alone() -> None:
    assert joined_at(TEAMS, ForumLevel.CASE_ELSE_NOT) is None
