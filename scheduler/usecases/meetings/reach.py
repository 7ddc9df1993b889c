"""Who has a meeting in a calendar that follows it, and who hears of nothing but mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import AttendanceRule, FeedScope
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import FeedToken, Seat
from scheduler.usecases.invitations.standing import invited_to
from scheduler.usecases.reminders.holders import Reader

__all__ = ["Reach", "reach_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many have the meeting in their calendars, and the names of those who have it nowhere.

    A subscription counts where it lives, fetched or not: that is its owner's to know (privacy
    rule 5).
    """

    shown: int
    silent: tuple[str, ...]


def reach_of(
    session: Session,
    meeting: MeetingSnapshot,
    held: Mapping[int, Collection[Reader]],
    *,
    by: int | None,
    today: date,
) -> Reach:
    """Return whom a change of the meeting reaches by itself; `held` is who answers for each seat.

    The person `by` who makes the change knows of it, and is nobody to tell.

    Subscriptions that nobody owns, printed for a position or a forum, are nobody's to count.
    """
    people = {reader.person_id: reader.name for readers in held.values() for reader in readers}
    attending = _attending(session, meeting, today)
    attends = {
        one.person_id for position in held if position in attending for one in held[position]
    }
    shown = set(people) & invited_to(session, meeting.id)
    tokens = session.exec(
        select(FeedToken).where(
            col(FeedToken.owner_id).in_(set(people) - shown), col(FeedToken.revoked_at).is_(None)
        )
    )
    for token in tokens:
        owner = token.owner_id
        match token.scope:
            case FeedScope.PERSON:
                carries = owner in attends
            case FeedScope.POSITION:
                holders = held.get(token.position_id or 0, ())
                carries = token.position_id in attending and owner in {
                    one.person_id for one in holders
                }
            case FeedScope.FORUM:
                carries = token.forum_id == meeting.forum_id
            case FeedScope.MUNICIPALITY:
                carries = (
                    token.municipality_id == meeting.municipality_id and not meeting.level.is_case
                )
            case FeedScope.LEADERS:
                # It has the meetings with a review in them, and follows what those are about.
                carries = False
        if carries and owner is not None:
            shown.add(owner)
    return Reach(
        shown=len(shown),
        silent=tuple(
            sorted(
                name
                for person_id, name in people.items()
                if person_id not in shown and person_id != by
            )
        ),
    )


def _attending(session: Session, meeting: MeetingSnapshot, today: date) -> frozenset[int]:
    """Return the positions that have this meeting in their own calendars."""
    rules = [AttendanceRule.EVERY_MEETING]
    if meeting.monthly_guests:
        rules.append(AttendanceRule.ONCE_A_MONTH)
    return frozenset(
        session.exec(
            select(Seat.position_id).where(
                sits_in(meeting.forum_id, meeting.unit_id),
                in_use(Seat.retired_on, today),
                col(Seat.attends).in_(rules),
            )
        )
    )
