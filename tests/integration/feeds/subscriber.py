"""A municipality with a subscriber, whose calendar program fetches over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, delete

from scheduler.domain.enums import DutyKind, FeedScope, ForumLevel
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    FeedSource,
    KeptEntryBytes,
    KeptFeed,
    Measure,
    MunicipalService,
    RecurringDuty,
)
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from tests.factories import rows
from tests.factories.site import Site, make_site
from web.feeds.blueprint import blueprint

__all__ = ["Subscriber", "Town", "events", "make_subscriber", "make_town", "summaries"]


@dataclass(frozen=True)
class Town:
    """The ids of a municipality with two forums, one of them on case level."""

    municipality: int
    year: int
    forum: int
    case_forum: int
    secretary: int
    deputy_of: int
    person: int
    other_person: int
    holder: int
    seat: int
    meeting: int
    case_meeting: int
    duty: int
    service: int
    unit: int
    measure: int
    recurring: int


@dataclass
class Subscriber:
    """The application with one town, and what a calendar program gets from it."""

    site: Site
    town: Town
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        """Keep the database at hand."""
        self.database = self.site.database

    def subscribe(self, scope: FeedScope = FeedScope.PERSON, **options: Any) -> str:
        """Make a subscription of the person's and return its secret."""
        town = self.town
        chosen: dict[str, Any] = {
            "owner_id": town.person,
            "label": "Outlook",
            "language": Language.BOKMAL,
            "now": self.site.now,
            **options,
        }
        target = FeedTarget(
            scope=scope,
            municipality_id=None if scope is FeedScope.PERSON else town.municipality,
            person_id=chosen.pop("person_id", town.person) if scope is FeedScope.PERSON else None,
            position_id=town.secretary if scope is FeedScope.POSITION else None,
            forum_id=town.forum if scope is FeedScope.FORUM else None,
        )
        with self.database.write() as session:
            return create_subscription(session, target, **chosen)[1]

    def fetch(self, secret: str, **headers: str) -> Any:
        """Return the answer to one fetch, read to its end."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self.site.app.test_client() as client:
            answer = client.get(f"/feeds/{secret}.ics", headers=named, buffered=True)
            answer.close()
            return answer

    def body(self, secret: str) -> bytes:
        """Return the calendar of one fetch."""
        answer = self.fetch(secret)
        assert answer.status_code == 200
        content: bytes = answer.data
        return content

    def fresh(self, secret: str) -> bytes:
        """Return the calendar as it is made when nothing is kept."""
        self.forget()
        return self.body(secret)

    def forget(self) -> None:
        """Throw away everything that is kept."""
        with self.database.write() as session:
            for table in (KeptFeed, FeedSource, KeptEntryBytes):
                session.connection().execute(delete(table))


def make_subscriber(database: Database, now: datetime, **parts: Any) -> Subscriber:
    """Return the application over a new town."""
    with database.write() as session:
        town = make_town(session)
    return Subscriber(make_site(database, now, blueprints=(blueprint,), **parts), town)


def make_town(session: Session) -> Town:
    """Make Sør-Fron with a secretary who has a seat in both forums, and a deputy."""
    municipality = rows.add_municipality(session)
    year = rows.add_year(session, municipality)
    unit = rows.add_unit(session, municipality, name="Frya skule")
    forum = rows.add_forum(session, municipality, name="Ressursgruppe, æøå", agenda=["Årshjulet"])
    case_forum = rows.add_forum(
        session, municipality, name="Familieteam", level=ForumLevel.CASE_ELSE_ANONYMOUS
    )
    secretary = rows.add_position(session, municipality, title="Sekretær")
    deputy_of = rows.add_position(session, municipality, title="Leder")
    person = rows.add_person(session, name="Kari Moen")
    other = rows.add_person(session, name="Ola Lien")
    holder = rows.add_holder(session, secretary, person)
    rows.add_holder(session, deputy_of, other)
    rows.add_holder(session, deputy_of, person, kind="deputy")
    seat = rows.add_seat(session, forum, secretary, function="secretary")
    rows.add_seat(session, case_forum, secretary)
    rows.add_seat(session, case_forum, deputy_of)
    meeting = rows.add_meeting(session, year, forum, unit_id=unit.id)
    case_meeting = rows.add_meeting(session, year, case_forum, held_on=date(2027, 3, 12))
    own = id_of(municipality)
    service = rows.add(
        session, MunicipalService(municipality_id=own, slug="helse", name="Helsestasjonen")
    )
    measure = rows.add(session, Measure(municipality_id=own, slug="los", name="Los"))
    recurring = rows.add(
        session,
        RecurringDuty(
            municipality_id=own,
            slug="gjennomgang",
            name="Gjennomgang",
            kind=DutyKind.PLAN_REVIEW,
            legal_basis="§ 15-1",
        ),
    )
    duty = rows.add_duty(
        session,
        municipality,
        kind=DutyKind.PLAN_REVIEW,
        position_id=secretary.id,
        service_id=service.id,
        recurring_duty_id=recurring.id,
    )
    rows.add_duty(
        session,
        municipality,
        kind=DutyKind.EVALUATION,
        position_id=secretary.id,
        measure_id=measure.id,
    )
    rows.add_duty(
        session,
        municipality,
        kind=DutyKind.MINUTES,
        position_id=secretary.id,
        forum_id=case_forum.id,
        meeting_id=case_meeting.id,
        recurring_duty_id=recurring.id,
        due_on=date(2027, 3, 19),
    )
    return Town(
        municipality=id_of(municipality),
        year=id_of(year),
        forum=id_of(forum),
        case_forum=id_of(case_forum),
        secretary=id_of(secretary),
        deputy_of=id_of(deputy_of),
        person=id_of(person),
        other_person=id_of(other),
        holder=id_of(holder),
        seat=id_of(seat),
        meeting=id_of(meeting),
        case_meeting=id_of(case_meeting),
        duty=id_of(duty),
        service=id_of(service),
        unit=id_of(unit),
        measure=id_of(measure),
        recurring=id_of(recurring),
    )


def events(calendar: bytes) -> dict[str, bytes]:
    """Return the bytes of each entry of a calendar by its UID."""
    found: dict[str, bytes] = {}
    for part in calendar.split(b"BEGIN:VEVENT\r\n")[1:]:
        entry = part.partition(b"END:VEVENT\r\n")[0]
        (uid,) = [line[4:] for line in entry.split(b"\r\n") if line.startswith(b"UID:")]
        found[uid.decode()] = entry
    return found


def summaries(calendar: bytes) -> list[str]:
    """Return the titles of a calendar in its own order."""
    unfolded = calendar.replace(b"\r\n ", b"").decode().split("\r\n")
    return [
        line.removeprefix("SUMMARY:").replace("\\,", ",")
        for line in unfolded
        if line.startswith("SUMMARY:")
    ]
