"""The base pages and every building block, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser.conftest import LiveSite

pytestmark = pytest.mark.browser

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is right is looked at all the same, but not described element by element.
    "resultTypes": ["violations"],
}
# As a person meets them: log-in, a page that is not there, and the account.
FOR_STRANGERS = ["/logg-inn", "/logg-inn/sendt", "/logg-inn/spent-long-ago", "/nowhere"]
FOR_PEOPLE = ["/", "/min-konto"]


def problems_in_both_schemes(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds wrong in light and in dark, with the place of each."""
    found = []
    for scheme in ("light", "dark"):
        # Colours that fade from one scheme to the other are neither.
        page.emulate_media(
            color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        for violation in Axe().run(page, options=WCAG).response["violations"]:
            found += [(violation["id"], node["html"]) for node in violation["nodes"]]
    return found


@pytest.mark.parametrize("path", [*FOR_STRANGERS, *FOR_PEOPLE])
def test_a_page_can_be_used_by_everyone_on_any_screen_and_breaks_no_rule_of_its_own(
    page: Page, live_site: LiveSite, path: str
) -> None:
    if path in FOR_PEOPLE:
        live_site.log_in(page.context)
    page.goto(path)
    assert problems_in_both_schemes(page) == []
    live_site.log_in(page.context)
    page.set_viewport_size({"width": 320, "height": 640})
    asked: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expected = [] if path not in ("/nowhere", FOR_STRANGERS[2]) else ["status"]
    assert asked == {live_site.url.removeprefix("http://")}
    assert [word for text in complaints for word in ["status"] if word in text] == expected
    assert len(complaints) == len(expected)


def test_a_form_with_problems_can_be_used_by_everyone(page: Page, live_site: LiveSite) -> None:
    live_site.log_in(page.context)
    page.goto("/")
    page.fill("#held_on", "")
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert problems_in_both_schemes(page) == []


def test_the_first_key_leads_past_the_menu(page: Page, live_site: LiveSite) -> None:
    live_site.log_in(page.context)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    page.keyboard.press("Enter")
    expect(page.locator("#innhold")).to_be_focused()


def test_every_control_can_be_reached_and_shows_where_the_focus_is(
    page: Page, live_site: LiveSite
) -> None:
    live_site.log_in(page.context)
    page.goto("/")
    without: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        width, element = page.evaluate(LOOK_AT_FOCUS)
        if element.startswith("<body"):
            break
        if width != "3px":
            without.append(element)
    assert without == []
    assert (
        page.locator(FOCUSABLE).count() == page.locator(f":is({FOCUSABLE})[data-reached]").count()
    )


# Whether each radio button of a group is a stop is for the browser to say.
FOCUSABLE = (
    "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, [tabindex='0']"
)
LOOK_AT_FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    element.dataset.reached = "";
    return [style.outlineStyle === "none" ? "0px" : style.outlineWidth, element.outerHTML];
}"""


def test_a_form_with_problems_puts_the_reader_at_the_summary(
    page: Page, live_site: LiveSite
) -> None:
    live_site.log_in(page.context)
    page.goto("/")
    page.fill("#held_on", "")
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()


def test_somebody_logs_in_by_mail_and_out_again(page: Page, live_site: LiveSite) -> None:
    page.goto("/")
    page.get_by_label("E-postadresse på jobb").fill("kari@kommune.example")
    page.get_by_role("button", name="Send meg en lenke").click()
    expect(page.locator("h1")).to_have_text("Se etter e-posten")
    page.goto(live_site.site.mailbox.last_path)
    expect(page.locator("h1")).to_have_text("Logg inn som Kari Åsmundstad")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.locator("h1")).to_have_text("Ressursgruppe, oppvekst")
    page.get_by_role("button", name="Logg ut").click()
    expect(page.locator("[role=status]")).to_have_text("Du er logget ut.")


def test_log_in_works_without_scripts(live_site: LiveSite, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context: BrowserContext = browser.new_context(base_url=live_site.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/logg-inn")
    plain.get_by_label("E-postadresse på jobb").fill("kari@kommune.example")
    plain.get_by_role("button", name="Send meg en lenke").click()
    expect(plain.locator("h1")).to_have_text("Se etter e-posten")
    plain.goto(live_site.site.mailbox.last_path)
    plain.get_by_role("button", name="Logg inn").click()
    assert plain.locator(".person a").inner_text() == "Kari Åsmundstad"
    context.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "søndag 3. januar 2027, uke 53"),
        ("nn", "sundag 3. januar 2027, veke 53"),
        ("en", "Sunday 3 January 2027, week 53"),
    ],
)
def test_a_date_is_said_in_words_while_it_is_chosen(
    page: Page, live_site: LiveSite, language: str, words: str
) -> None:
    live_site.log_in(page.context)
    page.goto(f"/?lang={language}")
    page.fill("#held_on", "2027-01-03")
    assert page.locator("#held_on-words").inner_text() == words
    page.get_by_role("button").filter(has_text="Lagre").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.locator("#held_on-words").inner_text() == words
