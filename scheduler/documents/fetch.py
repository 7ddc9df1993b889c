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
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from scheduler.documents.public_address import is_public
from scheduler.domain.errors import AarshjulError

__all__ = ["FetchError", "FetchFault", "FetchRules", "fetch", "host_header", "is_public"]

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WEBCAL = re.compile("^webcal://", re.IGNORECASE)
_CHUNK = 65_536
_LONGEST_ADDRESS = 2000
# Of the addresses behind one name; a service has a few, and the time is shared between them.
_MOST_TRIED = 8


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


def host_header(parts: SplitResult) -> str:
    """Return the name as browsers say it: without a port that goes without saying.

    A server that compares it with its own name would send who says more on to where they are.
    """
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name
    return host if parts.port in {None, _PORTS[parts.scheme]} else f"{host}:{parts.port}"


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
    connection = _Pinned(parts, _checked_addresses(parts, rules, until), until)
    try:
        path = parts.path or "/"
        connection.request(
            "GET",
            f"{path}?{parts.query}" if parts.query else path,
            headers={
                "Host": host_header(parts),
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


def _checked_addresses(parts: SplitResult, rules: FetchRules, until: float) -> list[str]:
    found = _resolved(parts, rules, until)
    if not found:
        raise FetchError(FetchFault.UNKNOWN_NAME)
    # One that is not public among several is enough to leave the name alone.
    if not all(rules.allows(each) for each in found):
        raise FetchError(FetchFault.NOT_PUBLIC)
    return found[:_MOST_TRIED]


def _resolved(parts: SplitResult, rules: FetchRules, until: float) -> list[str] | None:
    """Look the name up; the system's own way knows no limit of time, so it is not waited for."""
    answers = SimpleQueue[list[str] | None]()

    def look_up() -> None:
        try:
            answers.put(rules.resolve(parts.hostname or "", parts.port or _PORTS[parts.scheme]))
        except (OSError, ValueError):
            answers.put(None)

    Thread(target=look_up, daemon=True).start()
    try:
        return answers.get(timeout=_left(until))
    except Empty:
        raise TimeoutError from None


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

    def __init__(self, parts: SplitResult, addresses: list[str], until: float) -> None:
        """Keep where to go."""
        super().__init__(parts.hostname or "", parts.port or _PORTS[parts.scheme])
        self._name = parts.hostname or ""
        self._is_secret = parts.scheme == "https"
        self._addresses = addresses
        self._until = until
        self._end: Timer | None = None

    def connect(self) -> None:
        """Open the connection; over HTTPS the certificate must be that of the name.

        When the time is up it is cut off, whatever it is doing: a server that sends a byte now
        and then never lets a single wait grow too long.
        """
        self.sock = self._reached()
        self.sock.settimeout(_left(self._until))
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

    def _reached(self) -> socket.socket:
        """Connect to the first address that answers within its share of the time left."""
        *others, last = self._addresses
        for waiting, address in zip(range(len(others), 0, -1), others, strict=True):
            with suppress(OSError):
                share = _left(self._until) / (waiting + 1)
                return socket.create_connection((address, self.port), share)
        return socket.create_connection((last, self.port), _left(self._until))

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
