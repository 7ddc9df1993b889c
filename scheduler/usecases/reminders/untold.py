"""When readers know a meeting to be who were not told yet that it was changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import LIVE_STATES, OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting, Outbox
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND, moves_in

__all__ = ["CHANGE_KIND", "TEXT_KIND", "Untold", "Whose", "untold_of"]

CHANGE_KIND = "change"
TEXT_KIND = "text"

Whose = tuple[int | None, int | None]
"""Whose mail it is: a position's, or a person's for a text message."""


@dataclass(frozen=True, slots=True)
class Untold:
    """When one meeting was before the changes whose mails still wait.

    `mails` are those about it alone, and `people` those who one mail is to tell of it together
    with other meetings.
    """

    mails: dict[Whose, MeetingStart] = field(default_factory=dict)
    people: dict[int, MeetingStart] = field(default_factory=dict)

    def __iter__(self) -> Iterator[MeetingStart]:
        """Yield every start that somebody still takes it to have."""
        yield from self.mails.values()
        yield from self.people.values()

    def known_to(self, person_id: int, *, was: MeetingStart) -> MeetingStart:
        """Return when the person takes it to be; `was` is when it was before the last change."""
        own = self.people.get(person_id)
        return own or next(iter(self.mails.values()), was)

    def known_at(
        self, whose: Whose, readers: Iterable[int], *, was: MeetingStart | None
    ) -> MeetingStart | None:
        """Return when those who read a mail take it to be."""
        by_another = (self.people[each] for each in readers if each in self.people)
        return self.mails.get(whose) or next(by_another, was)


def untold_of(session: Session, meetings: Collection[Meeting]) -> Mapping[int, Untold]:
    """Return what of these meetings is still untold, for each of them."""
    found = {id_of(meeting): Untold() for meeting in meetings}
    carrier = aliased(Outbox)
    rows = session.exec(
        select(Outbox.meeting_id, Outbox.position_id, Outbox.person_id, Outbox.payload)
        .outerjoin(carrier, col(carrier.id) == Outbox.merged_into)
        .where(
            col(Outbox.meeting_id).in_(found),
            col(Outbox.kind).in_((CHANGE_KIND, TEXT_KIND)),
            or_(
                col(Outbox.state).in_(LIVE_STATES),
                (col(Outbox.state) == OutboxState.MERGED) & col(carrier.state).in_(LIVE_STATES),
            ),
        )
        .order_by(col(Outbox.id))
    ).all()
    for meeting_id, position_id, person_id, payload in rows:
        said = json.loads(payload or "{}")
        if "was" in said and meeting_id is not None:
            whose = (position_id, person_id)
            found[meeting_id].mails.setdefault(whose, MeetingStart.from_record(said["was"]))
    together = session.exec(
        select(Outbox.person_id, Outbox.payload)
        .where(
            Outbox.kind == SUMMARY_KIND,
            col(Outbox.municipality_id).in_({one.municipality_id for one in meetings}),
            col(Outbox.person_id).is_not(None),
            col(Outbox.state).in_(LIVE_STATES),
        )
        .order_by(col(Outbox.id))
    ).all()
    for person_id, payload in together:
        for move in moves_in(payload):
            if move.meeting_id in found and person_id is not None:
                found[move.meeting_id].people.setdefault(person_id, move.was)
    return found
