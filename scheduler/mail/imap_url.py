"""A mailbox's address: imaps://user:password@host[:port]/INBOX."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from scheduler.domain.errors import AarshjulError
from scheduler.domain.loopback import is_loopback

__all__ = ["ImapAddress", "ImapUrlError", "read_imap_url"]

_PORTS = {"imap": 143, "imaps": 993}


class ImapUrlError(AarshjulError):
    """The address of a mailbox cannot be used; `problem` never holds the address itself."""

    def __init__(self, problem: str) -> None:
        """Keep what is wrong."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """Where the server is, how to get in, and which mailbox to read."""

    encrypted: bool
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    mailbox: str = "INBOX"

    @property
    def on_this_machine(self) -> bool:
        """Whether nothing that is said leaves this machine."""
        return is_loopback(self.host)


def read_imap_url(url: str) -> ImapAddress:
    """Read `imaps://user:password@host[:port]/mailbox`, each part percent-encoded as in any URL.

    `imap://`, which is not encrypted, is for a server on this machine only.

    Raises:
        ImapUrlError: another scheme, no host, user or password, a port that is no number, an
            unencrypted way to another machine, or a mailbox whose name is not plain ASCII.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ImapUrlError("the host or the port cannot be read") from error
    if parts.scheme not in _PORTS:
        raise ImapUrlError("the scheme is not one of ours")
    if not host:
        raise ImapUrlError("the host is missing")
    if not parts.username or not parts.password:
        raise ImapUrlError("user and password are needed")
    if parts.query or parts.fragment:
        raise ImapUrlError("nothing may follow the mailbox")
    mailbox = unquote(parts.path.removeprefix("/")) or "INBOX"
    if not (mailbox.isascii() and mailbox.isprintable()):
        raise ImapUrlError("the mailbox has another name than plain ASCII")
    address = ImapAddress(
        encrypted=parts.scheme == "imaps",
        host=host,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password),
        mailbox=mailbox,
    )
    if not (address.encrypted or address.on_this_machine):
        raise ImapUrlError("a password is never sent unencrypted to another machine")
    return address
