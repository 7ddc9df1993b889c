"""The administration's pages in a real browser, with somebody in every state of a position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from scheduler.domain.enums import HolderKind, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, ClosedPeriod, Grant, Leave, Outbox, OutboxEvent
from tests.e2e.browser.conftest import LiveSite, served
from tests.e2e.browser.test_base_pages import problems_in_both_schemes
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from tests.factories.site import make_site

pytestmark = pytest.mark.browser

BASE = "/sor-fron/administrasjon"
PAGES = (
    "",
    "/stillinger",
    "/stillinger/leder-oppvekst",
    "/stillinger/leder-oppvekst/gi-videre",
    "/stillinger/leder-oppvekst/legg-til",
    "/kommunen",
    "/motefrie-perioder",
    "/e-post",
    "/e-post/1",
    "/logg",
)


@pytest.fixture
def live_site(sqlite_database: Database, now: datetime) -> Iterator[LiveSite]:
    """Sør-Fron with an administrator, and a mail that came back."""
    with sqlite_database.write() as session:
        place = add_municipality(session)
        office = add_position(session, place, title="Merkantil", slug="merkantil")
        leads = add_position(session, place, title="Leder, oppvekst", slug="leder-oppvekst")
        add_position(session, place, title="Helsesykepleier", old_title="Helsesøster")
        boss = add_person(session, name="Astrid Åmot")
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        away = add_holder(session, leads, add_person(session, name="Leif Østby"))
        add_holder(session, leads, add_person(session, name="Dag Ås"), kind=HolderKind.DEPUTY)
        add(
            session,
            Leave(holder_id=id_of(away), starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 31)),
        )
        add(
            session,
            ClosedPeriod(
                municipality_id=id_of(place),
                slug="vinterferie-2027",
                name="Vinterferie",
                kind="school_break",
                starts_on=date(2027, 2, 22),
                ends_on=date(2027, 2, 26),
                confirmed=False,
                source="forslag: uke 8",
            ),
        )
        mail = add(
            session,
            Outbox(
                municipality_id=place.id,
                dedup_key="one",
                kind="minutes",
                step="after",
                mail_class="nag",
                state="bounced",
                position_id=leads.id,
                last_error="550 5.1.1 no such user",
                due_at=now,
                next_at=now,
                expires_at=now + timedelta(days=9),
                created_at=now,
                resend_policy="hold",
            ),
        )
        add(session, OutboxEvent(outbox_id=id_of(mail), at=now, to_state="bounced"))
        add(
            session,
            AuditEvent(
                at=now,
                municipality_id=place.id,
                person_id=boss.id,
                action="position.roles",
                entity="position",
                entity_id=office.id,
                before={"roles": []},
                after={"roles": ["administrator"]},
            ),
        )
        person_id = id_of(boss)
    with served(make_site(sqlite_database, now), person_id) as live:
        yield live


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_used_by_everyone_on_any_screen(
    page: Page, live_site: LiveSite, path: str
) -> None:
    live_site.log_in(page.context)
    answer = page.goto(BASE + path)
    assert answer is not None
    assert answer.status == 200
    assert problems_in_both_schemes(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_position_is_handed_over_with_the_keyboard_alone(page: Page, live_site: LiveSite) -> None:
    live_site.log_in(page.context)
    page.goto(f"{BASE}/stillinger/leder-oppvekst/gi-videre")
    page.get_by_label("Første dag").fill("2027-02-01")
    page.get_by_label("En etterfølger").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Sigrid Ny")
    page.keyboard.press("Tab")
    page.keyboard.type("sigrid@sor-fron.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dette følger med")
    page.get_by_role("button", name="Gi stillingen videre").press("Enter")
    expect(page.locator("[role=status]")).to_have_text("Stillingen er gitt videre.")
    names = page.locator("tbody th").all_inner_texts()
    assert [name.split("\n")[0] for name in names] == ["Sigrid Ny", "Dag Ås", "Leif Østby"]
