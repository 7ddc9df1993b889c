"""What a moved meeting's entry says of when it was to begin first, in all three written forms."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import Meeting
from scheduler.usecases.meetings import MeetingTime, move_meeting
from tests.integration.feeds.subscriber import Subscriber, events, make_subscriber


@pytest.fixture
def town(sqlite_database: Database, now: Any) -> Subscriber:
    return make_subscriber(sqlite_database, now)


TUESDAY, FRIDAY = date(2027, 3, 9), date(2027, 3, 12)
FIRST = (TUESDAY, time(9), time(11))
STEPS = {
    "another time": [(TUESDAY, time(14), time(16))],
    "another day": [(FRIDAY, time(9), time(11))],
    "both": [(FRIDAY, time(14), time(16))],
    "first the day and then the time": [
        (FRIDAY, time(9), time(11)),
        (TUESDAY, time(14), time(16)),
    ],
    "and back": [(FRIDAY, time(14), time(16)), FIRST],
    "the time and back": [(TUESDAY, time(14), time(16)), FIRST],
    "a longer meeting": [(TUESDAY, time(9), time(12))],
}
SAID = {
    "another time": ("kl. 09:00", "kl. 09:00", "09:00"),
    "another day": ("tirsdag 9. mars 2027", "tysdag 9. mars 2027", "Tuesday 9 March 2027"),
    "both": (
        "tirsdag 9. mars 2027 kl. 09:00",
        "tysdag 9. mars 2027 kl. 09:00",
        "Tuesday 9 March 2027 at 09:00",
    ),
    "first the day and then the time": ("kl. 09:00", "kl. 09:00", "09:00"),
    "and back": (None, None, None),
    "the time and back": (None, None, None),
    "a longer meeting": (None, None, None),
}
BEFORE = ("Flyttet fra ", "Flytta frå ", "Moved from ")


@pytest.mark.parametrize("name", STEPS)
def test_it_says_the_first_time_where_it_is_another(town: Subscriber, name: str) -> None:
    for held_on, starts, ends in STEPS[name]:
        town.site.now += timedelta(hours=1)
        with town.database.write() as session:
            meeting = session.get_one(Meeting, town.town.meeting)
            assert meeting.sequence > 0 or (meeting.held_on, meeting.starts, meeting.ends) == FIRST
            move_meeting(
                session,
                town.town.meeting,
                MeetingTime(held_on=held_on, starts=starts, ends=ends, place=meeting.place),
                sequence=meeting.sequence,
                now=town.site.now,
                actor_id=None,
                holidays_of=public_holidays,
            )
    said = []
    for language, before in zip(Language, BEFORE, strict=True):
        secret = town.subscribe(language=language)
        lines = _description(town, secret)
        found = [line.removeprefix(before) for line in lines if line.startswith(before)]
        said.append(found[0] if found else None)
    assert tuple(said) == SAID[name]


def _description(town: Subscriber, secret: str) -> list[str]:
    with town.database.read() as session:
        uid = session.get_one(Meeting, town.town.meeting).uid
    entry = events(town.body(secret))[uid].decode().replace("\r\n ", "")
    (text,) = [line for line in entry.split("\r\n") if line.startswith("DESCRIPTION:")]
    return text.removeprefix("DESCRIPTION:").replace("\\,", ",").split("\\n")
