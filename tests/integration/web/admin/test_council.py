"""The page of the council's meetings: pasted, looked at, added, removed, and seen on the report."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyKind, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    CouncilDate,
    Duty,
    Grant,
    ImportedCalendar,
    Municipality,
    RecurringDuty,
)
from tests.factories.rows import add, add_duty, add_municipality
from tests.factories.site import Site, Visitor, make_site
from tests.factories.town import build_town
from web.pages import page_blueprints

PATH = "/sor-fron/administrasjon/kommunestyret"
NAME = "Rapport om barnevernet, årlig"
PASTED = "Torsdag 17. juni 2027, kl. 17\n\n17.12.2027\n2027-12-17"


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    return make_site(sqlite_database, now, blueprints=page_blueprints())


@pytest.fixture
def made(site: Site) -> tuple[int, int]:
    """An administrator, and the open report of 2027 that is due on the yearly day."""
    with site.database.write() as session:
        town = build_town(session)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=town.leader_position.id))
        place = town.municipality
        recurring = add(
            session,
            RecurringDuty(
                municipality_id=id_of(place),
                slug="rapport",
                name=NAME,
                kind=DutyKind.COUNCIL_REPORT,
                cadence={"kind": "recurrence", "unit": "year", "count_min": 1},
                reports_to="Kommunestyret",
                position_id=town.leader_position.id,
            ),
        )
        report = add_duty(
            session,
            place,
            key="council_report:rapport:2027-11-01",
            kind=DutyKind.COUNCIL_REPORT,
            recurring_duty_id=recurring.id,
            position_id=town.leader_position.id,
            due_on=date(2027, 11, 1),
        )
        return town.leader_id, id_of(report)


@pytest.fixture
def report_id(made: tuple[int, int]) -> int:
    return made[1]


@pytest.fixture
def administrator(site: Site, made: tuple[int, int]) -> Visitor:
    visitor = site.visitor_as(made[0])
    visitor.get(PATH)
    return visitor


def dates(site: Site) -> list[tuple[date, str]]:
    with site.database.read() as session:
        rows = session.exec(select(CouncilDate).order_by(CouncilDate.held_on))
        return [(row.held_on, row.body) for row in rows]


def due_on(site: Site, report_id: int) -> date:
    with site.database.read() as session:
        return session.get_one(Duty, report_id).due_on


def add_dates(administrator: Visitor, days: str) -> None:
    administrator.post(PATH, {"body": "kommunestyret", "days": days})


def test_dates_are_looked_at_before_they_count_and_the_report_follows(
    site: Site, administrator: Visitor, report_id: int
) -> None:
    empty = administrator.get(PATH).text
    before = administrator.get(f"/oppgaver/{report_id}").text
    administrator.get(PATH)
    preview = administrator.post(f"{PATH}/se", {"body": "kommunestyret", "days": PASTED}).text
    looked = dates(site), due_on(site, report_id)
    add_dates(administrator, "2027-06-17\n2027-12-17")
    page = administrator.get(f"/oppgaver/{report_id}").text

    assert "Ingen møtedatoer ennå" in empty
    assert "Kommunestyrets møtedatoer for 2027 er ikke lagt inn" in before
    assert [NAME in preview, "fredag 19. november" in preview] == [True, True]
    assert looked == ([], date(2027, 11, 1))
    assert dates(site) == [
        (date(2027, 6, 17), "kommunestyret"),
        (date(2027, 12, 17), "kommunestyret"),
    ]
    assert due_on(site, report_id) == date(2027, 11, 19)
    assert "Saken leveres 20 arbeidsdager før kommunestyret fredag 17. desember" in page


def test_a_meeting_is_removed_after_a_look_and_everything_is_in_the_log(
    site: Site, administrator: Visitor, report_id: int
) -> None:
    add_dates(administrator, "2027-12-17")
    look = administrator.get(f"{PATH}/1/fjern").text
    kept = dates(site)
    administrator.post(f"{PATH}/1/fjern")
    with site.database.read() as session:
        actions = session.exec(select(AuditEvent.action).order_by(AuditEvent.id)).all()

    assert [NAME in look, "mandag 1. november" in look] == [True, True]
    assert kept == [(date(2027, 12, 17), "kommunestyret")]
    assert (dates(site), due_on(site, report_id)) == ([], date(2027, 11, 1))
    assert actions[-4:] == ["council.added", "duty.redated", "council.removed", "duty.redated"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("", "Datoer må fylles ut"),
        ("2027-12-17\nsnart", "Datoer: det står ingen dato på linje 2"),
        ("2027-12-17\n31. februar 2027", "Datoer: datoen på linje 2 finnes ikke"),
        ("17.-18. juni 2027", "Datoer: det står flere dager på linje 1"),
        ("Tirsdag 17. juni 2027", "Datoer: ukedagen på linje 1 passer ikke med datoen"),
    ],
)
def test_lines_that_are_no_date_are_said_and_nothing_is_kept(
    site: Site, administrator: Visitor, days: str, words: str
) -> None:
    for path in (f"{PATH}/se", PATH):
        answer = administrator.post(path, {"body": "kommunestyret", "days": days})
        assert (answer.status_code, words in answer.text) == (422, True)
    assert dates(site) == []


def test_every_line_that_is_no_date_is_said_beside_the_field(administrator: Visitor) -> None:
    page = administrator.post(f"{PATH}/se", {"body": "kommunestyret", "days": "snart\n31.2.2027"})
    assert re.findall(r"linje \d [^<]*|linje \d", page.text.partition('id="days-problem"')[2]) == [
        "linje 1",
        "linje 2 finnes ikke",
    ]


def test_dates_of_the_spring_alone_leave_the_report_where_it_is_and_its_page_says_so(
    site: Site, administrator: Visitor, report_id: int
) -> None:
    add_dates(administrator, "2027-02-18")
    page = administrator.get(f"/oppgaver/{report_id}").text

    assert due_on(site, report_id) == date(2027, 11, 1)
    assert "møter som er lagt inn for 2027, passer til fristen" in page


def test_a_date_without_a_year_is_the_next_one(site: Site, administrator: Visitor) -> None:
    add_dates(administrator, "18. februar\n17. desember\n7. januar")
    assert [day for day, _body in dates(site)] == [
        date(2027, 2, 18),
        date(2027, 12, 17),
        date(2028, 1, 7),
    ]


def test_a_date_that_has_passed_is_marked_before_it_is_added(administrator: Visitor) -> None:
    pages = [
        administrator.post(f"{PATH}/se", {"body": "kommunestyret", "days": days}).text
        for days in ("2027-01-11", "2027-01-10")
    ]
    assert ["Noen av datoene er passert." in page for page in pages] == [False, True]
    assert ["(passert)" in page for page in pages] == [False, True]


def test_a_calendars_and_another_municipalitys_dates_cannot_be_removed_here(
    site: Site, administrator: Visitor, now: datetime
) -> None:
    with site.database.write() as session:
        other = add_municipality(session, slug="bamble", name="Bamble")
        home = session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()
        calendar = add(
            session, ImportedCalendar(municipality_id=id_of(home), name="Møteplan", created_at=now)
        )
        for place_id, calendar_id in ((home.id, calendar.id), (other.id, None)):
            add(
                session,
                CouncilDate(
                    municipality_id=place_id,
                    held_on=date(2027, 6, 17),
                    body="kommunestyret",
                    calendar_id=calendar_id,
                ),
            )
    page = administrator.get(PATH).text
    answers = [administrator.post(f"{PATH}/{each}/fjern").status_code for each in (1, 2)]

    assert ["Fra kalenderen Møteplan" in page, "/1/fjern" in page] == [True, False]
    assert answers == [404, 404]
    assert len(dates(site)) == 2


def test_another_number_of_paper_days_moves_the_report_after_a_look(
    site: Site, administrator: Visitor, report_id: int
) -> None:
    add_dates(administrator, "2027-12-17")
    path = "/sor-fron/administrasjon/kommunen"
    form = settings_in(administrator.get(path).text) | {"council_paper_days": "30"}
    look = administrator.post(path, form)
    looked = due_on(site, report_id), paper_days(site)
    confirmed = settings_in(look.text)
    done = administrator.post(path, confirmed)

    assert (look.status_code, NAME in look.text) == (200, True)
    assert "fredag 5. november" in look.text
    assert looked == (date(2027, 11, 19), None)
    assert (done.status_code, confirmed["confirmed"]) == (303, "1")
    assert (due_on(site, report_id), paper_days(site)) == (date(2027, 11, 5), 30)
    assert "1 rapport har fått ny frist." in administrator.get(path).text
    with site.database.read() as session:
        actions = session.exec(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-2:] == ["municipality.changed", "duty.redated"]


def test_choices_that_move_no_report_are_saved_at_once(
    administrator: Visitor, site: Site, report_id: int
) -> None:
    path = "/sor-fron/administrasjon/kommunen"
    form = settings_in(administrator.get(path).text) | {"notice_days": "17"}
    assert administrator.post(path, form).status_code == 303
    assert due_on(site, report_id) == date(2027, 11, 1)


def settings_in(page: str) -> dict[str, str]:
    """Return the values of the form with the settings as a browser would send them."""
    main = page[page.index("<main") : page.index("</main>")]
    values = {}
    for tag in re.findall(r"<input [^>]*>", main):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ("checked" in tag or not re.search("radio|checkbox", tag)):
            values[name[1]] = value[1]
    for name, options in re.findall(r'<select id="(\w+)".*?>(.*?)</select>', main, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return {name: value for name, value in values.items() if name != "csrf_token"}


def paper_days(site: Site) -> int | None:
    with site.database.read() as session:
        place = session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()
        return place.choices.get("council_paper_days")
