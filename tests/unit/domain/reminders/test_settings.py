"""The numbers of a municipality and a forum."""

from __future__ import annotations

from datetime import time

import pytest

from scheduler.domain.reminders import ReminderSettings, reminder_settings

CHOICES = {
    "reminders": {
        "minutes_before": 3,
        "morning": "07:30",
        "forums": {"ressursgruppe": {"minutes_before": 1}},
    },
    "innkalling": 7,
}


def test_a_municipality_without_choices_has_the_defaults() -> None:
    assert reminder_settings({}) == ReminderSettings()


def test_a_municipality_has_its_own_numbers_and_a_forum_its_own_again() -> None:
    assert reminder_settings(CHOICES) == ReminderSettings(minutes_before=3, morning=time(7, 30))
    assert reminder_settings(CHOICES, "ressursgruppe").minutes_before == 1
    assert reminder_settings(CHOICES, "styringsgruppe").minutes_before == 3


@pytest.mark.parametrize(
    "value", [{"minutes_before": True}, {"minutes_before": -1}, {"morning": "åtte"}]
)
def test_a_value_of_the_wrong_kind_is_named(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=rf"reminders\.{next(iter(value))}"):
        reminder_settings({"reminders": value})
