"""Which mails an administrator may see, so that none tells who sits in a closed forum."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, case, col, exists, false, not_, or_, select

from scheduler.domain.reminders import LOST_STATES, MailClass, OutboxState
from scheduler.store.tables import Outbox
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.hidden import hidden_forums, mail_is_open
from scheduler.usecases.outbox.watch import WATCH_KIND
from scheduler.usecases.people.welcome import WELCOME_KIND
from scheduler.usecases.viewer import Viewer

__all__ = ["NEEDS_A_PERSON", "MailInSight"]

NEEDS_A_PERSON: Final = (*LOST_STATES, OutboxState.UNCERTAIN)

# A mail about no one meeting or duty goes to a person for the seats they have, whichever forums
# those are in, unless it is one of these.
_OF_NO_SEAT: Final = (WELCOME_KIND, WATCH_KIND)
_OTHER_MAIL: Final = re.compile(r"^(?:into|refused in) \d+$|^\d+ could not be delivered$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailInSight:
    """The mails that a reader may see, and what of them they may be told.

    Log-in mails and those of case-level forums where the reader has no seat are never among them.
    The news of a year and the mails of a round go to everyone with a seat, in those forums too, and
    so stand there only where they did not arrive (privacy rule 4).
    """

    municipality_id: int
    hidden: frozenset[int]

    @classmethod
    def of(cls, session: Session, acting: Acting, viewer: Viewer) -> MailInSight:
        """Return the queue of the municipality as the reader may see it."""
        hidden = hidden_forums(session, viewer, acting.municipality_id)
        return cls(municipality_id=acting.municipality_id, hidden=hidden)

    @property
    def state(self) -> SQLColumnExpression[str]:
        """Return the state that is shown: what went in a hidden mail has been sent."""
        if not self.hidden:
            return col(Outbox.state)
        return case((self._went_out_of_sight, OutboxState.SENT.value), else_=col(Outbox.state))

    @property
    def where(self) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions that the reader may see a mail."""
        return (
            col(Outbox.municipality_id) == self.municipality_id,
            # A log-in mail holds a secret, and is no municipality's business.
            col(Outbox.mail_class) != MailClass.LOGIN.value,
            mail_is_open(self.hidden),
            or_(
                not_(self._is_of_seats),
                col(Outbox.state).in_([state.value for state in NEEDS_A_PERSON]),
            ),
        )

    def seals(self, row: Outbox) -> bool:
        """Tell whether what a mail is and when it went may tell who sits in a hidden forum."""
        is_of_one_thing = row.meeting_id is not None or row.duty_id is not None
        return bool(self.hidden) and not is_of_one_thing and row.kind not in _OF_NO_SEAT

    def went_unseen(self, session: Session, mail_ids: Collection[int]) -> set[int | None]:
        """Return those of the mails whose matter went in one that the reader must not see."""
        if not self.hidden:
            return set()
        found = select(Outbox.id).where(col(Outbox.id).in_(mail_ids), self._went_out_of_sight)
        return set(session.exec(found))

    def hides(self, detail: str | None) -> bool:
        """Tell whether the note of a step names another mail, which may be a hidden one."""
        return bool(self.hidden and _OTHER_MAIL.search(detail or ""))

    @property
    def _is_of_seats(self) -> ColumnElement[bool]:
        """Return the same condition as `seals`."""
        if not self.hidden:
            return false()
        return and_(
            col(Outbox.meeting_id).is_(None),
            col(Outbox.duty_id).is_(None),
            col(Outbox.kind).not_in(_OF_NO_SEAT),
        )

    @property
    def _went_out_of_sight(self) -> ColumnElement[bool]:
        carrier = aliased(Outbox)
        return exists().where(
            col(carrier.id) == col(Outbox.merged_into), not_(mail_is_open(self.hidden, carrier))
        )
