"""What applying a proposal does to the meetings that stand."""

from __future__ import annotations

from datetime import date, time

from scheduler.planning import (
    Change,
    ChangeKind,
    PlacedMeeting,
    Proposal,
    Proves,
    StandingMeeting,
    Status,
    difference,
)

MARCH, JUNE, SEPTEMBER = date(2027, 3, 9), date(2027, 6, 8), date(2027, 9, 14)


def placed(number: int, day: date, *, place: str | None = "Rådhuset") -> PlacedMeeting:
    return PlacedMeeting("ressursgruppe", None, number, day, time(9), time(11), place)


def standing(number: int, day: date) -> StandingMeeting:
    return StandingMeeting(
        f"id-{number}", "ressursgruppe", None, number, day, time(9), time(11), "Rådhuset"
    )


def proposal(*meetings: PlacedMeeting) -> Proposal:
    return Proposal("2027", Status.OPTIMAL, Proves.DATES, 0, 0, 0.0, meetings, ())


def lines(changes: tuple[Change, ...]) -> list[tuple[str, str | None, date]]:
    return [(c.kind.value, c.standing.id if c.standing else None, c.date) for c in changes]


def test_a_meeting_on_the_same_day_is_kept_whatever_its_number() -> None:
    changes = difference(proposal(placed(2, MARCH)), [standing(1, MARCH)])

    assert lines(changes) == [("kept", "id-1", MARCH)]


def test_a_meeting_on_another_day_is_moved_and_keeps_its_row() -> None:
    changes = difference(
        proposal(placed(1, date(2027, 3, 16)), placed(2, JUNE)),
        [standing(1, MARCH), standing(2, JUNE)],
    )

    assert lines(changes) == [("moved", "id-1", date(2027, 3, 16)), ("kept", "id-2", JUNE)]


def test_another_place_on_the_same_day_is_a_move() -> None:
    changes = difference(proposal(placed(1, MARCH, place="Teams")), [standing(1, MARCH)])

    assert [change.kind for change in changes] == [ChangeKind.MOVED]


def test_the_pairing_moves_the_fewest_days_when_one_falls_away() -> None:
    changes = difference(
        proposal(placed(1, date(2027, 6, 9)), placed(2, date(2027, 9, 15))),
        [standing(1, MARCH), standing(2, JUNE), standing(3, SEPTEMBER)],
    )

    assert lines(changes) == [
        ("removed", "id-1", MARCH),
        ("moved", "id-2", date(2027, 6, 9)),
        ("moved", "id-3", date(2027, 9, 15)),
    ]


def test_a_first_plan_only_adds() -> None:
    changes = difference(proposal(placed(1, MARCH), placed(2, JUNE)), [])

    assert lines(changes) == [("added", None, MARCH), ("added", None, JUNE)]
