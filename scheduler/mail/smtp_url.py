"""A mail server's address: smtp://, smtps:// or smtp+starttls://, with user and password."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from scheduler.domain.errors import AarshjulError

__all__ = ["Encryption", "SmtpAddress", "SmtpUrlError", "read_smtp_url"]


class Encryption(StrEnum):
    """How the connection is encrypted."""

    IF_OFFERED = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS = {Encryption.IF_OFFERED: 25, Encryption.STARTTLS: 587, Encryption.TLS: 465}


class SmtpUrlError(AarshjulError):
    """The address of the mail server cannot be used; `problem` never holds the address itself."""

    def __init__(self, problem: str) -> None:
        """Keep what is wrong."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """Where the server is and how to get in."""

    encryption: Encryption
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_smtp_url(url: str) -> SmtpAddress:
    """Read `scheme://[user:password@]host[:port]`; the parts are percent-encoded as in any URL.

    Raises:
        SmtpUrlError: another scheme, no host, a port that is no number, or a user without password.
    """
    parts = urlsplit(url)
    try:
        encryption = Encryption(parts.scheme)
        port = parts.port
    except ValueError as error:
        raise SmtpUrlError("the scheme or the port is not one of ours") from error
    if not parts.hostname:
        raise SmtpUrlError("the host is missing")
    if (parts.username is None) != (parts.password is None):
        raise SmtpUrlError("a user needs a password, and the other way round")
    return SmtpAddress(
        encryption=encryption,
        host=parts.hostname,
        port=port or _PORTS[encryption],
        user=unquote(parts.username) if parts.username is not None else None,
        password=unquote(parts.password) if parts.password is not None else None,
    )
