"""Who a round asks about which date: those with a seat in the forum today, whoever they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import AttendanceRule, Function
from scheduler.store.in_force import in_use
from scheduler.store.rows import id_of
from scheduler.store.tables import DateRoundDate, Forum, Position, Seat
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["Asked", "who_is_asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One seat asked about one date; `person_id` is None where nobody answers for the position.

    The meeting cannot do without a seat that `is_needed`; guests and those who come once a month
    are asked, but move no date. `is_case` says that the forum is for its members alone.
    """

    person_id: int | None
    position_id: int
    title: str
    date_id: int
    is_needed: bool
    is_case: bool


def who_is_asked(
    session: Session, dates: Sequence[DateRoundDate], *, today: date
) -> tuple[Asked, ...]:
    """Return everyone who is asked about the dates today, by title, person and date.

    Whoever has left is not among them, and whoever came since is (privacy rule 11).
    """
    rows = session.exec(
        select(Seat, Position, Forum)
        .join(Position, col(Position.id) == Seat.position_id)
        .join(Forum, col(Forum.id) == Seat.forum_id)
        .where(
            col(Seat.forum_id).in_({one.forum_id for one in dates}),
            in_use(Seat.retired_on, today),
            in_use(Position.retired_on, today),
            Seat.attends != AttendanceRule.ON_CALL,
        )
    ).all()
    readers = readers_of(session, {seat.position_id for seat, _position, _forum in rows}, today)
    found: dict[tuple[int | None, int, int], Asked] = {}
    for seat, position, forum in rows:
        here: list[int | None] = [reader.person_id for reader in readers[seat.position_id]]
        people = here or [None]
        needed = (
            seat.attends is AttendanceRule.EVERY_MEETING and seat.function is not Function.GUEST
        )
        for one in dates:
            if not _goes_to(seat, one):
                continue
            for person_id in people:
                key = (person_id, seat.position_id, id_of(one))
                earlier = found.get(key)
                found[key] = Asked(
                    person_id=person_id,
                    position_id=seat.position_id,
                    title=position.title,
                    date_id=id_of(one),
                    is_needed=needed or (earlier is not None and earlier.is_needed),
                    is_case=forum.level.is_case,
                )
    return tuple(
        sorted(found.values(), key=lambda one: (one.title, one.person_id or 0, one.date_id))
    )


def _goes_to(seat: Seat, one: DateRoundDate) -> bool:
    if seat.forum_id != one.forum_id or seat.unit_id not in (None, one.unit_id):
        return False
    return seat.attends is AttendanceRule.EVERY_MEETING or one.monthly_guests
