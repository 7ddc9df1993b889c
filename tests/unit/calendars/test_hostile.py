"""No text of a person breaks out of its entry: a short run; the long one is in torture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import Alarm, Detail, Entry, FeedHead
from tests.unit.calendars.hostile import (
    ATTACKS,
    check_entry,
    check_feed,
    entries,
    heads,
)
from tests.unit.calendars.samples import HEAD, duty, meeting


@settings(max_examples=60, deadline=None, derandomize=True)
@given(entry=entries, detail=st.sampled_from(Detail), alarm=st.sampled_from(Alarm))
def test_any_text_makes_one_entry_of_known_lines(
    entry: Entry, detail: Detail, alarm: Alarm
) -> None:
    check_entry(entry, detail, alarm)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(head=heads, entry=entries)
def test_any_text_leaves_the_other_entries_alone(head: FeedHead, entry: Entry) -> None:
    check_feed(head, entry)


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_known_attack_stays_text_wherever_it_stands(attack: str) -> None:
    hostile = meeting(
        title=attack,
        place=attack,
        description=(attack, attack),
        moved_from=attack,
        url=attack,
        conference_url=attack,
        categories=(attack,),
    )

    check_entry(hostile, Detail.FULL, Alarm.HOUR)
    check_feed(HEAD, hostile)
    check_feed(HEAD, duty(title=attack, description=(attack,), url=attack, categories=(attack,)))
