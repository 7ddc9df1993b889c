"""Plan the year in a real browser: the whole way with and without scripts, for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.domain.enums import Function, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant
from tests.e2e.browser.conftest import LiveSite, served
from tests.e2e.browser.test_base_pages import problems_in_both_schemes
from tests.factories.rows import (
    add,
    add_forum,
    add_holder,
    add_municipality,
    add_person,
    add_position,
    add_seat,
)
from tests.factories.site import make_site
from web.pages import page_blueprints
from web.planning.pages import planning_blueprints

pytestmark = pytest.mark.browser

BASE = "/sor-fron/planlegg/2028"
PAGES = (
    "",
    "/forum",
    "/forum/nettverket",
    "/sporsmal",
    "/motefrie-perioder",
    "/motefrie-perioder/importer",
    "/datoer",
    "/datoer/nytt",
    "/runde",
    "/publiser",
    "/angre-publisering",
    "/utgaver",
    "/nye-datoer",
)
FOUR = {"kind": "recurrence", "unit": "year", "interval": 1, "count_min": 4, "count_max": 4}


@pytest.fixture
def live_site(sqlite_database: Database, now: datetime) -> Iterator[LiveSite]:
    """Sør-Fron with a planner, a forum with a rhythm and one without."""
    with sqlite_database.write() as session:
        place = add_municipality(session)
        office = add_position(session, place, title="Leder, oppvekst")
        planner = add_person(session, name="Astrid Åmot")
        add_holder(session, office, planner)
        add(session, Grant(role=Role.PLANNER, position_id=office.id))
        for slug, name, cadence in (
            ("radet", "Rådet, barn og unge", FOUR),
            ("nettverket", "Nettverket for tidlig innsats", None),
        ):
            forum = add_forum(session, place, slug=slug, name=name, cadence=cadence)
            add_seat(session, forum, office, function=Function.LEADER)
        person_id = id_of(planner)
    site = make_site(sqlite_database, now, blueprints=(*planning_blueprints(), *page_blueprints()))
    with served(site, person_id) as live:
        yield live


def take_a_proposal_into_use(page: Page, *, scripts: bool = True) -> None:
    """Propose, look until the search is over, and use what it found."""
    page.goto(BASE)
    page.get_by_role("button", name="Foreslå datoer").click()
    use = page.get_by_role("button", name="Ta forslaget i bruk")
    if scripts:
        # The page looks by itself; a look of the test's own would race with it.
        expect(use).to_be_visible(timeout=120_000)
    while not use.is_visible():
        page.wait_for_timeout(500)
        page.goto(page.url)
    use.click()


def test_each_page_can_be_used_by_everyone_on_any_screen(page: Page, live_site: LiveSite) -> None:
    live_site.log_in(page.context)
    take_a_proposal_into_use(page)
    found = {path: _looked_at(page, BASE + path) for path in PAGES}
    page.goto(f"{BASE}/runde")
    page.get_by_role("button", name="Send på runde").click()
    found |= {path: _looked_at(page, path) for path in ("/mine-datoer/1", f"{BASE}/runde/avbryt")}
    page.goto("/mine-datoer/1")
    page.get_by_label("Passer ikke").first.check()
    page.get_by_role("button", name="Send svaret").click()
    page.goto(f"{BASE}/runde/lukk")
    page.get_by_role("button", name="Lukk runden").click()
    found["closed"] = _looked_at(page, f"{BASE}/runde")
    assert found == dict.fromkeys(found, ([], 320))


def _looked_at(page: Page, path: str) -> tuple[list[str], int]:
    page.goto(path)
    page.set_viewport_size({"width": 1280, "height": 800})
    problems = problems_in_both_schemes(page)
    page.set_viewport_size({"width": 320, "height": 640})
    return problems, page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_year_is_proposed_adjusted_and_published(
    browser: Browser, live_site: LiveSite, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=live_site.url, locale="nb-NO", java_script_enabled=scripts
    )
    live_site.log_in(context)
    page = context.new_page()
    take_a_proposal_into_use(page, scripts=scripts)
    expect(page.locator("[role=status]")).to_contain_text("Forslaget er tatt i bruk: 4 endringer.")
    page.get_by_role("link", name="Sett dato").first.click()
    page.get_by_label("Dato").fill("2028-02-15")
    page.get_by_role("button", name="Sett datoen").click()
    expect(page.locator("[role=status]")).to_contain_text("Datoen er satt.")
    page.get_by_role("link", name="Til publisering").click()
    expect(page.locator("main")).to_contain_text("4 møter blir synlige for medlemmene")
    page.get_by_role("button", name="Publiser året").click()
    expect(page.locator("[role=status]")).to_contain_text("4 møter er publisert.")
    context.close()


def test_the_page_shows_by_itself_what_the_search_found(page: Page, live_site: LiveSite) -> None:
    live_site.log_in(page.context)
    page.goto(BASE)
    page.get_by_role("button", name="Foreslå datoer").click()
    expect(page.get_by_role("button", name="Ta forslaget i bruk")).to_be_visible(timeout=30_000)
    expect(page.locator(".lead")).to_contain_text("Datoene er de best mulige")
