"""Whose deadlines stand in the calendar of a forum or a municipality: see the table."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind, FeedScope
from scheduler.store.tables import Duty, Municipality
from tests.factories import rows
from tests.integration.feeds.subscriber import Subscriber, summaries

OF = "Ressursgruppe, æøå, Frya skule, tirsdag 9. mars"
MINE, THEIRS = f"Referat: {OF}", f"Innkalling: {OF}"
REVIEWS = ["Årlig gjennomgang av planen: Helsestasjonen", "Evaluering av tiltak: Los"]
MEETING = ["Ressursgruppe, æøå, Frya skule"]


def add_papers(session: Session, here: Subscriber) -> None:
    """Let the forum's meeting have two papers: the subscriber's minutes and another's notice."""
    town = here.town
    for kind, position in ((DutyKind.MINUTES, town.secretary), (DutyKind.NOTICE, town.deputy_of)):
        rows.add_duty(
            session,
            session.get_one(Municipality, town.municipality),
            kind=kind,
            position_id=position,
            forum_id=town.forum,
            meeting_id=town.meeting,
            unit_id=town.unit,
            due_on=date(2027, 3, 1 if kind is DutyKind.NOTICE else 15),
        )


@pytest.mark.parametrize(
    ("scope", "owner", "deadlines"),
    [
        (FeedScope.FORUM, "person", [MINE]),
        (FeedScope.FORUM, "other_person", [THEIRS]),
        (FeedScope.FORUM, "stranger", []),
        (FeedScope.FORUM, None, [THEIRS, MINE]),
        # Those of the family team are in no calendar of the municipality's, also of a member's.
        (FeedScope.MUNICIPALITY, "person", [MINE, *REVIEWS]),
        (FeedScope.MUNICIPALITY, "other_person", [THEIRS]),
        (FeedScope.MUNICIPALITY, "stranger", []),
        (FeedScope.MUNICIPALITY, None, [THEIRS, MINE, *REVIEWS]),
    ],
)
def test_the_deadlines_are_those_of_whose_calendar_it_is(
    here_on_sqlite: Subscriber, scope: FeedScope, owner: str | None, deadlines: list[str]
) -> None:
    here = here_on_sqlite
    with here.database.write() as session:
        add_papers(session, here)
        municipality = session.get_one(Municipality, here.town.municipality)
        stranger = rows.add_person(session, name="Åse Dahl")
        rows.add_holder(session, rows.add_position(session, municipality), stranger)
    owners = {"stranger": stranger.id, None: None}
    owner_id = owners[owner] if owner in owners else getattr(here.town, owner or "")
    secret = here.subscribe(scope, owner_id=owner_id)

    assert sorted(summaries(here.body(secret))) == sorted([*MEETING, *deadlines])


def test_a_deadline_goes_over_to_the_calendar_of_who_takes_over(here: Subscriber) -> None:
    mine, theirs = (
        here.subscribe(FeedScope.FORUM, owner_id=one)
        for one in (here.town.person, here.town.other_person)
    )
    with here.database.write() as session:
        add_papers(session, here)
    before = [summaries(here.body(secret)) for secret in (mine, theirs)]
    with here.database.write() as session:
        for duty in session.exec(select(Duty).where(Duty.forum_id == here.town.forum)):
            duty.position_id = here.town.deputy_of
            session.add(duty)

    after = [summaries(here.body(secret)) for secret in (mine, theirs)]

    assert [sorted(each) for each in before] == [
        sorted([*MEETING, MINE]),
        sorted([*MEETING, THEIRS]),
    ]
    assert [sorted(each) for each in after] == [MEETING, sorted([*MEETING, THEIRS, MINE])]
