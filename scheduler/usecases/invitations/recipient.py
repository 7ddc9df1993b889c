"""Whom a meeting is mailed to: a person or a room."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Recipient"]


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A person, or a room that is known by its mailbox."""

    person_id: int | None = None
    room_email: str | None = None

    @property
    def key(self) -> str:
        """Return the recipient's part of the key that no two mails share."""
        return str(self.room_email if self.person_id is None else self.person_id)
