"""Who is asked as the one who has a role."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.enums import HolderKind, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant, Leave
from scheduler.usecases.people.role_holders import role_holders
from scheduler.usecases.viewer import viewer_of
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position

TODAY = date(2027, 2, 5)


@pytest.mark.parametrize(
    ("retired_on", "leader_away", "deputy_away", "asked"),
    [
        (None, False, False, ["leader"]),
        (None, True, False, ["deputy"]),
        (None, True, True, ["leader"]),
        (date(2027, 2, 6), False, False, ["leader"]),
        (TODAY, False, False, []),
    ],
)
def test_who_stands_in_a_position_that_is_in_use_is_asked(
    database: Database,
    retired_on: date | None,
    leader_away: bool,
    deputy_away: bool,
    asked: list[str],
) -> None:
    with database.write() as session:
        place = add_municipality(session)
        position = add_position(session, place, retired_on=retired_on)
        other = add_position(session, add_municipality(session, slug="vik", name="Vik"))
        people = {name: add_person(session) for name in ("leader", "deputy", "delegate", "viking")}
        holders = {
            "leader": add_holder(session, position, people["leader"]),
            "deputy": add_holder(session, position, people["deputy"], kind=HolderKind.DEPUTY),
        }
        add_holder(session, position, people["delegate"], kind=HolderKind.DELEGATE)
        add_holder(session, other, people["viking"])
        for each in (position, other):
            add(session, Grant(role=Role.PLANNER, position_id=each.id))
        for name, away in (("leader", leader_away), ("deputy", deputy_away)):
            if away:
                leave = Leave(holder_id=id_of(holders[name]), starts_on=TODAY, ends_on=TODAY)
                add(session, leave)
        found = role_holders(session, Role.PLANNER, today=TODAY, municipality_id=id_of(place))
        everywhere = role_holders(session, Role.PLANNER, today=TODAY)
        plans = {
            name
            for name, person in people.items()
            if id_of(place) in viewer_of(session, id_of(person), today=TODAY).planner_of
        }
        assert role_holders(session, Role.ADMINISTRATOR, today=TODAY) == ()
    names = {id_of(person): name for name, person in people.items()}
    assert [names[each] for each in found] == asked
    assert [names[each] for each in everywhere] == [*asked, "viking"]
    # Nobody is asked to do what they may not.
    assert set(asked) - plans == set()
