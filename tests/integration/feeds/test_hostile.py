"""Whole served feeds of rows with hostile texts: a short run; the long one is in torture."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from scheduler.domain.enums import FeedScope
from tests.integration.feeds.hostile_rows import (
    Case,
    cases,
    check_served,
    make_target,
    of_one_text,
)
from tests.integration.feeds.subscriber import Subscriber
from tests.unit.calendars.hostile import ATTACKS


def test_every_feed_parses_and_holds_an_entry_for_each_row(here: Subscriber) -> None:
    target = make_target(here)

    @settings(max_examples=80, deadline=None, derandomize=True,
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(case=cases)
    def check(case: Case) -> None:
        check_served(target, case)

    check()


def test_each_known_attack_stays_text_in_every_row_at_once(here_on_sqlite: Subscriber) -> None:
    target = make_target(here_on_sqlite)
    for scope in (FeedScope.PERSON, FeedScope.MUNICIPALITY):
        for attack in ATTACKS:
            check_served(target, of_one_text(attack, scope))
