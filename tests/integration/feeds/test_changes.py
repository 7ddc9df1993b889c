"""Whatever changes, and however it is written, is shown at the next fetch."""

from __future__ import annotations

import pytest

from tests.integration.feeds.changes import CHANGES, Change
from tests.integration.feeds.subscriber import Subscriber


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_shown_at_the_next_fetch_when(here: Subscriber, change: Change) -> None:
    secret = here.subscribe()
    before = here.body(secret)
    assert here.body(secret) == before
    with here.database.write() as session:
        change(session, here.town, here.site.now)

    after = here.body(secret)

    assert after != before
    assert after == here.fresh(secret)
