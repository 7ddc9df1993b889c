"""A real server and a real browser for tests of what a person sees."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from scheduler.store.database import Database
from tests.e2e.browser.building_blocks import building_blocks
from tests.factories.rows import add_holder, add_municipality, add_person, add_position
from tests.factories.site import Site, make_site

CHROMIUM = Path("/usr/bin/chromium")
# The last list of features is the one that counts, so Playwright's own is said again. The first
# two cost two processes a window for the menus of an address bar that nobody sees.
_WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
_FLAGS = [
    f"--disable-features={','.join(_WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class LiveSite:
    """The application on a port of this machine, with one person who may log in."""

    site: Site
    url: str
    person_id: int

    def log_in(self, context: BrowserContext) -> None:
        """Give the browser the person's log-in."""
        context.add_cookies(
            [
                {
                    "name": "aarshjul",
                    "value": self.site.session_secret(self.person_id),
                    "url": self.url,
                }
            ]
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed on this machine (apt-get install chromium)")
        pytest.skip("Chromium is not installed on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def live_site(sqlite_database: Database, now: datetime) -> Iterator[LiveSite]:
    """The application with the page of building blocks, served over HTTP."""
    with sqlite_database.write() as session:
        municipality = add_municipality(session)
        person = add_person(session, name="Kari Åsmundstad", email="kari@kommune.example")
        position = add_position(session, municipality, title="Leder, oppvekst")
        add_holder(session, position, person, from_on=date(2026, 1, 1))
        assert person.id is not None
        person_id = person.id
    site = make_site(sqlite_database, now, blueprints=(building_blocks,))
    with served(site, person_id) as live:
        yield live


@contextmanager
def served(site: Site, person_id: int) -> Iterator[LiveSite]:
    """Serve the application on a port of this machine."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield LiveSite(site, f"http://127.0.0.1:{server.server_port}", person_id)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def page(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A page in a browser of its own, where nobody is logged in."""
    context = browser.new_context(base_url=live_site.url, locale="nb-NO")
    yield context.new_page()
    context.close()
