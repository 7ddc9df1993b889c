"""A mailbox of returned mails and answers in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scheduler.mail import MailboxError

__all__ = ["ReturnedMail"]


@dataclass
class ReturnedMail:
    """Holds `unread` reports and `answers`; with `problem` it cannot be opened.

    `left` are those that are for people. `on_put_away` is called before a message is put away.
    """

    unread: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)
    problem: str | None = None
    on_put_away: Callable[[], None] | None = None
    server: str = "imap.x.example:993"

    @contextmanager
    def opened(self) -> Iterator[ReturnedMail]:
        """Open it."""
        if self.problem is not None:
            raise MailboxError(self.problem)
        yield self

    def reports(self, limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield what is unread."""
        for message in self.unread[:limit]:
            yield str(id(message)), message

    def letters(self, limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield the answers that are unread."""
        for message in self.answers[-limit:]:
            yield str(id(message)), message

    def leave(self, name: str) -> None:
        """Leave an answer for people."""
        self.left += [message for message in self.answers if str(id(message)) == name]
        self.answers = [message for message in self.answers if str(id(message)) != name]

    def put_away(self, name: str) -> None:
        """Mark as read."""
        if self.on_put_away is not None:
            self.on_put_away()
        self.unread = [message for message in self.unread if str(id(message)) != name]
        self.answers = [message for message in self.answers if str(id(message)) != name]
