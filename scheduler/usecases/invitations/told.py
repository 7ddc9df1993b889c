"""What each recipient has been told of each meeting, and what of it stands with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from scheduler.domain.reminders import (
    GONE_STATES,
    LIVE_STATES,
    LOST_STATES,
    REVIVABLE_STATES,
    OutboxState,
)
from scheduler.usecases.invitations.recipient import Recipient

__all__ = ["KIND", "Message", "Method", "Said", "Told", "row_key"]

KIND = "invitation"


class Method(StrEnum):
    """What a message asks for (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a calendar message said, once its mail was made.

    It `says_too_much` where its forum speaks of single cases now and did not then: rooms may know
    nothing of such a meeting but its time, and members no agenda or link (privacy rules 1 and 4).
    """

    method: Method
    sequence: int
    held_on: date
    starts: time
    ends: time
    was_let_go: bool
    says_too_much: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message about one meeting to one recipient, without the bytes of its mail.

    `number` counts the messages about it to them, and is the last part of the row's key.
    `meeting_sequence` is the version of the meeting that it is about. `said` is None until its
    mail was made. `resends` is how often it went again since nobody knew whether it had arrived.
    """

    row_id: int
    number: int
    method: Method
    state: OutboxState
    meeting_sequence: int
    resends: int
    said: Said | None

    @property
    def may_have_arrived(self) -> bool:
        """Tell whether it can be with its reader, also where it was refused the second time."""
        went_twice = self.resends > 0 and self.state is not OutboxState.BOUNCED
        return self.said is not None and (self.state in GONE_STATES or went_twice)

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether it may have arrived, and waits to go again or was put aside before it did.

        Its row is not to be written over: what it said has to be followed as if it had arrived, and
        said anew as if it had not.
        """
        return self.may_have_arrived and self.state in (*LIVE_STATES, *REVIVABLE_STATES)

    @property
    def was_let_go(self) -> bool:
        """Tell whether it was left to its reader, who is told no more of it."""
        return self.said is not None and self.said.was_let_go

    @property
    def says_too_much(self) -> bool:
        """Tell whether it said more of the meeting than may be said by now."""
        return self.said is not None and self.said.says_too_much

    @property
    def asks(self) -> bool:
        """Tell whether it is an invitation that counts."""
        return self.method is Method.REQUEST and not self.was_let_go


@dataclass(slots=True)
class Told:
    """What one recipient was told of one meeting: the one place that says what stands with them.

    `ended` is the number after all whose fate is settled, whatever it was, or in doubt, and `tried`
    is the last of them unless it was let go or is in doubt. `last` is what the last said that may
    have arrived and was not let go, `sequence` the highest number that did. `waiting` is what is
    still to go, `overtaken` the rows of what waits though a newer message was tried, and `newest`
    the newest of all. `went_before` tells that one before the newest may have arrived.
    """

    ended: int = 0
    tried: Message | None = None
    last: Said | None = None
    sequence: int = -1
    waiting: Message | None = None
    overtaken: list[int] = field(default_factory=list)
    newest: Message | None = None
    went_before: bool = False

    def add(self, message: Message) -> None:
        """Take in a message that is newer than all before."""
        is_out = message.state in REVIVABLE_STATES
        if is_out and not message.is_in_doubt:
            return
        if self.waiting is not None:
            self.overtaken.append(self.waiting.row_id)
            self.waiting = None
        if is_out or (self.newest is not None and self.newest.may_have_arrived):
            self.went_before = True
        if not is_out:
            self.newest = message
        if message.state in LIVE_STATES:
            self.waiting = message
            if not message.is_in_doubt:
                return
        # Counting them is not enough: an older one that goes once more and is then taken back is
        # none of them any more, and the number of one that was sent would come again.
        self.ended = max(self.ended, message.number + 1)
        self.tried = None if message.was_let_go or message.is_in_doubt else message
        if message.said is None or not message.may_have_arrived:
            return
        self.sequence = max(self.sequence, message.said.sequence)
        # As long as nobody knows that one which takes the meeting out has come, it is there.
        if message.method is Method.REQUEST or message.state in GONE_STATES:
            self.last = None if message.was_let_go else message.said

    @property
    def has_it(self) -> bool:
        """Tell whether the meeting is in the recipient's calendar by a message of ours.

        It then has to be taken out when it is no longer theirs, whatever became of later ones.
        """
        return self.last is not None and self.last.method is Method.REQUEST

    @property
    def keeps_it(self) -> bool:
        """Tell whether it is there, and nothing that takes it out was tried or waits to go.

        Then it is followed by mail also where nothing more would be invited to.
        """
        said_last = self.waiting or self.tried
        return self.has_it and said_last is not None and said_last.method is Method.REQUEST

    @property
    def is_asked_for(self) -> bool:
        """Tell whether an invitation waits to go."""
        return self.waiting is not None and self.waiting.method is Method.REQUEST

    def stands(self, *, sequence: int, is_cancelled: bool) -> bool:
        """Tell whether the newest message shows the meeting: it may have arrived, or is to go.

        Then, and only then, nothing else needs to show it. A cancelled meeting, whose version is
        `sequence`, still is shown: calendars leave it there as cancelled until it is cleared.
        """
        one = self.newest
        if one is None or one.was_let_go or one.state not in (*LIVE_STATES, *GONE_STATES):
            return False
        return one.asks or (is_cancelled and one.meeting_sequence == sequence)

    def was_missed(self, *, sequence: int, is_cancelled: bool, wants: bool) -> bool:
        """Tell whether what the recipient does not know did not arrive: how the meeting is now.

        `wants` tells that they are to be invited.
        """
        one = self.newest
        return (
            one is not None
            and one.state in LOST_STATES
            and one.meeting_sequence == sequence
            and (one.method is Method.REQUEST or is_cancelled)
            and (wants or self.went_before)
        )


def row_key(slug: str, meeting_id: int, recipient: Recipient, told: Told) -> str:
    """Return the key of the next message to a recipient; one that waits is written over by it."""
    return f"{slug}:{KIND}:{meeting_id}:{recipient.key}:{told.ended}"
