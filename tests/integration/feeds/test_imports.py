"""Calendars to plan around: looked at, confirmed by a person, fetched again, and removed."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select
from werkzeug.test import TestResponse

from scheduler.documents.fetch import FetchError, FetchFault
from scheduler.domain.enums import DutyKind, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    ClosedPeriod,
    CouncilDate,
    Duty,
    Grant,
    ImportedCalendar,
    RecurringDuty,
)
from scheduler.usecases.imported_calendars.days import CalendarDays, NamedDays
from scheduler.usecases.imported_calendars.refresh import refresh_calendars
from tests.factories.rows import add, add_duty
from tests.factories.site import Site, Visitor, make_site
from tests.factories.town import Town, build_town
from web.feeds.blueprints import feed_blueprints
from web.feeds.foreign_days import read_days
from web.pages import page_blueprints

PATH = "/sor-fron/administrasjon/kalendere"
MARK = re.compile(r'name="shown" value="(\w+)"')
ADDRESS = "https://skole.example/kalender.ics"


def calendar(*days: tuple[str, str, str]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Skole//NO"]
    for number, (starts, ends, title) in enumerate(days):
        lines += ["BEGIN:VEVENT", f"UID:{number}-{starts}", f"DTSTART;VALUE=DATE:{starts}",
                  f"DTEND;VALUE=DATE:{ends}", f"SUMMARY:{title}", "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


WINTER = ("20270222", "20270227", "Vinterferie, uke 8")
EASTER = ("20270322", "20270330", "Påskeferie")


@dataclass
class Web:
    """The open internet, as one address; an exception is what asking for it leads to."""

    answer: bytes | Exception = b""
    asked: list[str] = field(default_factory=list)

    def fetch(self, address: str) -> bytes:
        """Answer, or fail."""
        self.asked.append(address)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def internet() -> Web:
    return Web(calendar(WINTER))


@pytest.fixture
def site(sqlite_database: Database, now: object, internet: Web) -> Site:
    blueprints = (*feed_blueprints(internet.fetch), *page_blueprints())
    return make_site(sqlite_database, now, blueprints=blueprints)  # type: ignore[arg-type]


@pytest.fixture
def town(site: Site) -> Town:
    with site.database.write() as session:
        town = build_town(session)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=town.leader_position.id))
        return town


@pytest.fixture
def administrator(site: Site, town: Town) -> Visitor:
    visitor = site.visitor_as(town.leader_id)
    visitor.get(PATH)
    return visitor


def closed(site: Site) -> list[tuple[str, date, date]]:
    with site.database.read() as session:
        rows = session.exec(select(ClosedPeriod).order_by(ClosedPeriod.starts_on)).all()
        return [(row.name, row.starts_on, row.ends_on) for row in rows]


def add_by_address(visitor: Visitor, use: str = "school_break") -> str:
    return visitor.post(
        PATH, {"name": "Skolen", "use": use, "address": ADDRESS}, follow_redirects=True
    ).text


def confirm(visitor: Visitor, shown: str | None = None) -> TestResponse:
    """Confirm what stands on the calendar's page, or on one that was opened before."""
    found = MARK.search(shown or visitor.get(f"{PATH}/1").text)
    return visitor.post(f"{PATH}/1/bekreft", {"shown": found[1] if found else ""})


def refresh(site: Site, internet: Web) -> int:
    return refresh_calendars(site.database, fetch=internet.fetch, read=read_days, now=site.now)


