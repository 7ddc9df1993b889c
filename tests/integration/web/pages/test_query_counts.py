"""A list asks the database as often for three rows as for one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from scheduler.domain.enums import FeedScope, Function
from scheduler.domain.language import Language
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from tests.factories import rows
from tests.factories.site import Site
from tests.factories.town import Town
from tests.fakes.counted import counted


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sor-fron/aarshjul/2027",
        "/sor-fron/kalender/2027-02",
        "/sor-fron/kalender/liste",
        "/sor-fron/forum",
        "/sor-fron/forum/ressursgruppe",
        "/oppgaver",
        "/abonner",
    ],
)
def test_no_page_asks_once_for_each_row(site: Site, town: Town, path: str) -> None:
    visitor = site.visitor_as(town.leader_id)
    with site.database.write() as session:
        add_one_of_each(session, town, site, 10)
    visitor.get("/min-konto")
    with counted(site.database) as for_one:
        one = visitor.get(path).text
    with site.database.write() as session:
        for number in (11, 12):
            add_one_of_each(session, town, site, number)
    with counted(site.database) as for_three:
        three = visitor.get(path).text
    assert len(for_three) == len(for_one)
    assert len(three) > len(one)


def add_one_of_each(session: Session, town: Town, site: Site, number: int) -> None:
    """Add a meeting with its paper, a forum with a meeting, a member and a subscription."""
    forum = rows.add_forum(session, town.municipality, name=f"Forum {number}, skole")
    rows.add_seat(session, forum, town.leader_position, function=Function.LEADER)
    member = rows.add_position(session, town.municipality)
    rows.add_holder(session, member, rows.add_person(session))
    rows.add_seat(session, town.group, member)
    for wanted in (forum, town.group):
        meeting = rows.add_meeting(
            session, town.year, wanted, number=number, held_on=date(2027, 2, number)
        )
        rows.add_duty(
            session,
            town.municipality,
            forum_id=wanted.id,
            meeting_id=meeting.id,
            position_id=town.leader_position.id,
            due_on=date(2027, 1, number),
        )
    create_subscription(
        session,
        FeedTarget(scope=FeedScope.PERSON, person_id=town.leader_id),
        owner_id=town.leader_id,
        label=f"Kalender {number}",
        language=Language.BOKMAL,
        now=site.now,
    )
