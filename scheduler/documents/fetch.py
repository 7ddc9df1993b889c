"""Fetches a file from an address that somebody gave, and from nowhere inside our own network.

Every name is resolved once and the connection is made to the address that was checked, so that a
name which answers differently the next time leads nowhere else. The same holds for each redirect.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from scheduler.domain.errors import AarshjulError

__all__ = ["FetchError", "FetchFault", "FetchRules", "fetch", "is_public"]

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Kept for protocols (RFC 6890), and for what a cloud tells its own machines about themselves.
_PROTOCOLS = IPv4Network("192.0.0.0/24")
_WEBCAL = re.compile("^webcal://", re.IGNORECASE)
_CHUNK = 65_536
_LONGEST_ADDRESS = 2000


class FetchFault(StrEnum):
    """Why nothing was fetched."""

    BAD_ADDRESS = "bad_address"
    NAMES_USER = "names_user"
    OTHER_PORT = "other_port"
    NOT_PUBLIC = "not_public"
    UNKNOWN_NAME = "unknown_name"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REFUSED = "refused"


class FetchError(AarshjulError):
    """Nothing was fetched; `status` is the HTTP status where there was one. No address is kept."""

    def __init__(self, fault: FetchFault, *, status: int | None = None) -> None:
        """Keep why."""
        super().__init__(fault.value)
        self.fault = fault
        self.status = status


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also the one inside another."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        teredo = found.teredo[1] if found.teredo else None
        inside = found.ipv4_mapped or found.sixtofour or teredo
        if inside is not None:
            return is_public(str(inside))
        # 64:ff9b::/96 leads to the IPv4 address at its end (RFC 6052).
        if found.packed[:12] == bytes.fromhex("0064ff9b0000000000000000"):
            return is_public(str(IPv4Address(found.packed[12:])))
        # Nothing else is given out for the public internet; other ways to write an IPv4 address
        # into an IPv6 one, and the site's own networks, are outside it.
        if found not in _GLOBAL_UNICAST:
            return False
    elif found in _PROTOCOLS:
        return False
    return found.is_global and not found.is_multicast


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """Where a file may come from, and how much of it and how long is too much.

    `size` is in bytes, `seconds` count for everything with redirects. `ports` are those besides
    80 and 443.
    """

    size: int = 5_000_000
    seconds: float = 20
    redirects: int = 3
    ports: frozenset[int] = frozenset()
    allows: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], list[str]] = _resolve


def fetch(address: str, rules: FetchRules | None = None) -> bytes:
    """Return what stands at an http or https address.

    Raises:
        FetchError: it may not be fetched, or could not be.
    """
    bounds = rules or FetchRules()
    until = monotonic() + bounds.seconds
    for _ in range(bounds.redirects + 1):
        parts = _parts(address, bounds)
        try:
            body, onward = _ask(parts, bounds, until)
        except TimeoutError:
            raise FetchError(FetchFault.TOO_SLOW) from None
        except (OSError, http.client.HTTPException):
            is_late = monotonic() >= until
            raise FetchError(FetchFault.TOO_SLOW if is_late else FetchFault.NO_ANSWER) from None
        if onward is None:
            return body
        address = urljoin(address, onward)
    raise FetchError(FetchFault.TOO_MANY_REDIRECTS)


def _parts(address: str, rules: FetchRules) -> SplitResult:
    # What programs hand out as a subscription is an address of the web all the same.
    written = _WEBCAL.sub("https://", address)
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise FetchError(FetchFault.BAD_ADDRESS) from None
    allowed = {None, *_PORTS.values(), *rules.ports}
    if (
        len(written) > _LONGEST_ADDRESS
        or not written.isascii()
        or not written.isprintable()
        or " " in written
        or parts.scheme not in _PORTS
        or not parts.hostname
    ):
        raise FetchError(FetchFault.BAD_ADDRESS)
    if parts.username is not None:
        raise FetchError(FetchFault.NAMES_USER)
    if port not in allowed:
        raise FetchError(FetchFault.OTHER_PORT)
    return parts


def _ask(parts: SplitResult, rules: FetchRules, until: float) -> tuple[bytes, str | None]:
    connection = _Pinned(parts, _checked_address(parts, rules), until)
    try:
        path = parts.path or "/"
        connection.request(
            "GET",
            f"{path}?{parts.query}" if parts.query else path,
            headers={
                "User-Agent": "aarshjul",
                "Accept": "text/calendar, */*;q=0.1",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
        )
        with connection.getresponse() as answer:
            onward = answer.headers["Location"]
            if answer.status in _REDIRECTS and onward:
                return b"", onward
            if answer.status != 200:
                raise FetchError(FetchFault.REFUSED, status=answer.status)
            return _read(answer, rules, until), None
    finally:
        connection.let_go()


def _checked_address(parts: SplitResult, rules: FetchRules) -> str:
    host = parts.hostname or ""
    try:
        found = rules.resolve(host, parts.port or _PORTS[parts.scheme])
    except (OSError, UnicodeError):
        raise FetchError(FetchFault.UNKNOWN_NAME) from None
    if not found:
        raise FetchError(FetchFault.UNKNOWN_NAME)
    # One that is not public among several is enough to leave the name alone.
    if not all(rules.allows(each) for each in found):
        raise FetchError(FetchFault.NOT_PUBLIC)
    return found[0]


def _read(answer: http.client.HTTPResponse, rules: FetchRules, until: float) -> bytes:
    # Written into one piece of memory, which is handed over as it is.
    found = BytesIO()
    while part := answer.read1(_CHUNK):
        found.write(part)
        if found.tell() > rules.size:
            raise FetchError(FetchFault.TOO_LARGE)
    _left(until)
    if answer.length:
        raise FetchError(FetchFault.NO_ANSWER)
    return found.getvalue()


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that was asked for."""

    def __init__(self, parts: SplitResult, address: str, until: float) -> None:
        """Keep where to go."""
        super().__init__(parts.hostname or "", parts.port or _PORTS[parts.scheme])
        self._name = parts.hostname or ""
        self._is_secret = parts.scheme == "https"
        self._address = address
        self._until = until
        self._end: Timer | None = None

    def connect(self) -> None:
        """Open the connection; over HTTPS the certificate must be that of the name.

        When the time is up it is cut off, whatever it is doing: a server that sends a byte now
        and then never lets a single wait grow too long.
        """
        self.sock = socket.create_connection((self._address, self.port), _left(self._until))
        if self._is_secret:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self._name, do_handshake_on_connect=False
            )
        self._end = Timer(_left(self._until), _cut_off, [self.sock])
        self._end.daemon = True
        self._end.start()
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def let_go(self) -> None:
        """Close the connection; nothing is waited for any more."""
        if self._end is not None:
            self._end.cancel()
        self.close()


def _cut_off(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