def test_nothing_counts_before_a_person_has_confirmed_it(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    page = add_by_address(administrator)
    before = closed(site)
    confirm(administrator)

    assert internet.asked == [ADDRESS]
    assert f'<a href="{PATH}" aria-current="page">Kalendere å planlegge rundt</a>' in page
    assert "Vinterferie, uke 8" in page
    assert "Ingenting av dette gjelder før du bekrefter det." in page
    assert before == []
    assert closed(site) == [("Vinterferie, uke 8", date(2027, 2, 22), date(2027, 2, 26))]


def test_what_is_new_at_the_address_waits_again_and_what_stands_goes_on(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    add_by_address(administrator)
    confirm(administrator)
    same = refresh(site, internet), "venter på bekreftelse" in administrator.get(PATH).text
    internet.answer = calendar(EASTER)
    changed = refresh(site, internet), "venter på bekreftelse" in administrator.get(PATH).text
    standing = closed(site)
    page = administrator.get(f"{PATH}/1").text
    confirm(administrator)

    assert (same, changed) == ((1, False), (1, True))
    assert [name for name, _starts, _ends in standing] == ["Vinterferie, uke 8"]
    assert ("Nye dager" in page, "Dager som er borte" in page) == (True, True)
    assert closed(site) == [("Påskeferie", date(2027, 3, 22), date(2027, 3, 29))]


def test_an_address_that_fails_keeps_what_was_confirmed_and_says_why(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    add_by_address(administrator)
    confirm(administrator)
    internet.answer = FetchError(FetchFault.NO_ANSWER)
    failed = refresh(site, internet)
    said = administrator.get(PATH).text
    internet.answer = b"<!doctype html><title>Logg inn</title>"
    refresh(site, internet)

    assert failed == 0
    assert "Tjenesten på adressen svarer ikke" in said
    assert "Adressen fører til en nettside" in administrator.get(PATH).text
    assert len(closed(site)) == 1


def test_a_calendar_that_fails_as_nobody_thought_of_stops_none_of_the_others(
    site: Site, administrator: Visitor, internet: Web, caplog: pytest.LogCaptureFixture
) -> None:
    addresses = [f"https://{name}.example/a.ics" for name in ("ond", "umulig", "god")]
    for address in addresses:
        administrator.post(PATH, {"name": address[8:], "use": "local", "address": address})
    day = date(2027, 5, 3)

    def read(content: bytes, _today: date) -> CalendarDays:
        if content == b"ond":
            raise RecursionError(content.decode() + " 9 år")
        # A number that no database takes.
        left_out = 2**70 if content == b"umulig" else 0
        return CalendarDays(days=(NamedDays(day, day, "Planleggingsdag"),), left_out=left_out)

    done = refresh_calendars(
        site.database,
        fetch=lambda address: address[8:].partition(".")[0].encode(),
        read=read,
        now=site.now,
    )
    pages = [administrator.get(f"{PATH}?lang={language}").text for language in ("nn", "en", "nb")]
    one = administrator.get(f"{PATH}/1").text

    words = [
        "Kalenderen kan ikkje takast inn på grunn av ein feil hos oss. Feilen er notert.",
        "The calendar cannot be taken in because of a fault on our side. It has been noted.",
        "Kalenderen kan ikke tas inn på grunn av en feil hos oss. Feilen er notert.",
    ]
    with site.database.read() as session:
        faults = session.exec(select(ImportedCalendar.fault).order_by(ImportedCalendar.id)).all()
    assert (done, faults) == (1, ["unexpected", "unexpected", None])
    assert [page.count(said) for page, said in zip(pages, words, strict=True)] == [2, 2, 2]
    assert words[2] in one
    logged = [line.splitlines()[0] for line in caplog.messages if line.startswith("calendar ")]
    assert logged == ["calendar 1 failed: RecursionError", "calendar 2 failed: OverflowError"]
    assert "ond 9 år" not in caplog.text


def test_a_calendar_that_cannot_be_read_at_all_by_hand_is_a_fault_of_the_form(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    internet.answer = ValueError("noe ingen har tenkt på")
    page = administrator.post(PATH, {"name": "X", "use": "local", "address": ADDRESS})

    assert (page.status_code, "på grunn av en feil hos oss" in page.text) == (422, True)
    with site.database.read() as session:
        assert session.exec(select(ImportedCalendar)).all() == []


def test_a_rule_that_ends_at_a_time_of_day_leaves_out_its_event_alone(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    internet.answer = repeating(
        ("20270104", "FREQ=DAILY;UNTIL=120000", "Ond"), ("20270105", "FREQ=YEARLY;COUNT=1", "God")
    )
    page = add_by_address(administrator)

    assert ("1 hendelser kunne ikke leses og er utelatt." in page, "God" in page) == (True, True)


def test_what_has_changed_since_it_was_shown_is_not_confirmed_but_shown_again(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    shown = add_by_address(administrator)
    internet.answer = calendar(EASTER)
    refresh(site, internet)
    refused = confirm(administrator, shown)
    before = closed(site)
    again = administrator.get(f"{PATH}/1/bekreft?lang=nn")
    confirm(administrator, refused.text)

    assert (refused.status_code, again.location) == (409, f"{PATH}/1")
    assert "Kalenderen er endret siden du så den, så ingenting ble bekreftet." in refused.text
    assert ("Påskeferie" in refused.text, "Vinterferie" in refused.text) == (True, False)
    assert before == []
    assert [name for name, _starts, _ends in closed(site)] == ["Påskeferie"]


def test_what_another_has_confirmed_meanwhile_is_not_confirmed_twice(
    site: Site, administrator: Visitor
) -> None:
    shown = add_by_address(administrator)
    answers = [confirm(administrator, shown) for _person in (1, 2)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "nå venter ingenting på bekreftelse" in answers[1].text
    assert [name for name, _starts, _ends in closed(site)] == ["Vinterferie, uke 8"]


def test_a_confirmation_that_does_not_say_what_was_shown_changes_nothing(
    site: Site, administrator: Visitor
) -> None:
    add_by_address(administrator)

    assert administrator.post(f"{PATH}/1/bekreft").status_code == 409
    assert closed(site) == []


def repeating(*rules: tuple[str, str, str]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Skole//NO"]
    for starts, rule, title in rules:
        lines += ["BEGIN:VEVENT", f"UID:{title}", f"DTSTART;VALUE=DATE:{starts}",
                  f"RRULE:{rule}", f"SUMMARY:{title}", "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


ENDLESS = repeating(
    ("20260105", "FREQ=WEEKLY", "Planleggingsdag"),
    ("20200101", "FREQ=DAILY", "Sperret"),
    ("20260120", "FREQ=YEARLY", "Kurs"),
)


def test_a_rule_without_an_end_waits_only_when_another_year_comes_into_view(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    internet.answer = ENDLESS
    add_by_address(administrator)
    confirm(administrator)
    waited = []
    for day in (date(2027, 1, 12), date(2027, 2, 28), date(2027, 8, 1), date(2027, 12, 31)):
        site.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        refresh(site, internet)
        waited.append("venter på bekreftelse" in site_page(site, administrator, PATH))
    site.now = datetime(2028, 1, 1, 12, tzinfo=UTC)
    refresh(site, internet)
    page = site_page(site, administrator, f"{PATH}/1")
    new, _heading, standing = page.partition("Dager som gjelder")

    assert waited == [False, False, False, False]
    assert ("Dager som er borte" in page, "Nye dager" in page) == (False, True)
    assert set(re.findall(r"\b20\d\d\b", new.partition("<main")[2])) == {"2031"}
    assert "Kurs" in standing


def site_page(site: Site, visitor: Visitor, path: str) -> str:
    """Open a page on a day on which the log-in may have run out."""
    visitor.client.set_cookie("aarshjul", site.session_secret(visitor_id(site)))
    return visitor.get(path).text


def visitor_id(site: Site) -> int:
    with site.database.read() as session:
        return session.exec(select(AuditEvent.person_id).order_by(AuditEvent.id)).first() or 0


def test_days_that_are_over_stay_as_they_were_confirmed(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    add_by_address(administrator)
    confirm(administrator)
    site.now += timedelta(days=60)
    internet.answer = calendar(EASTER)
    refresh(site, internet)
    page = site_page(site, administrator, f"{PATH}/1")
    confirm(administrator, page)

    assert ("Nye dager" in page, "Dager som er borte" in page) == (True, False)
    assert [name for name, _starts, _ends in closed(site)] == ["Vinterferie, uke 8", "Påskeferie"]


def test_a_meeting_of_the_council_over_many_days_is_shown_and_kept_as_its_first(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    internet.answer = calendar(("20270301", "20271101", "Kommunestyret, samling"))
    page = add_by_address(administrator, use="council")
    confirm(administrator)
    with site.database.read() as session:
        dates = list(session.exec(select(CouncilDate.held_on)))
    refresh(site, internet)

    assert "Et møte over flere dager teller med den første." in page
    assert re.findall(r'<time datetime="([^"]+)"', page) == ["2027-03-01"]
    assert "Siste dag" not in page
    assert dates == [date(2027, 3, 1)]
    assert "venter på bekreftelse" not in administrator.get(PATH).text


def test_a_long_title_is_shown_as_it_is_kept(
    site: Site, administrator: Visitor, internet: Web
) -> None:
    internet.answer = calendar(("20270301", "20270302", "\u202e" + "x" * 100))
    page = add_by_address(administrator)
    confirm(administrator)

    assert ("x" * 80 in page, "x" * 81 in page, "\u202e" in page) == (True, False, False)
    assert closed(site) == [("x" * 80, date(2027, 3, 1), date(2027, 3, 1))]


def test_the_days_of_the_council_become_its_dates_and_leave_with_the_calendar(
    site: Site, administrator: Visitor
) -> None:
    add_by_address(administrator, use="council")
    back = confirm(administrator)
    said = administrator.get(back.location or "").text
    with site.database.read() as session:
        dates = [(row.held_on, row.body) for row in session.exec(select(CouncilDate))]
    administrator.post(f"{PATH}/1/fjern")

    assert ("frister regnes tilbake fra dem." in said, "neste planlegging" in said) == (True, False)
    assert dates == [(date(2027, 2, 22), "kommunestyret")]
    with site.database.read() as session:
        assert session.exec(select(CouncilDate)).all() == []
        assert session.exec(select(ImportedCalendar)).all() == []


def test_a_council_calendar_shows_which_reports_it_would_move(
    site: Site, town: Town, administrator: Visitor, internet: Web
) -> None:
    place = town.municipality
    with site.database.write() as session:
        recurring = add(
            session,
            RecurringDuty(
                municipality_id=id_of(place),
                slug="rapport",
                name="Rapport om barnevernet, årlig",
                kind=DutyKind.COUNCIL_REPORT,
                cadence={"kind": "recurrence", "unit": "year", "count_min": 1},
                reports_to="Kommunestyret",
            ),
        )
        report = add_duty(
            session,
            place,
            key="council_report:rapport:2027-11-01",
            kind=DutyKind.COUNCIL_REPORT,
            recurring_duty_id=recurring.id,
            due_on=date(2027, 11, 1),
        )
    internet.answer = calendar(("20271217", "20271218", "Kommunestyret"))
    page = add_by_address(administrator, use="council")
    with site.database.read() as session:
        looked = session.get_one(Duty, id_of(report)).due_on
    confirm(administrator)
    with site.database.read() as session:
        moved = session.get_one(Duty, id_of(report)).due_on

    assert ("Rapport om barnevernet, årlig" in page, "fredag 19. november" in page) == (True, True)
    assert (looked, moved) == (date(2027, 11, 1), date(2027, 11, 19))


def test_a_council_calendar_that_changes_replaces_its_own_dates_only(
    site: Site, town: Town, administrator: Visitor, internet: Web
) -> None:
    def dates() -> list[date]:
        with site.database.read() as session:
            return sorted(session.exec(select(CouncilDate.held_on)))

    by_hand = date(2027, 12, 17)
    with site.database.write() as session:
        place = town.municipality.id
        add(session, CouncilDate(municipality_id=place, held_on=by_hand, body="kommunestyret"))
    add_by_address(administrator, use="council")
    confirm(administrator)
    first = dates()
    internet.answer = calendar(EASTER, ("20271217", "20271218", "Kommunestyret"))
    refresh(site, internet)
    waiting = dates()
    confirm(administrator)
    second = dates()
    administrator.post(f"{PATH}/1/fjern")

    assert first == waiting == [date(2027, 2, 22), by_hand]
    assert second == [date(2027, 3, 22), by_hand]
    assert dates() == [by_hand]


def test_a_file_is_taken_in_as_well(site: Site, administrator: Visitor, internet: Web) -> None:
    file = (io.BytesIO(calendar(WINTER, EASTER)), "skole.ics")
    administrator.client.post(
        PATH,
        data={"csrf_token": administrator.token, "name": "Fil", "use": "local", "file": file},
    )
    confirm(administrator)

    assert internet.asked == []
    assert refresh(site, internet) == 0
    assert [name for name, _starts, _ends in closed(site)] == ["Vinterferie, uke 8", "Påskeferie"]


def many_events() -> bytes:
    return calendar(*[WINTER] * 100_000)


def many_small_events() -> bytes:
    """Return as many in a file that is not too large."""
    return b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 100_000 + b"END:VCALENDAR\n"


def many_days() -> bytes:
    """Return three titles for each day of the years that are read."""
    return repeating(*((f"2026010{one}", "FREQ=DAILY", f"Dag {one}") for one in (1, 2, 3)))


def bomb() -> bytes:
    """Return what a server sends compressed although nobody asked for that."""
    return gzip.compress(calendar(WINTER) + b"\r\n" * 5_000_000)


BAD: dict[str, tuple[Callable[[], bytes | FetchError], str]] = {
    "a web page": (lambda: b"<html>", "Adressen fører til en nettside"),
    "empty": (lambda: b"", "Filen er tom"),
    "cut off": (lambda: calendar(WINTER)[:-15], "Kalenderen mangler slutten"),
    "no calendar": (lambda: b"Hei", "Filen er ikke en kalender"),
    "50 MB": (lambda: calendar(WINTER) + b" " * 50_000_000, "Kalenderen er for stor"),
    "100 000 events": (many_events, "Kalenderen er for stor"),
    "100 000 small events": (many_small_events, "Kalenderen har for mange hendelser"),
    "a gzip bomb": (bomb, "Filen er ikke en kalender"),
    "a day too many": (many_days, "Kalenderen har for mange hendelser"),
    "inside": (lambda: FetchError(FetchFault.NOT_PUBLIC), "ikke på det åpne nettet"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_calendar_is_refused_with_a_clear_answer(
    site: Site, administrator: Visitor, internet: Web, kind: str
) -> None:
    make, words = BAD[kind]
    internet.answer = make()

    page = administrator.post(PATH, {"name": "X", "use": "local", "address": ADDRESS})

    assert page.status_code == 422
    assert words in page.text
    with site.database.read() as session:
        assert session.exec(select(ImportedCalendar)).all() == []


def test_a_file_beyond_what_is_taken_in_is_refused_with_a_clear_answer(
    site: Site, administrator: Visitor
) -> None:
    fields = {"csrf_token": administrator.token, "name": "Fil", "use": "local"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="stor.ics"\r\n\r\n'
    page = administrator.client.post(
        PATH,
        data=b"".join([*parts, file, calendar(WINTER), b" " * 11_000_000, b"\r\n--x--\r\n"]),
        content_type="multipart/form-data; boundary=x",
    )

    assert page.status_code == 413
    assert "for stor" in page.text
    with site.database.read() as session:
        assert session.exec(select(ImportedCalendar)).all() == []


def test_the_name_is_one_line_without_what_is_not_seen(site: Site, administrator: Visitor) -> None:
    administrator.post(
        PATH, {"name": "Skolen\r\n i\u202e Frya\x00", "use": "local", "address": ADDRESS}
    )

    with site.database.read() as session:
        assert session.exec(select(ImportedCalendar.name)).all() == ["Skolen i Frya"]


def test_every_fault_of_the_form_is_said_at_once(administrator: Visitor) -> None:
    page = administrator.post(PATH, {"name": "", "use": "party"})

    assert page.status_code == 422
    assert page.text.count('<p class="problem"') == 3


def test_only_an_administrator_of_the_municipality_comes_here(
    site: Site, town: Town, administrator: Visitor
) -> None:
    add_by_address(administrator)
    member = site.visitor_as(town.secretary_id)

    assert [member.get(path).status_code for path in (PATH, f"{PATH}/1")] == [403, 403]
    assert administrator.get(f"{PATH}/2").status_code == 404
    assert site.visitor().get(PATH).status_code == 303


def test_the_form_says_that_one_of_the_address_and_the_file_is_enough(
    administrator: Visitor,
) -> None:
    page = administrator.get(PATH).text
    assert (page.count("Enten adressen eller en fil"), "Valgfritt" in page) == (2, False)


def test_the_links_to_private_calendars_are_a_choice_of_the_municipality(
    site: Site, town: Town, administrator: Visitor
) -> None:
    ticked = 'name="allowed" value="1" checked'
    choices = "/sor-fron/administrasjon/kommunen"
    before = ticked in administrator.get(choices).text
    back = administrator.post(f"{choices}/private-kalendere", {"allowed": ""})
    member = site.visitor_as(town.secretary_id)
    member.get("/")

    assert (before, back.location) == (True, choices)
    assert (ticked in administrator.get(choices).text, ticked in administrator.get(PATH).text) == (
        False,
        False,
    )
    assert member.post(f"{choices}/private-kalendere", {"allowed": "1"}).status_code == 403
