"""A person's calendar is the same on the command line and on the web, wherever they work."""

from __future__ import annotations

from datetime import date, datetime
from itertools import permutations

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from scheduler.domain.enums import FeedScope
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import FeedToken, KeptFeed
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    create_subscription,
    subscriptions_of_municipality,
    subscriptions_of_person,
)
from tests.factories import rows
from tests.factories.site import make_site
from web.feeds.blueprint import blueprint


@pytest.mark.parametrize("order", list(permutations(("old", "web"))))
def test_who_has_left_one_of_two_municipalities_has_one_last_day_whoever_asks_first(
    database: Database, order: tuple[str, str]
) -> None:
    now = datetime.fromisoformat("2027-02-20T12:00:00+01:00")
    with database.write() as session:
        person = rows.add_person(session)
        left = [
            rows.add_municipality(session, slug="sor-fron", name="Sør-Fron"),
            rows.add_municipality(session, slug="hemsedal", name="Hemsedal"),
        ]
        for place, last_day in zip(left, (date(2027, 1, 1), date(2027, 2, 10)), strict=True):
            rows.add_holder(session, rows.add_position(session, place), person, until_on=last_day)
        first = id_of(left[0])
        target = FeedTarget(scope=FeedScope.PERSON, person_id=id_of(person))
        made = {
            name: create_subscription(
                session, target, owner_id=person.id, label=name, language=Language.BOKMAL, now=now
            )
            for name in ("old", "web")
        }
        # As the command line made it once.
        session.exec(
            update(FeedToken)
            .where(col(FeedToken.id) == made["old"][0].id)
            .values(municipality_id=first)
        )
    site = make_site(database, now, blueprints=(blueprint,))

    def answers() -> list[int]:
        found = []
        for name in order:
            answer = site.app.test_client().get(f"/feeds/{made[name][1]}.ics", buffered=True)
            answer.close()
            found.append(answer.status_code)
        return found

    while_empty = answers()
    site.now = datetime.fromisoformat("2027-03-13T00:00:00+01:00")

    assert (while_empty, answers()) == ([200, 200], [410, 410])
    with database.read() as session:
        assert len(session.exec(select(KeptFeed)).all()) == 1
        assert subscriptions_of_municipality(session, first) == ()
        assert len(subscriptions_of_person(session, id_of(person))) == 2


def test_the_target_of_a_person_names_no_municipality() -> None:
    target = FeedTarget(scope=FeedScope.PERSON, municipality_id=3, person_id=17)

    assert target == FeedTarget(scope=FeedScope.PERSON, person_id=17)
