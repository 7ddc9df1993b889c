"""A mailbox of returned mails in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scheduler.mail import MailboxError

__all__ = ["ReturnedMail"]


@dataclass
class ReturnedMail:
    """Holds `unread` messages; with `problem` it cannot be opened.

    `on_put_away` is called before a message is put away.
    """

    unread: list[bytes] = field(default_factory=list)
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

    def put_away(self, name: str) -> None:
        """Mark as read."""
        if self.on_put_away is not None:
            self.on_put_away()
        self.unread = [message for message in self.unread if str(id(message)) != name]
