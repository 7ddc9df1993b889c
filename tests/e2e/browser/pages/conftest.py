"""The pages of content over a small municipality, served to a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scheduler.store.database import Database
from tests.e2e.browser.conftest import served
from tests.factories.site import Site, make_site
from tests.factories.town import Town, build_town
from web.pages import page_blueprints


@dataclass
class LiveTown:
    """The application on a port of this machine, with the town it serves."""

    site: Site
    town: Town
    url: str


@pytest.fixture
def live_town(sqlite_database: Database, now: datetime) -> Iterator[LiveTown]:
    """Serve the pages of a municipality with three meetings of each forum."""
    site = make_site(sqlite_database, now, blueprints=page_blueprints())
    with sqlite_database.write() as session:
        town = build_town(session, meetings=3)
    with served(site, town.psychologist_id) as live:
        yield LiveTown(site, town, live.url)


@pytest.fixture
def town_page(browser: Browser, live_town: LiveTown) -> Iterator[Page]:
    """A page on which the psychologist, who sits in both forums, is logged in."""
    context = browser.new_context(base_url=live_town.url, locale="nb-NO")
    log_in(context, live_town, live_town.town.psychologist_id)
    yield context.new_page()
    context.close()


def log_in(context: BrowserContext, live_town: LiveTown, person_id: int) -> None:
    """Give the browser the person's log-in."""
    context.add_cookies(
        [
            {
                "name": "aarshjul",
                "value": live_town.site.session_secret(person_id),
                "url": live_town.url,
            }
        ]
    )
