"""Rows with texts that try to break out of a calendar, and the whole feeds served from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import vobject
from hypothesis import strategies as st
from icalendar import Calendar
from sqlmodel import Session, col, update

from scheduler.domain.enums import FeedDetail, FeedScope, MeetingState
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.store.tables import (
    Forum,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Person,
    Position,
    RecurringDuty,
    Unit,
    YearPlan,
)
from scheduler.usecases.feeds.subscriptions import change_subscription, find_subscription
from tests.factories import rows
from tests.integration.feeds.subscriber import Subscriber
from tests.unit.calendars.hostile import check_lines, texts

__all__ = ["Case", "Target", "cases", "check_served", "make_target", "of_one_text"]

_NAMED = (
    (Municipality, "name"),
    (Forum, "name"),
    (Unit, "name"),
    (Position, "title"),
    (Person, "name"),
    (MunicipalService, "name"),
    (Measure, "name"),
    (RecurringDuty, "name"),
    (RecurringDuty, "legal_basis"),
)
# What no text column of a database holds: PostgreSQL refuses both, SQLite the second. Columns
# with JSON hold them, and so does an agenda.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
_MEETINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One set of texts for every field of the rows, and the way the feed is asked for."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    agenda: tuple[str, ...]
    states: tuple[MeetingState, ...]
    scope: FeedScope
    options: FeedOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A subscriber with a feed of each scope, and the UIDs that stood there at first."""

    here: Subscriber
    secrets: Mapping[FeedScope, str]
    uids: Mapping[FeedScope, frozenset[str]]
    meetings: tuple[tuple[int, str], ...]


cases = st.builds(
    Case,
    names=st.tuples(*[texts for _ in _NAMED]),
    places=st.tuples(*[texts for _ in range(_MEETINGS)]),
    agenda=st.lists(texts, max_size=3).map(tuple),
    states=st.tuples(
        *[
            st.sampled_from([MeetingState.PLANNED, MeetingState.CANCELLED, MeetingState.PROPOSED])
            for _ in range(_MEETINGS)
        ]
    ),
    scope=st.sampled_from(FeedScope),
    options=st.builds(
        FeedOptions,
        language=st.sampled_from(Language),
        detail=st.sampled_from(FeedDetail),
        alarm=st.sampled_from(FeedAlarm),
    ),
)


def of_one_text(text: str, scope: FeedScope) -> Case:
    """Return the case that has one text in every field."""
    return Case(
        names=(text,) * len(_NAMED),
        places=(text,) * _MEETINGS,
        agenda=(text,),
        states=(MeetingState.PLANNED,) * _MEETINGS,
        scope=scope,
        options=FeedOptions(language=Language.BOKMAL),
    )


def make_target(here: Subscriber) -> Target:
    """Give the town more meetings and a feed of each scope, all with harmless texts."""
    town = here.town
    with here.database.write() as session:
        year, forum = session.get_one(YearPlan, town.year), session.get_one(Forum, town.forum)
        first = session.get_one(Meeting, town.meeting)
        more = [
            rows.add_meeting(
                session, year, forum, number=number, held_on=first.held_on + timedelta(weeks=number)
            )
            for number in range(2, _MEETINGS + 1)
        ]
        meetings = tuple((one.id or 0, one.uid) for one in (first, *more))
    secrets = {scope: here.subscribe(scope) for scope in FeedScope}
    uids = {scope: _uids(here.body(secret)) for scope, secret in secrets.items()}
    return Target(here=here, secrets=secrets, uids=uids, meetings=meetings)


def check_served(target: Target, case: Case) -> bytes:
    """Write the texts, fetch the feed as a calendar program does, and check all of it.

    Every reader finds one calendar with exactly the entries that there are rows for.
    """
    here, secret = target.here, target.secrets[case.scope]
    with here.database.write() as session:
        _write(session, target, case)
        found = find_subscription(session, secret)
        assert found is not None
        change_subscription(
            session, found.id, case.options, label="X", actor_id=None, now=here.site.now
        )
    proposed = {
        uid
        for (_id, uid), state in zip(target.meetings, case.states, strict=True)
        if state is MeetingState.PROPOSED
    }
    expected = target.uids[case.scope] - proposed

    answer = here.fetch(secret)
    body: bytes = answer.data
    again = here.fetch(secret, If_None_Match=answer.headers["ETag"])

    assert (answer.status_code, again.status_code, again.data) == (200, 304, b"")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    check_lines(body)
    assert body.count(b"\r\nBEGIN:VEVENT\r\n") == len(expected)
    assert _uids(body) == expected
    (calendar,) = list(vobject.readComponents(body.decode()))
    events = calendar.contents.get("vevent", [])
    assert sorted(event.uid.value for event in events) == sorted(expected)
    return body


def _write(session: Session, target: Target, case: Case) -> None:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    unstorable = _HALF_CHARACTERS if is_sqlite else _UNSTORABLE
    connection = session.connection()
    for (table, field), name in zip(_NAMED, case.names, strict=True):
        connection.execute(update(table).values({field: unstorable.sub("", name)}))
    connection.execute(update(Forum).values(agenda=list(case.agenda)))
    for (meeting_id, _uid), place, state in zip(
        target.meetings, case.places, case.states, strict=True
    ):
        connection.execute(
            update(Meeting)
            .where(col(Meeting.id) == meeting_id)
            .values(
                place=unstorable.sub("", place),
                state=state,
                cancelled_at=target.here.site.now if state is MeetingState.CANCELLED else None,
            )
        )


def _uids(body: bytes) -> frozenset[str]:
    (calendar,) = Calendar.from_ical(body, multiple=True)
    found = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(found)) == len(found)
    return frozenset(found)
