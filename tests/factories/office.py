"""A municipality at work: a forum with its people, a meeting and its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.duties import minutes_due_on
from scheduler.domain.enums import DutyKind
from scheduler.domain.workdays import WorkingDays
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Duty,
    Forum,
    Meeting,
    Municipality,
    Outbox,
    OutboxEvent,
    Person,
    Plan,
    Position,
    YearPlan,
)
from scheduler.usecases.outbox import Worker, WorkerSettings
from scheduler.usecases.reminders import schedule_duty_reminders
from tests.factories.rows import (
    add,
    add_duty,
    add_forum,
    add_holder,
    add_meeting,
    add_municipality,
    add_person,
    add_position,
    add_seat,
    add_year,
)

__all__ = ["SETTINGS", "Office", "oslo_winter", "worker_of"]

SETTINGS = WorkerSettings(
    worker="test",
    sender="Årshjulet <arshjul@sor-fron.example>",
    base_url="https://arshjul.sor-fron.example",
)
PUBLISHED_AT = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


def oslo_winter(day: str, clock: str = "08:00") -> datetime:
    """Return an instant from a winter day and clock time in Oslo."""
    return datetime.fromisoformat(f"{day}T{clock}:00+01:00").astimezone(UTC)


def worker_of(
    database: Database, transport: Any, at: datetime | Callable[[], datetime], **parts: Any
) -> Worker:
    """Return a worker whose clock stands at an instant, or is a clock of the test's own."""
    return Worker(
        database,
        transport,
        **{
            "now": (lambda: at) if isinstance(at, datetime) else at,
            "settings": SETTINGS,
            "holidays_of": public_holidays,
            "wait": lambda _seconds: None,
            **parts,
        },
    )


@dataclass
class Office:
    """Sør-Fron with a resource group that meets on Tuesday 2 February 2027, 09-11.

    Minutes are due on Tuesday 9 February: reminders on Friday 5, Tuesday 9 and Thursday 11, and
    the leader's on Monday 22 February. Nobody is asked for items unless `choices` say so.
    """

    session: Session
    choices: dict[str, Any] = field(default_factory=dict)
    slug: str = "sor-fron"
    municipality: Municipality = field(init=False)
    year: YearPlan = field(init=False)
    forum: Forum = field(init=False)
    secretary: Position = field(init=False)
    leader: Position = field(init=False)
    owner: Position = field(init=False)

    def __post_init__(self) -> None:
        """Make the municipality, its forum, positions and people."""
        reminders = {"agenda_before": 0, **self.choices.get("reminders", {})}
        choices = {**self.choices, "reminders": reminders}
        self.municipality = add_municipality(self.session, slug=self.slug, choices=choices)
        self.year = add_year(self.session, self.municipality)
        self.forum = add_forum(self.session, self.municipality, name="Ressursgruppe, tverrfaglig")
        self.secretary = self.position("Barne- og familieveileder", "kari@sor-fron.example")
        self.leader = self.position("Tjenesteleder familie", "leif@sor-fron.example")
        self.owner = self.position("Kommunedirektør", "olga@sor-fron.example")
        add_seat(self.session, self.forum, self.secretary, function="secretary")
        add_seat(self.session, self.forum, self.leader, function="leader")
        add(
            self.session,
            Plan(
                municipality_id=id_of(self.municipality),
                title="Plan",
                owner_position_id=self.owner.id,
            ),
        )

    def position(self, title: str, *emails: str) -> Position:
        """Make a position that these people hold."""
        position = add_position(self.session, self.municipality, title=title)
        for email in emails:
            add_holder(self.session, position, self.person(email))
        return position

    def person(self, email: str) -> Person:
        """Return the person with the address, made if there is none."""
        found = self.session.exec(select(Person).where(Person.email == email)).one_or_none()
        return found or add_person(self.session, email=email, name=email.split("@")[0].title())

    def meeting(self, held_on: date = date(2027, 2, 2), **fields: Any) -> Meeting:
        """Make a meeting of the forum, unless another is named."""
        forum = fields.pop("forum", self.forum)
        return add_meeting(self.session, self.year, forum, held_on=held_on, **fields)

    def minutes(self, meeting: Meeting | None = None, **fields: Any) -> Duty:
        """Make the minutes duty of a meeting and write its reminders as of 11 January 2027."""
        meeting = meeting or self.meeting()
        days = WorkingDays(frozenset(public_holidays(2027)))
        return self.duty(
            kind=DutyKind.MINUTES,
            meeting=meeting,
            **{"due_on": minutes_due_on(meeting.held_on, 5, days), **fields},
        )

    def duty(
        self, *, meeting: Meeting | None = None, at: datetime = PUBLISHED_AT, **fields: Any
    ) -> Duty:
        """Make a duty of the secretary and write its reminders."""
        duty = add_duty(
            self.session,
            self.municipality,
            **{
                "meeting_id": meeting.id if meeting else None,
                "forum_id": meeting.forum_id if meeting else None,
                "position_id": self.secretary.id,
                "leader_position_id": self.leader.id,
                **fields,
            },
        )
        schedule_duty_reminders(self.session, [id_of(duty)], now=at, holidays_of=public_holidays)
        return duty


def rows_of(session: Session, duty: Duty) -> list[tuple[str, str]]:
    """Return step and state of every mail of a duty, by when it was promised."""
    rows = session.exec(
        select(Outbox).where(Outbox.duty_id == duty.id).order_by(col(Outbox.due_at), col(Outbox.id))
    )
    return [(row.step, row.state) for row in rows]


def events_of(session: Session, row_id: int | None) -> list[str]:
    """Return the states a row went through, in order."""
    events = session.exec(
        select(OutboxEvent).where(OutboxEvent.outbox_id == row_id).order_by(col(OutboxEvent.id))
    )
    return [event.to_state for event in events]
