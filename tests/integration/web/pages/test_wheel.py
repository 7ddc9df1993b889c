"""The wheel's page: drawing and table say the same, filters are links, nothing is styled inline."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from sqlmodel import select

from scheduler.domain.enums import MeetingState
from scheduler.store.tables import Meeting, YearPlan
from tests.factories.site import Site
from tests.factories.town import Town

SVG = re.compile(r"<svg class=\"wheel\".*?</svg>", re.DOTALL)


def drawing(page: str) -> ElementTree.Element:
    found = SVG.search(page)
    assert found is not None
    return ElementTree.fromstring(found.group(0))  # noqa: S314 - our own page.


def links(element: ElementTree.Element, css_class: str) -> list[str]:
    return [
        link.get("href", "")
        for link in element.iter("a")
        if css_class in link.get("class", "").split()
    ]


def test_every_meeting_is_a_link_in_the_wheel_and_a_row_in_the_table(
    site: Site, town: Town
) -> None:
    page = site.visitor_as(town.psychologist_id).get("/sor-fron/aarshjul/2027").text
    addresses = [f"/mote/{town.team_meeting.id}", f"/mote/{town.meeting.id}"]
    assert links(drawing(page), "wheel-mark") == addresses
    table = page[page.index("<table") :]
    assert re.findall(r'href="(/mote/\d+)"', table) == addresses


def test_each_mark_says_forum_day_time_and_state(site: Site, town: Town) -> None:
    page = site.visitor_as(town.leader_id).get("/sor-fron/aarshjul/2027").text
    marks = [link for link in drawing(page).iter("a") if "wheel-mark" in link.get("class", "")]
    assert [link.get("aria-label") for link in marks] == [
        "Ressursgruppe, barn og unge, tirsdag 9. februar, kl. 09:00–11:00, planlagt, neste møte"
    ]


def test_nothing_in_the_drawing_needs_an_inline_style(site: Site, town: Town) -> None:
    page = site.visitor_as(town.leader_id).get("/sor-fron/aarshjul/2027").text
    assert not re.search(r"\sstyle=|<style", page)


def test_month_links_lead_to_the_months_of_the_table(site: Site, town: Town) -> None:
    page = site.visitor_as(town.psychologist_id).get("/sor-fron/aarshjul/2027").text
    assert links(drawing(page), "wheel-month")[:2] == ["#maaned-2027-01", "#maaned-2027-02"]
    assert 'id="maaned-2027-02"' in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["team", "group"]),
        ("?mine", ["team", "group"]),
        ("?forum=ressursgruppe", ["group"]),
        ("?forum=finnes-ikke", ["team", "group"]),
        ("?niva=system", ["group"]),
    ],
)
def test_filters_are_links(site: Site, town: Town, query: str, shown: list[str]) -> None:
    page = site.visitor_as(town.psychologist_id).get(f"/sor-fron/aarshjul/2027{query}").text
    ids = {"team": town.team_meeting.id, "group": town.meeting.id}
    assert links(drawing(page), "wheel-mark") == [f"/mote/{ids[name]}" for name in shown]


def test_a_position_is_a_filter(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    page = visitor.get(f"/sor-fron/aarshjul/2027?stilling={town.leader_position.slug}").text
    assert links(drawing(page), "wheel-mark") == [f"/mote/{town.meeting.id}"]


def test_a_year_that_is_not_published_says_what_to_do(site: Site, town: Town) -> None:
    with site.database.write() as session:
        for year in session.exec(select(YearPlan)):
            year.published_at = None
    page = site.visitor_as(town.stranger_id).get("/hemsedal/aarshjul").text
    assert "Året er ikke publisert ennå" in page
    assert '<svg class="wheel"' not in page


@pytest.mark.parametrize("period", ["2027", "2027-28", "2031"])
def test_every_period_has_a_page(site: Site, town: Town, period: str) -> None:
    answer = site.visitor_as(town.leader_id).get(f"/sor-fron/aarshjul/{period}")
    assert (answer.status_code, f"Årshjulet {period.replace('-', '/')}" in answer.text) == (
        200,
        True,
    )


@pytest.mark.parametrize("period", ["1999", "2027-30", "x", "2027-28-29"])
def test_what_is_no_period_is_not_found(site: Site, town: Town, period: str) -> None:
    assert site.visitor_as(town.leader_id).get(f"/sor-fron/aarshjul/{period}").status_code == 404


def test_a_cancelled_meeting_is_struck_and_said_to_be(site: Site, town: Town) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).state = MeetingState.CANCELLED
    page = site.visitor_as(town.leader_id).get("/sor-fron/aarshjul/2027").text
    (mark,) = [link for link in drawing(page).iter("a") if "wheel-mark" in link.get("class", "")]
    assert mark.get("class") == "wheel-mark wheel-mark-cancelled"
    assert mark.get("aria-label", "").endswith("avlyst")
