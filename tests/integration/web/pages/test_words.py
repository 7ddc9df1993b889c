"""Pages in the three written forms, forums and the calendar."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.factories.rows import add_person
from tests.factories.site import Site, Visitor
from tests.factories.town import Town


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Mine møter og frister", "forsinket", "Dette må du gjøre nå")),
        ("nn", ("Mine møte og fristar", "forseinka", "Dette må du gjere no")),
        ("en", ("My meetings and deadlines", "late", "What you must do now")),
    ],
)
def test_the_start_page_in_each_form(
    site: Site, town: Town, language: str, words: tuple[str, ...]
) -> None:
    page = site.visitor_as(town.secretary_id).get(f"/?lang={language}").text
    assert f'<html lang="{language}">' in page
    assert [word in page for word in words] == [True] * 3


def test_the_next_meetings_name_month_and_year_as_their_reader_writes_them(
    site: Site, leader: Visitor
) -> None:
    def days() -> list[str]:
        return re.findall(r'class="row-day"><time [^>]*>([^<]+)<', leader.get("/?lang=en").text)

    this_year = days()
    site.now -= timedelta(days=20)

    assert this_year[:1] == ["Tuesday 9 February"]
    assert days()[:1] == ["Tuesday 9 February 2027"]


@pytest.mark.parametrize(
    "path",
    [
        "/sor-fron/aarshjul/2027",
        "/sor-fron/kalender/2027-02",
        "/sor-fron/kalender/liste",
        "/sor-fron/forum/ressursgruppe",
        "/oppgaver",
        "/abonner",
    ],
)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_page_is_there_in_each_form(leader: Visitor, path: str, language: str) -> None:
    page = leader.get(f"{path}?lang={language}").text
    assert f'<html lang="{language}">' in page
    assert not re.search(r"\b(møter|måned|uke|frister|ennå|ikke|hvor|velg)\b", page)


def test_a_forum_says_what_the_plan_says_and_what_the_municipality_chose(leader: Visitor) -> None:
    page = leader.get("/sor-fron/forum/ressursgruppe").text
    for words in (
        "«3-4 ganger i året»",
        "7 dager før møtet",
        "kommunens valg",
        "Leder, oppvekst",
        "Åse Sekretær",
        "tirsdag 9. februar 2027",
    ):
        assert words in page
    assert page.count("kommunens valg") == 1


def test_a_forum_without_its_rhythm_says_so(site: Site, town: Town) -> None:
    page = site.visitor_as(town.psychologist_id).get("/sor-fron/forum/familieteam").text
    assert "planen gir ingen rytme" in page


def test_the_month_has_weeks_holidays_and_meetings(leader: Visitor, town: Town) -> None:
    page = leader.get("/sor-fron/kalender/2027-03").text
    for words in ("Mars 2027", "Skjærtorsdag", "Langfredag", "Mandag"):
        assert words in page
    february = leader.get("/sor-fron/kalender/2027-02").text
    assert f'href="/mote/{town.meeting.id}"' in february
    assert "ditt møte" in february


@pytest.mark.parametrize("month", ["2027-13", "2027-00", "1999-01", "i-dag"])
def test_what_is_no_month_is_not_found(leader: Visitor, month: str) -> None:
    assert leader.get(f"/sor-fron/kalender/{month}").status_code == 404


def test_a_person_without_a_position_is_told_whom_to_ask(site: Site, town: Town) -> None:
    del town
    with site.database.write() as session:
        nobody = add_person(session).id
    assert nobody is not None
    assert "Du har ingen stilling her i dag" in site.visitor_as(nobody).get("/").text
