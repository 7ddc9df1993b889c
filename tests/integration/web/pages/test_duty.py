"""One duty's page: out for comment, postponed once, not applicable."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.store.tables import Duty
from tests.factories.site import Site, Visitor
from tests.factories.town import Town


@pytest.fixture
def secretary(site: Site, town: Town) -> Visitor:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get(path(town))
    return visitor


def path(town: Town, step: str = "") -> str:
    return f"/oppgaver/{town.minutes_id}{step}"


def minutes(site: Site, town: Town) -> Duty:
    with site.database.read() as session:
        return session.get_one(Duty, town.minutes_id)


def test_minutes_go_out_for_comment(site: Site, secretary: Visitor, town: Town) -> None:
    secretary.post(path(town, "/gjennomlesing"))
    assert minutes(site, town).state is DutyState.IN_REVIEW
    assert "til gjennomlesing" in secretary.get(path(town)).text


def test_late_minutes_that_went_out_for_comment_wait_for_others_and_are_not_called_late(
    secretary: Visitor, town: Town
) -> None:
    def tags() -> list[str]:
        return re.findall(r'class="tag[^"]*">([^<]+)<', secretary.get(path(town)).text)

    before = tags()
    secretary.post(path(town, "/gjennomlesing"))

    assert (before[:1], tags()[:1]) == (["forsinket"], ["til gjennomlesing"])


def test_a_deadline_is_postponed_once(site: Site, secretary: Visitor, town: Town) -> None:
    answer = secretary.post(path(town, "/utsett"), {"to": "2027-01-20"})
    assert (answer.status_code, answer.headers["Location"]) == (303, path(town))
    moved = minutes(site, town)
    assert (moved.due_on, moved.promised_on, moved.postponed) == (
        date(2027, 1, 20),
        date(2027, 1, 8),
        True,
    )
    page = secretary.get(path(town)).text
    assert "utsatt fra fredag 8. januar" in page
    assert "Utsett fristen" not in page
    assert secretary.post(path(town, "/utsett"), {"to": "2027-02-20"}).status_code == 409


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Ny frist må fylles ut"),
        ("2027-01-11", "Ny frist må være etter i dag"),
        ("2027-02-30", "Ny frist må være en dato som finnes"),
    ],
)
def test_a_bad_date_is_said_at_its_field(
    site: Site, secretary: Visitor, town: Town, to: str, words: str
) -> None:
    answer = secretary.post(path(town, "/utsett"), {"to": to})
    assert (answer.status_code, f'<a href="#to">{words}</a>' in answer.text) == (422, True)
    assert not minutes(site, town).postponed


def test_what_does_not_apply_is_said_and_can_be_opened_again(
    site: Site, secretary: Visitor, town: Town
) -> None:
    secretary.post(path(town, "/ikke-aktuelt"))
    assert minutes(site, town).state is DutyState.NOT_APPLICABLE
    page = secretary.get(path(town)).text
    assert "Åpne oppgaven igjen" in page
    secretary.post(path(town, "/angre"))
    assert minutes(site, town).state is DutyState.OPEN


@pytest.mark.parametrize("step", ["/gjennomlesing", "/ikke-aktuelt", "/utsett"])
def test_a_member_changes_nothing(site: Site, town: Town, step: str) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    visitor.get(path(town))
    assert visitor.post(path(town, step), {"to": "2027-02-01"}).status_code == 403
    assert minutes(site, town).state is DutyState.OPEN


def test_a_strangers_duty_is_not_found(site: Site, town: Town) -> None:
    assert site.visitor_as(town.stranger_id).get(path(town)).status_code == 404


def test_only_who_may_finish_it_is_offered_to_open_it_again(site: Site, town: Town) -> None:
    secretary = site.visitor_as(town.secretary_id)
    secretary.get(path(town))
    secretary.post(path(town, "/ferdig"))
    offered = [
        "Åpne oppgaven igjen" in visitor.get(path(town)).text
        for visitor in (secretary, site.visitor_as(town.psychologist_id))
    ]
    assert offered == [True, False]


def test_only_minutes_are_given_as_an_example_of_what_a_meeting_needs_not(
    site: Site, secretary: Visitor, town: Town
) -> None:
    said = []
    for kind in (DutyKind.MINUTES, DutyKind.EVALUATION):
        with site.database.write() as session:
            session.get_one(Duty, town.minutes_id).kind = kind
        page = secretary.get(path(town)).text
        said.append(("trenger referat" in page, "ingen flere påminnelser" in page))
    assert said == [(True, True), (False, True)]
