"""Reading reports of delivery and answers from a mailbox, over IMAP4rev1 (RFC 3501)."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from scheduler.domain.errors import AarshjulError
from scheduler.mail.bounces import is_delivery_report
from scheduler.mail.imap_url import ImapAddress, read_imap_url
from scheduler.mail.received import LONGEST_READ
from scheduler.mail.replies import may_hold_reply

__all__ = ["ImapMailbox", "Mailbox", "MailboxError", "OpenMailbox"]

_HEADS_AT_ONCE = 100
_MOST_HEADS = 5000
# No mail server needs as much to say that it reports.
_HEAD = "(BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)]<0.2000>)"
_UID = re.compile(rb"\bUID (\d+)")
_REASON_LENGTH = 200


class MailboxError(AarshjulError):
    """A mailbox cannot be read; `reason` says why on one line, without passwords."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class OpenMailbox(Protocol):
    """A mailbox while it is open; each step may raise MailboxError."""

    def reports(self, limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield unread reports of delivery, the oldest first: a name for `put_away`, and bytes."""
        ...

    def letters(self, limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield other unread mails that may have a calendar part, after `reports` was gone through.

        They are the newest, the oldest of them first, so that no heap of old ones keeps an answer.
        """
        ...

    def put_away(self, name: str) -> None:
        """Mark a message as read, so that it does not come again."""
        ...

    def leave(self, name: str) -> None:
        """Leave a message unread for people; it is not looked at again."""
        ...


class Mailbox(Protocol):
    """Where reports of delivery and answers to invitations come in."""

    @property
    def server(self) -> str:
        """Return the name of the server, without any password."""
        ...

    def opened(self) -> AbstractContextManager[OpenMailbox]:
        """Open it for a while; may raise MailboxError."""
        ...


@dataclass(slots=True)
class _Known:
    """What has been seen of the unread: those for people, and those that may hold an answer."""

    of_people: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)

    def keep_only(self, uids: Sequence[str]) -> None:
        self.of_people.intersection_update(uids)
        self.letters.intersection_update(uids)

    def add(self, uid: str, head: bytes) -> None:
        (self.letters if may_hold_reply(head) else self.of_people).add(uid)


class ImapMailbox:
    """A mailbox on an IMAP server, opened anew each time.

    What is not for the program, such as what a person writes, is left unread for people, and
    remembered so that it is asked for once.
    """

    def __init__(self, url: str, *, timeout: float = 20, tls: ssl.SSLContext | None = None) -> None:
        """Read the address; `timeout` is in seconds, for each answer.

        Raises:
            ImapUrlError: the address cannot be used.
        """
        self._address = read_imap_url(url)
        self._timeout = timeout
        self._tls = tls
        self._validity: bytes | None = None
        self._known = _Known()

    @property
    def server(self) -> str:
        """Return host and port."""
        return f"{self._address.host}:{self._address.port}"

    @contextmanager
    def opened(self) -> Iterator[OpenMailbox]:
        """Log in, open the mailbox, and close the connection at the end.

        Raises:
            MailboxError: it cannot be reached, or not be read.
        """
        try:
            imap = _connected(self._address, self._timeout, self._tls)
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxError(_reason(error)) from error
        try:
            _log_in(imap, self._address)
            _good(imap.select(_quoted(self._address.mailbox)))
            self._forget_if_renumbered(imap)
            yield _Open(imap, self._known)
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxError(_reason(error)) from error
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                imap.logout()
            # Complains of a connection that is closed already, as it is after a good LOGOUT.
            with suppress(OSError):
                imap.shutdown()

    def _forget_if_renumbered(self, imap: imaplib.IMAP4) -> None:
        validity = imap.response("UIDVALIDITY")[1][0]
        if validity != self._validity:
            self._known.keep_only(())
            self._validity = validity


class _Open:
    """The mailbox over one connection."""

    def __init__(self, imap: imaplib.IMAP4, known: _Known) -> None:
        self._imap = imap
        self._known = known

    def reports(self, limit: int) -> Iterator[tuple[str, bytes]]:
        for _, uid in zip(range(limit), self._report_uids(), strict=False):
            yield uid, self._fetched(uid)

    def letters(self, limit: int) -> Iterator[tuple[str, bytes]]:
        for uid in sorted(self._known.letters, key=int)[-limit:]:
            yield uid, self._fetched(uid)

    def put_away(self, name: str) -> None:
        self._uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)")
        self._known.letters.discard(name)

    def leave(self, name: str) -> None:
        self._known.letters.discard(name)
        self._known.of_people.add(name)

    def _fetched(self, uid: str) -> bytes:
        # The head of a long mail is enough, and a mailbox may hold any length.
        answer = self._uid("FETCH", uid, f"(BODY.PEEK[]<0.{LONGEST_READ}>)")
        return next((each[1] for each in answer if isinstance(each, tuple)), b"")

    def _report_uids(self) -> Iterator[str]:
        found = self._uid("SEARCH", "UNSEEN")
        unread = b" ".join(each for each in found if isinstance(each, bytes)).decode().split()
        self._known.keep_only(unread)
        seen = self._known.of_people | self._known.letters
        new = [uid for uid in unread if uid not in seen][-_MOST_HEADS:]
        for start in range(0, len(new), _HEADS_AT_ONCE):
            uids = new[start : start + _HEADS_AT_ONCE]
            heads = self._heads(uids)
            reports = {uid for uid in uids if is_delivery_report(heads.get(uid, b""))}
            for uid in uids:
                if uid not in reports:
                    self._known.add(uid, heads.get(uid, b""))
            yield from (uid for uid in uids if uid in reports)

    def _heads(self, uids: Sequence[str]) -> dict[str, bytes]:
        answer = self._uid("FETCH", ",".join(uids), _HEAD)
        heads = {}
        for number, each in enumerate(answer):
            if not isinstance(each, tuple):
                continue
            # The UID stands before the text or, with some servers, after it.
            after = answer[number + 1] if number + 1 < len(answer) else b""
            uid = _UID.search(each[0]) or (_UID.search(after) if isinstance(after, bytes) else None)
            if uid is not None:
                heads[uid[1].decode()] = each[1]
        return heads

    def _uid(self, command: str, *words: str) -> list[Any]:
        try:
            return _good(self._imap.uid(command, *words))
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxError(_reason(error)) from error


def _connected(address: ImapAddress, timeout: float, tls: ssl.SSLContext | None) -> imaplib.IMAP4:
    if not address.encrypted:
        return imaplib.IMAP4(address.host, address.port, timeout=timeout)
    context = tls or ssl.create_default_context()
    return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=timeout)


def _log_in(imap: imaplib.IMAP4, address: ImapAddress) -> None:
    if "AUTH=PLAIN" in imap.capabilities:
        # UTF-8 by RFC 4616; the LOGIN command knows ASCII only.
        secret = f"\0{address.user}\0{address.password}".encode()
        imap.authenticate("PLAIN", lambda _: secret)
    else:
        imap.login(_quoted(address.user), address.password)


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(str(data))
    return data


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _reason(error: Exception) -> str:
    said = f"{type(error).__name__}: {error}"
    return " ".join(said.split())[:_REASON_LENGTH]
