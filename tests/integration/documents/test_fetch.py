"""Fetching from addresses that somebody gave, over real connections."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from scheduler.documents.fetch import (
    FetchError,
    FetchFault,
    FetchRules,
    fetch,
    host_header,
    is_public,
)

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Handler(BaseHTTPRequestHandler):
    """A server that can do everything a bad one does."""

    def do_GET(self) -> None:
        """Answer by the path."""
        kind = self.path.partition("?")[0]
        if kind == "/calendar.ics":
            self._send(200, CALENDAR)
        elif kind == "/host":
            self._send(200, self.headers["Host"].encode())
        elif kind == "/to":
            self._send(302, b"", location=self.path.partition("?")[2])
        elif kind == "/endless":
            self._endless(b"x" * 65_536, 0)
        elif kind == "/drip":
            self._endless(b"x", 0.05)
        elif kind == "/slow-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self._drip(b"X-A: 1\r\n", 0.05)
        elif kind == "/short":
            self._send(200, b"half", length=100)
        elif kind == "/gzip":
            self._send(200, gzip.compress(b"x" * 10_000_000), encoding="gzip")
        elif kind == "/silent":
            time.sleep(2)
        else:
            self._send(404, b"")

    def _send(
        self,
        status: int,
        body: bytes,
        *,
        location: str | None = None,
        length: int | None = None,
        encoding: str | None = None,
    ) -> None:
        self.send_response(status)
        if encoding is not None:
            self.send_header("Content-Encoding", encoding)
        if location is not None:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _endless(self, part: bytes, pause: float) -> None:
        self.send_response(200)
        self.end_headers()
        self._drip(part, pause)

    def _drip(self, part: bytes, pause: float) -> None:
        try:
            for _ in range(400):
                self.wfile.write(part)
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with closing_server() as server:
        yield server.server_port


class closing_server:  # noqa: N801 - used as a function.
    def __enter__(self) -> ThreadingHTTPServer:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self.server

    def __exit__(self, *_error: object) -> None:
        with closing(self.server.socket):
            self.server.shutdown()
            self.thread.join()


# The test's own server plays the part of the open internet, under names of its own.
NAMES = {"kommune.example": "127.0.0.1", "inside.example": "10.0.0.5"}


def rules(port: int, **changes: Any) -> FetchRules:
    return FetchRules(
        **{
            "ports": frozenset({port}),
            "allows": lambda address: address == "127.0.0.1" or is_public(address),
            "resolve": lambda host, _port: [NAMES.get(host, host)],
            **changes,
        }
    )


def fault(address: str, bounds: FetchRules | None) -> tuple[FetchFault, int | None]:
    with pytest.raises(FetchError) as caught:
        fetch(address, bounds)
    return caught.value.fault, caught.value.status


def test_it_returns_what_stands_there_under_the_name_that_was_asked_for(port: int) -> None:
    here = f"http://kommune.example:{port}"
    assert fetch(f"{here}/calendar.ics", rules(port)) == CALENDAR
    assert fetch(f"{here}/host", rules(port)) == f"kommune.example:{port}".encode()
    assert fetch(f"{here}/to?/calendar.ics", rules(port)) == CALENDAR


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.ics",
        "http://localhost/a.ics",
        "http://10.1.2.3/a.ics",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        # IPv4 addresses written in other ways, a network's own translation, and a site's own.
        "http://[::7f00:1]/",
        "http://[::ffff:0:7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[fec0::1]/",
        "http://192.0.0.192/latest/",
        "http://168.63.129.16/machine/",
        "http://192.88.99.1/",
        "http://[3fff::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://224.0.0.1/",
    ],
)
def test_an_address_inside_is_never_asked(address: str) -> None:
    assert fault(address, None)[0] in (FetchFault.NOT_PUBLIC, FetchFault.UNKNOWN_NAME)


def test_a_public_address_is_known_as_one() -> None:
    found = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
    assert [is_public(each) for each in found] == [True, True, True]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://kommune.example/a.ics",
        "file:///etc/passwd",
        "gopher://kommune.example/",
        "http://kommune.example:99999/",
        "http:///a.ics",
        "http://kommune.example/a b",
        "http://kommune.example/\r\nHost: x",
        "http://kommune.example/" + "a" * 2000,
        "",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(address: str, port: int) -> None:
    assert fault(address, rules(port)) == (FetchFault.BAD_ADDRESS, None)


@pytest.mark.parametrize(
    "address", ["http://user:secret@kommune.example/", "webcal://user@kommune.example:8443/a.ics"]
)
def test_an_address_with_a_users_name_is_refused_for_that(address: str, port: int) -> None:
    assert fault(address, rules(port)) == (FetchFault.NAMES_USER, None)


@pytest.mark.parametrize(
    "address", ["http://kommune.example:25/", "https://kommune.example:8443/a.ics"]
)
def test_an_address_with_a_port_of_its_own_is_refused_for_that(address: str, port: int) -> None:
    assert fault(address, rules(port)) == (FetchFault.OTHER_PORT, None)


@pytest.mark.parametrize("scheme", ["webcal", "Webcal", "WEBCAL"])
def test_an_address_to_subscribe_to_is_one_of_the_web_however_it_is_written(
    scheme: str, port: int
) -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, at: int) -> list[str]:
        asked.append((host, at))
        return ["10.0.0.5"]

    address = f"{scheme}://kommune.example/webcal://a.ics"
    assert fault(address, rules(port, resolve=resolve)) == (FetchFault.NOT_PUBLIC, None)
    assert asked == [("kommune.example", 443)]


def test_a_redirect_to_an_address_inside_is_refused(port: int) -> None:
    here = f"http://kommune.example:{port}"
    assert fault(f"{here}/to?http://inside.example/", rules(port))[0] is FetchFault.NOT_PUBLIC
    assert fault(f"{here}/to?http://[::1]/", rules(port))[0] is FetchFault.NOT_PUBLIC
    assert fault(f"{here}/to?file:///etc/passwd", rules(port))[0] is FetchFault.BAD_ADDRESS
    assert fault(f"{here}/to?/to?/to?/to?/calendar.ics", rules(port)) == (
        FetchFault.TOO_MANY_REDIRECTS,
        None,
    )


def test_one_inside_address_among_several_is_enough(port: int) -> None:
    both = rules(port, resolve=lambda _host, _port: ["127.0.0.1", "10.0.0.5"])
    assert fault(f"http://kommune.example:{port}/calendar.ics", both)[0] is FetchFault.NOT_PUBLIC


def test_a_name_is_asked_for_once_so_a_second_answer_leads_nowhere(port: int) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1" if len(asked) == 1 else "10.0.0.5"]

    turning = rules(port, resolve=resolve)
    assert fetch(f"http://kommune.example:{port}/calendar.ics", turning) == CALENDAR
    assert asked == ["kommune.example"]
    assert fault(f"http://kommune.example:{port}/calendar.ics", turning)[0] is FetchFault.NOT_PUBLIC


def test_what_comes_compressed_unasked_is_never_unpacked(port: int) -> None:
    found = fetch(f"http://kommune.example:{port}/gzip", rules(port, size=20_000))

    assert (found[:2], len(found) < 20_000) == (b"\x1f\x8b", True)


@pytest.mark.parametrize(
    ("path", "changes", "expected"),
    [
        ("/endless", {"size": 1_000_000}, FetchFault.TOO_LARGE),
        ("/drip", {"seconds": 0.5}, FetchFault.TOO_SLOW),
        ("/slow-head", {"seconds": 0.5}, FetchFault.TOO_SLOW),
        ("/silent", {"seconds": 0.5}, FetchFault.TOO_SLOW),
        ("/short", {}, FetchFault.NO_ANSWER),
        ("/missing", {}, FetchFault.REFUSED),
    ],
)
def test_a_server_that_does_not_behave_is_left(
    port: int, path: str, changes: dict[str, Any], expected: FetchFault
) -> None:
    assert fault(f"http://kommune.example:{port}{path}", rules(port, **changes))[0] is expected


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://Kommune.example/a.ics", "kommune.example"),
        ("https://kommune.example:443/a.ics", "kommune.example"),
        ("http://kommune.example:80/a.ics", "kommune.example"),
        ("http://kommune.example:443/a.ics", "kommune.example:443"),
        ("https://kommune.example:8443/a.ics", "kommune.example:8443"),
        ("https://[2606:4700::1111]/a.ics", "[2606:4700::1111]"),
        ("https://[2606:4700::1111]:8443/a.ics", "[2606:4700::1111]:8443"),
    ],
)
def test_a_server_is_told_the_port_only_where_it_is_not_the_usual_one(
    address: str, said: str
) -> None:
    assert host_header(urlsplit(address)) == said


def test_a_name_that_takes_long_to_look_up_is_not_waited_for(port: int) -> None:
    over = threading.Event()
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        over.wait(5)
        looked_up.append(host)
        return ["127.0.0.1"]

    address = f"http://kommune.example:{port}/calendar.ics"
    found = fault(address, rules(port, resolve=resolve, seconds=0.2))
    before = list(looked_up)
    over.set()

    assert (found, before) == ((FetchFault.TOO_SLOW, None), [])


def test_the_next_address_of_a_name_is_tried_where_the_first_is_dead(port: int) -> None:
    # Nothing listens on the first; the server answers on the second alone.
    here = ["127.0.0.9", "127.0.0.1"]
    both = rules(port, resolve=lambda _host, _port: here, allows=lambda each: each in here)

    assert fetch(f"http://kommune.example:{port}/calendar.ics", both) == CALENDAR


def test_a_name_that_does_not_exist_is_said_to_be_so(port: int) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError

    unknown: Callable[[str, int], list[str]] = resolve
    found = fault(f"http://ingen.example:{port}/", rules(port, resolve=unknown))
    assert found == (FetchFault.UNKNOWN_NAME, None)
