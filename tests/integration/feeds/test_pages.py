"""The pages about feeds: a subscription's options, and a year to keep as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
import vobject
from icalendar import Calendar
from openpyxl import load_workbook
from sqlmodel import select

from scheduler.domain.enums import MeetingState
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.tables import FeedToken, Meeting, Person
from scheduler.usecases.feeds.private_links import allow_private_links
from tests.factories.rows import add_forum, add_meeting
from tests.factories.site import Site, Visitor, make_site
from tests.factories.town import Town, build_town
from web.feeds.blueprints import feed_blueprints
from web.feeds.sheet import SheetLine, csv_bytes, xlsx_bytes
from web.pages import page_blueprints

HOSTILE = '=HYPERLINK("http://x";"Årsmøte, \'høst\'")\r\n\x00+1'


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    return make_site(sqlite_database, now, blueprints=(*feed_blueprints(), *page_blueprints()))


@pytest.fixture
def town(site: Site) -> Town:
    with site.database.write() as session:
        return build_town(session)


@pytest.fixture
def leader(site: Site, town: Town) -> Visitor:
    return site.visitor_as(town.leader_id)


def address_made_by(visitor: Visitor) -> str:
    visitor.get("/abonner")
    form = {"what": "person", "duties": "with", "label": "Outlook"}
    page = visitor.post("/abonner", form, follow_redirects=True)
    _before, _found, rest = page.text.partition('id="address" value="')
    return rest.partition('"')[0].removeprefix("http://arshjul.example")


def test_options_are_chosen_on_a_page_and_count_from_the_next_fetch(leader: Visitor) -> None:
    path = address_made_by(leader)
    before = leader.get(path).data
    leader.get("/abonner/1/valg")
    chosen = {
        "label": "Outlook på jobb",
        "language": "nn",
        "detail": "title",
        "alarm": "1h",
        "duties": "without",
        "cancelled": "without",
    }
    answer = leader.post("/abonner/1/valg", chosen, follow_redirects=True)
    after = leader.get(path).data

    assert "Abonnementet «Outlook på jobb» er endret. Adressen er den samme." in answer.text
    assert (before.count(b"BEGIN:VALARM"), b"\nLOCATION" in before) == (0, True)
    assert (after.count(b"BEGIN:VALARM") > 0, b"\nLOCATION" in after) == (True, False)
    assert b"NN\r\n" in after


def test_the_options_say_what_the_choice_of_invitations_leaves_in_the_calendar(
    site: Site, town: Town, leader: Visitor
) -> None:
    address_made_by(leader)
    told = "kan kalenderen med det som er ditt, bli tom"
    before = leader.get("/abonner/1/valg").text
    with site.database.write() as session:
        session.get_one(Person, town.leader_id).wants_invitations = True
    assert (told in before, told in leader.get("/abonner/1/valg").text) == (False, True)


def test_every_fault_of_the_options_is_said_at_once(leader: Visitor) -> None:
    address_made_by(leader)
    leader.get("/abonner/1/valg")
    answer = leader.post("/abonner/1/valg", {"label": "", "language": "fr", "detail": "full"})

    assert answer.status_code == 422
    assert answer.text.count('<p class="problem"') == 5


def test_nobody_reaches_the_options_of_another(site: Site, town: Town, leader: Visitor) -> None:
    address_made_by(leader)
    other = site.visitor_as(town.secretary_id)

    assert other.get("/abonner/1/valg").status_code == 404
    assert site.visitor().get("/abonner/1/valg").status_code == 303


def test_a_municipality_can_keep_its_calendar_out_of_private_ones(
    site: Site, town: Town, leader: Visitor, now: datetime
) -> None:
    open_page = leader.get("/abonner").text
    leader.post("/abonner", {"what": "person", "duties": "with", "label": "A"})
    with site.database.write() as session:
        allow_private_links(
            session, town.municipality.id or 0, allowed=False, actor_id=town.planner_id, now=now
        )
    form = {"what": "person", "duties": "with", "label": "B"}
    page = leader.post("/abonner", form, follow_redirects=True).text

    assert "Abonnementet sperrer ikke tiden din for kolleger" in open_page
    assert ("calendar.google.com" in page, "webcal" in page) == (False, False)
    assert "ikke skal legges i private kalendere" in page


def test_a_copy_of_the_calendar_is_another_file_than_the_secret_address(
    site: Site, leader: Visitor
) -> None:
    leader.get("/abonner")
    form = {"what": "person", "duties": "with", "label": "Outlook"}
    page = leader.post("/abonner", form, follow_redirects=True).text
    links = re.findall(r'href="([^"]+)" download', page)
    copies = [leader.get(link) for link in links]
    secret = re.findall(r'id="address" value="http://arshjul.example([^"]+)"', page)[0]
    noted = [one.fetched_at for one in subscriptions(site)]

    assert links == [f"/sor-fron/last-ned/{year}.ics?mine" for year in (2027, 2028)]
    assert [copy.headers["Content-Disposition"] for copy in copies] == [
        f'attachment; filename="aarshjul-sor-fron-{year}.ics"' for year in (2027, 2028)
    ]
    # Only a fetch by a calendar program is its last fetch.
    assert noted == [None]
    assert [
        uids_of(copy.data, year) for copy, year in zip(copies, ("2027", "2028"), strict=True)
    ] == [uids_of(leader.get(secret).data, year) for year in ("2027", "2028")]


def subscriptions(site: Site) -> Sequence[FeedToken]:
    with site.database.read() as session:
        return session.exec(select(FeedToken)).all()


def uids_of(calendar: bytes, year: str) -> list[str]:
    """Return what a calendar holds of a year, in its own order."""
    return [
        str(event["UID"])
        for event in Calendar.from_ical(calendar).walk("VEVENT")
        if str(event.decoded("DTSTART")).startswith(year)
    ]


def test_a_year_is_the_same_in_each_kind_of_file(leader: Visitor) -> None:
    calendar = vobject.readOne(leader.get("/sor-fron/last-ned/2027.ics").text)
    table = leader.get("/sor-fron/last-ned/2027.csv")
    book = load_workbook(io.BytesIO(leader.get("/sor-fron/last-ned/2027.xlsx").data))
    lines = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig")), delimiter=";"))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]

    assert lines[0] == rows[0]
    assert lines[0] == [
        "Dato", "Ukedag", "Uke", "Starter", "Slutter", "Hva", "Sted", "Tilstand"
    ]  # fmt: skip
    assert len(lines) == len(rows) == len(calendar.vevent_list) + 1
    assert [line[0] for line in lines[1:]] == [f"{row[0]:%Y-%m-%d}" for row in rows[1:]]
    assert [line[5] for line in lines[1:]] == [row[5] for row in rows[1:]]
    assert sorted(line[5] for line in lines[1:]) == sorted(
        event.summary.value for event in calendar.vevent_list
    )
    assert table.headers["Content-Disposition"] == (
        'attachment; filename="aarshjul-sor-fron-2027.csv"'
    )


def test_a_case_level_forum_is_in_the_file_of_its_members_only(
    site: Site, town: Town, leader: Visitor
) -> None:
    name = town.team.name
    member, planner = site.visitor_as(town.psychologist_id), site.visitor_as(town.planner_id)
    paths = [f"2027.{kind}{own}" for kind in ("csv", "ics", "xlsx") for own in ("", "?mine")]

    def found(visitor: Visitor, path: str) -> bool:
        answer = visitor.get(f"/sor-fron/last-ned/{path}")
        if "xlsx" not in path:
            return name in answer.text
        sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
        return any(name in str(row[5]) for row in sheet.iter_rows(values_only=True))

    assert {
        who: {found(visitor, path) for path in paths}
        for who, visitor in (("leader", leader), ("member", member), ("planner", planner))
    } == {"leader": {False}, "member": {True}, "planner": {False}}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sor-fron/last-ned/2027.pdf", 404),
        ("/sor-fron/last-ned/evig.csv", 404),
        ("/hemsedal/last-ned/2027.csv", 404),
        ("/sor-fron/last-ned/2027-28.csv", 200),
    ],
)
def test_only_files_that_exist_are_there(leader: Visitor, path: str, status: int) -> None:
    assert leader.get(path).status_code == status


def test_no_text_becomes_a_formula(site: Site, town: Town, leader: Visitor) -> None:
    with site.database.write() as session:
        forum = add_forum(session, session.merge(town.municipality), name=HOSTILE)
        year = session.merge(town.year)
        add_meeting(session, year, forum, place="@SUM(1)", held_on=date(2027, 6, 1))
    shown = '=HYPERLINK("http://x";"Årsmøte, \'høst\'") +1'
    text = leader.get("/sor-fron/last-ned/2027.csv").data.decode("utf-8-sig")
    (line,) = [row for row in csv.reader(io.StringIO(text), delimiter=";") if "HYPER" in row[5]]
    book = load_workbook(io.BytesIO(leader.get("/sor-fron/last-ned/2027.xlsx").data))
    (cells,) = [row for row in book.worksheets[0].iter_rows() if "HYPER" in str(row[5].value)]

    assert (line[5], line[6]) == (f"'{shown}", "'@SUM(1)")
    assert [(cell.value, cell.data_type) for cell in (cells[5], cells[6])] == [
        (shown, "s"),
        ("@SUM(1)", "s"),
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_every_sign_that_begins_a_formula_is_held_back(sign: str) -> None:
    line = SheetLine(
        on=date(2027, 1, 1), starts=time(9), ends=None, title=f"{sign}1", place="", state=""
    )
    text = csv_bytes([line], Language.BOKMAL).decode("utf-8-sig").split("\r\n")[1]
    book = load_workbook(io.BytesIO(xlsx_bytes([line], Language.BOKMAL, title="2027/28")))

    assert text == f"2027-01-01;fredag;53;09:00;;'{sign.strip()}1;;"
    assert book.worksheets[0]["F2"].data_type == "s"


def test_a_cancelled_meeting_is_said_to_be_so(site: Site, town: Town, leader: Visitor) -> None:
    with site.database.write() as session:
        session.get_one(Meeting, town.meeting.id).state = MeetingState.CANCELLED
    text = leader.get("/sor-fron/last-ned/2027.csv?mine").data.decode("utf-8-sig")

    assert [line.split(";")[-1] for line in text.split("\r\n") if "09:00;" in line] == ["avlyst"]
