"""The pages of content in a real browser: everyone can use them, on every screen and on paper."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.e2e.browser.pages.conftest import LiveTown, log_in
from tests.factories.qr_code import read_pixels

pytestmark = pytest.mark.browser

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is right is looked at all the same, but not described element by element.
    "resultTypes": ["violations"],
}
YEAR = "/sor-fron/aarshjul/2027"
PATHS = [
    "/",
    YEAR,
    "/sor-fron/kalender/2027-03",
    "/sor-fron/kalender/liste",
    "/sor-fron/forum",
    "/sor-fron/forum/ressursgruppe",
    "/mote/1",
    "/oppgaver",
    "/abonner",
]
LEADERS_PATHS = ["/", "/oppgaver", "/oppgaver/1", "/mote/1", "/mote/1/flytt", "/mote/1/avlys"]


def problems_on(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(violation["id"], node["html"]) for violation in found for node in violation["nodes"]]


@pytest.mark.parametrize("path", PATHS)
def test_everyone_can_use_it_in_every_colour_scheme_and_on_every_screen(
    town_page: Page, path: str
) -> None:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 320)):
        # Colours that fade from one scheme to the other are neither.
        town_page.emulate_media(
            color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        town_page.set_viewport_size({"width": width, "height": 720})
        town_page.goto(path)
        found[scheme, width] = problems_on(town_page)
    assert found == {("light", 1280): [], ("dark", 1280): [], ("light", 320): []}
    assert town_page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", LEADERS_PATHS)
def test_everyone_can_lead(browser: Browser, live_town: LiveTown, path: str) -> None:
    context = browser.new_context(base_url=live_town.url)
    log_in(context, live_town, live_town.town.leader_id)
    page = context.new_page()
    page.goto(path)
    assert problems_on(page) == []
    context.close()


def test_nothing_comes_from_outside_and_no_rule_of_our_own_is_broken(
    town_page: Page, live_town: LiveTown
) -> None:
    found = {}
    for path in PATHS:
        asked: set[str] = set()
        complaints: list[str] = []
        page = town_page.context.new_page()
        page.on("request", lambda request, asked=asked: asked.add(request.url.split("/")[2]))
        page.on("console", lambda message, said=complaints: said.append(message.text))
        page.goto(path)
        page.close()
        found[path] = (asked, complaints)
    assert found == {path: ({live_town.url.removeprefix("http://")}, []) for path in PATHS}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_code_on_the_screen_leads_to_the_address_beside_it(
    town_page: Page, scheme: Literal["light", "dark"], width: int
) -> None:
    town_page.emulate_media(color_scheme=scheme)
    town_page.set_viewport_size({"width": width, "height": 900})
    town_page.goto("/abonner")
    town_page.get_by_label("Navn på abonnementet").fill("Telefon")
    town_page.get_by_role("button", name="Lag adressen").click()
    address = town_page.locator("#address").input_value()
    shown = b64encode(town_page.locator(".qr-frame").screenshot()).decode()
    wide, high, grey = town_page.evaluate(GREY, shown)

    assert problems_on(town_page) == []
    assert town_page.evaluate("document.documentElement.scrollWidth") == width
    assert read_pixels(bytes(grey), width=wide, height=high) == (
        "webcal://" + address.partition("://")[2]
    )
    town_page.reload()
    assert town_page.locator("#address").input_value() == address


@pytest.mark.parametrize("can_copy", [True, False])
def test_how_to_copy_by_hand_is_said_where_copying_fails(town_page: Page, can_copy: bool) -> None:
    town_page.add_init_script(
        "navigator.clipboard.writeText = async () => {"
        + ("" if can_copy else "throw new DOMException('', 'NotAllowedError');")
        + "}"
    )
    town_page.goto("/abonner")
    town_page.get_by_label("Navn på abonnementet").fill("Telefon")
    town_page.get_by_role("button", name="Lag adressen").click()
    by_hand = town_page.get_by_text("Merk adressen og kopier den.")
    expect(by_hand).to_be_hidden()
    town_page.get_by_role("button", name="Kopier").click()
    if can_copy:
        expect(town_page.get_by_role("button", name="Kopiert")).to_be_visible()
    expect(by_hand).to_be_visible(visible=not can_copy)


GREY = """async (shown) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + shown;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const painted = canvas.getContext("2d");
    painted.drawImage(picture, 0, 0);
    const {data} = painted.getImageData(0, 0, picture.width, picture.height);
    const grey = [];
    for (let at = 0; at < data.length; at += 4) {
        grey.push(Math.round((data[at] + data[at + 1] + data[at + 2]) / 3));
    }
    return [picture.width, picture.height, grey];
}"""


def test_the_wheel_is_one_tab_stop_with_arrow_keys_inside(town_page: Page) -> None:
    town_page.goto(YEAR)
    town_page.locator(".pick-0").locator("xpath=ancestor::fieldset").locator("input").first.focus()
    town_page.keyboard.press("Tab")
    first = focused(town_page)
    assert first.endswith("neste møte")
    town_page.keyboard.press("ArrowRight")
    assert focused(town_page).startswith("Familieteam, mandag 22. februar")
    town_page.keyboard.press("ArrowDown")
    assert focused(town_page).startswith("Ressursgruppe, barn og unge")
    town_page.keyboard.press("Tab")
    assert not town_page.evaluate("!!document.activeElement.closest('svg')")


def test_without_scripts_every_meeting_can_still_be_reached(
    browser: Browser, live_town: LiveTown
) -> None:
    context = browser.new_context(base_url=live_town.url, java_script_enabled=False)
    log_in(context, live_town, live_town.town.psychologist_id)
    page = context.new_page()
    page.goto(YEAR)
    assert page.locator(".wheel-mark").count() == 6
    assert page.locator(".wheel-mark[tabindex]").count() == 0
    page.locator(".year-title a").first.click()
    expect(page.locator("h1")).to_have_text("Familieteam")
    context.close()


def test_one_forum_is_brought_forward_without_a_script(
    browser: Browser, live_town: LiveTown
) -> None:
    context = browser.new_context(base_url=live_town.url, java_script_enabled=False)
    log_in(context, live_town, live_town.town.psychologist_id)
    page = context.new_page()
    page.goto(YEAR)
    page.locator(".pick-0").check()
    opacity = "element => getComputedStyle(element).opacity"
    shown = [
        page.locator(f"g.wheel-ring.wheel-ring-{number}").evaluate(opacity) for number in (0, 1)
    ]
    assert shown == ["1", "0.13"]
    context.close()


@pytest.mark.parametrize("width", [1280, 1600])
def test_no_words_of_the_wheel_lie_on_each_other(town_page: Page, width: int) -> None:
    town_page.set_viewport_size({"width": width, "height": 1000})
    town_page.goto(YEAR)
    assert town_page.evaluate(OVERLAPS) == []


OVERLAPS = """() => {
    const shown = [...document.querySelectorAll(
        "svg.wheel .wheel-name, svg.wheel .wheel-day, svg.wheel .wheel-callout, " +
        "svg.wheel .wheel-week-number, svg.wheel .wheel-diamond-number")]
        .map((text) => [text.textContent, text.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0);
    const found = [];
    shown.forEach(([one, a], number) => shown.slice(number + 1).forEach(([other, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 0.5 && high > 3) found.push([one, other]);
    }));
    return found;
}"""


def test_the_list_comes_first_on_a_small_screen(town_page: Page) -> None:
    town_page.set_viewport_size({"width": 390, "height": 800})
    town_page.goto(YEAR)
    tops = [
        town_page.locator(part).evaluate("part => part.getBoundingClientRect().top")
        for part in (".year-list", ".year-wheel")
    ]
    assert tops == sorted(tops)
    month = town_page.locator(".wheel-month").nth(1)
    box = month.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


def test_the_wheel_prints_on_one_landscape_page(town_page: Page) -> None:
    town_page.goto(f"{YEAR}?niva=system")
    pages = PdfReader(BytesIO(town_page.pdf(prefer_css_page_size=True))).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {
        (842, 595)
    }
    assert "Årshjulet 2027" in pages[0].extract_text()
    assert "møtefri periode" in pages[0].extract_text()
    assert "Måned for måned" in pages[1].extract_text()


def test_a_duty_is_done_with_one_click(browser: Browser, live_town: LiveTown) -> None:
    context = browser.new_context(base_url=live_town.url)
    log_in(context, live_town, live_town.town.secretary_id)
    page = context.new_page()
    page.goto("/")
    before = page.locator(".duty-row").count()
    page.get_by_role("button", name="Ferdig").first.click()
    assert page.locator("[role=status]").inner_text().endswith("er merket som ferdig.")
    assert page.locator(".duty-row").count() == before - 1
    context.close()


def focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
    return words
