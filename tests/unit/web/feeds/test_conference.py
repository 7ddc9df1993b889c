"""The address to join a meeting at, as it stands in a place: alone, among words, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.domain.language import Language
from scheduler.domain.snapshots import MeetingSnapshot
from web.feeds.entries import meeting_entry

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ax@thread.v2/0?context=%7b%22Tid%22%7d"


def joined_at(place: str | None, level: ForumLevel = ForumLevel.SYSTEM) -> str | None:
    """Return where the entry of a meeting at that place says to join."""
    meeting = MeetingSnapshot(
        id=1,
        uid="1@aarshjul",
        sequence=0,
        municipality_id=1,
        municipality_slug="sor-fron",
        municipality_name="Sør-Fron",
        timezone="Europe/Oslo",
        period="2027",
        forum_id=1,
        forum_slug="tog",
        forum_name="TOG",
        unit_id=None,
        unit_name=None,
        number=1,
        of=1,
        held_on=date(2027, 3, 9),
        starts=time(9),
        ends=time(11),
        place=place,
        state=MeetingState.PLANNED,
        level=level,
        on_demand=False,
        moved_from=None,
        reasons=(),
        set_by_hand=False,
        monthly_guests=False,
        changed_at=datetime(2027, 1, 1, tzinfo=UTC),
        cancelled_at=None,
        agenda=(),
    )
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
