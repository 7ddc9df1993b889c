"""Which meetings stand in whose calendar by an invitation, and which invitations never arrived."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.reminders import LIVE_STATES, REVIVABLE_STATES, OutboxState
from scheduler.store.tables import Invitation, Meeting, Outbox, Person
from scheduler.usecases.invitations.told import GONE, KIND, Method

__all__ = ["comes_by_invitation", "invited_to", "missed_by", "unreached_people"]

_NEVER_ARRIVED = (OutboxState.FAILED, OutboxState.BOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newest:
    """The newest message to one person about one meeting, beside the meeting as it is now."""

    method: Method
    state: OutboxState
    is_of_now: bool
    is_cancelled: bool
    was_let_go: bool
    went_before: bool
    wants: bool

    @property
    def stands(self) -> bool:
        """Tell whether the meeting is in the calendar by a message that went or waits to go.

        A cancelled one still is, as cancelled: calendars leave it there until its reader clears it.
        """
        if self.was_let_go or self.state not in (*LIVE_STATES, *GONE):
            return False
        return self.method is Method.REQUEST or (self.is_cancelled and self.is_of_now)

    @property
    def was_missed(self) -> bool:
        """Tell whether the person has not heard how the meeting stands, for want of an address."""
        return (
            self.state in _NEVER_ARRIVED
            and self.is_of_now
            and (self.method is Method.REQUEST or self.is_cancelled)
            and (self.wants or self.went_before)
        )


def comes_by_invitation(session: Session, person_id: int) -> frozenset[int]:
    """Return the meetings that stand in the person's calendar by invitation, also the past ones.

    They are in no feed of theirs: every other meeting is, so that none is seen twice or nowhere.
    """
    found = _newest(session, Outbox.person_id == person_id)
    return frozenset(meeting_id for (meeting_id, _person), one in found.items() if one.stands)


def invited_to(session: Session, meeting_id: int) -> frozenset[int]:
    """Return the people in whose calendars the meeting stands by invitation."""
    found = _newest(session, Outbox.meeting_id == meeting_id)
    return frozenset(person_id for (_meeting, person_id), one in found.items() if one.stands)


def unreached_people(session: Session, meeting_id: int) -> tuple[str, ...]:
    """Return the names of those whose newest message about the meeting did not arrive."""
    found = _newest(session, Outbox.meeting_id == meeting_id)
    missed = {person_id for (_meeting, person_id), one in found.items() if one.was_missed}
    names = select(Person.name).where(col(Person.id).in_(missed), col(Person.active).is_(True))
    return tuple(sorted(session.exec(names)))


def missed_by(session: Session, person_id: int) -> frozenset[int]:
    """Return the meetings of which the newest message to the person did not arrive."""
    found = _newest(session, Outbox.person_id == person_id)
    return frozenset(meeting_id for (meeting_id, _person), one in found.items() if one.was_missed)


def _newest(session: Session, which: ColumnElement[bool] | bool) -> dict[tuple[int, int], _Newest]:
    """Return what each person was, or is about to be, told last; without the bytes of mails."""
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Outbox.meeting_id,
            Outbox.person_id,
            Outbox.step,
            Outbox.state,
            Outbox.meeting_sequence == Meeting.sequence,
            Meeting.state,
            Invitation.let_go_at,
            Person.wants_invitations,
        )
        .join(Meeting, col(Meeting.id) == Outbox.meeting_id)
        .join(Person, col(Person.id) == Outbox.person_id)
        .outerjoin(Invitation, col(Invitation.outbox_id) == Outbox.id)
        .where(Outbox.kind == KIND, which, col(Outbox.state).not_in(REVIVABLE_STATES))
        .order_by(col(Outbox.id))
    ).all()
    found: dict[tuple[int, int], _Newest] = {}
    for meeting_id, person_id, step, state, is_of_now, meeting_state, let_go_at, wants in rows:
        before = found.get((meeting_id, person_id))
        found[meeting_id, person_id] = _Newest(
            method=Method(step.upper()),
            state=OutboxState(state),
            is_of_now=bool(is_of_now),
            is_cancelled=meeting_state is MeetingState.CANCELLED,
            was_let_go=let_go_at is not None,
            went_before=before is not None and (before.went_before or before.state in GONE),
            wants=wants,
        )
    return found
