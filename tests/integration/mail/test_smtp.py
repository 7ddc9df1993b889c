"""SMTP, phase by phase, against servers that fail in every way."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scheduler.mail import Outcome, Phase, SendResult, SmtpTimeouts, SmtpTransport
from tests.fakes.smtp_server import CLOSE, HANG, ScriptedServer, running

MESSAGE = b"Subject: prove\r\n\r\nHei\r\n.en linje med punktum\r\n"
QUICK = SmtpTimeouts(usual=0.4, after_dot=0.4)
TO = ("kari@sor-fron.example",)


def send(port: int, *, to: tuple[str, ...] = TO, url: str = "smtp://127.0.0.1:{}") -> SendResult:
    transport = SmtpTransport(url.format(port), timeouts=QUICK)
    try:
        return transport.send("arshjul@sor-fron.example", to, MESSAGE)
    finally:
        transport.close()


def send_two(server: ScriptedServer, then: dict[str, str]) -> SendResult:
    """Send a mail that is taken and then another, while the server answers anew."""
    transport = SmtpTransport(f"smtp://127.0.0.1:{server.port}", timeouts=QUICK)
    try:
        assert transport.send("arshjul@sor-fron.example", TO, MESSAGE).outcome is Outcome.SENT
        server.script.update(then)
        return transport.send("arshjul@sor-fron.example", TO, MESSAGE)
    finally:
        transport.close()


@pytest.mark.parametrize(
    ("script", "outcome", "phase", "code"),
    [
        ({}, Outcome.SENT, Phase.DONE, 250),
        ({"connect": HANG}, Outcome.SERVER_DOWN, Phase.CONNECT, None),
        ({"connect": CLOSE}, Outcome.SERVER_DOWN, Phase.CONNECT, None),
        ({"connect": "421 too busy"}, Outcome.SERVER_DOWN, Phase.CONNECT, 421),
        ({"connect": "554 no service"}, Outcome.SERVER_DOWN, Phase.CONNECT, 554),
        ({"ehlo": HANG}, Outcome.SERVER_DOWN, Phase.CONNECT, None),
        ({"mail": "421 closing"}, Outcome.SERVER_DOWN, Phase.MAIL, 421),
        ({"mail": "451 later"}, Outcome.RETRY, Phase.MAIL, 451),
        ({"mail": "530 log in first"}, Outcome.SERVER_DOWN, Phase.MAIL, 530),
        ({"mail": "552 too large"}, Outcome.FAILED, Phase.MAIL, 552),
        ({"mail": HANG}, Outcome.RETRY, Phase.MAIL, None),
        ({"rcpt": "421 closing"}, Outcome.SERVER_DOWN, Phase.RCPT, 421),
        ({"rcpt": "450 busy"}, Outcome.RETRY, Phase.RCPT, 450),
        ({"rcpt": "452 full"}, Outcome.RETRY, Phase.RCPT, 452),
        ({"rcpt": "550 nobody here"}, Outcome.FAILED, Phase.RCPT, 550),
        ({"rcpt": HANG}, Outcome.RETRY, Phase.RCPT, None),
        ({"data": "451 later"}, Outcome.RETRY, Phase.DATA, 451),
        ({"data": "554 no"}, Outcome.FAILED, Phase.DATA, 554),
        ({"data": HANG}, Outcome.RETRY, Phase.DATA, None),
        ({"data": CLOSE}, Outcome.RETRY, Phase.DATA, None),
        ({"dot": "450 later"}, Outcome.RETRY, Phase.AFTER_DOT, 450),
        ({"dot": "452 full"}, Outcome.RETRY, Phase.AFTER_DOT, 452),
        ({"dot": "550 spam"}, Outcome.FAILED, Phase.AFTER_DOT, 550),
        ({"dot": "552 too large"}, Outcome.FAILED, Phase.AFTER_DOT, 552),
        ({"dot": "554 no"}, Outcome.FAILED, Phase.AFTER_DOT, 554),
        ({"dot": HANG}, Outcome.UNCERTAIN, Phase.AFTER_DOT, None),
        ({"dot": CLOSE}, Outcome.UNCERTAIN, Phase.AFTER_DOT, None),
        ({"after_dot": CLOSE}, Outcome.SENT, Phase.DONE, 250),
        ({"quit": CLOSE}, Outcome.SENT, Phase.DONE, 250),
    ],
    ids=str,
)
def test_every_way_it_can_end_is_told_apart(
    script: dict[str, str], outcome: Outcome, phase: Phase, code: int | None
) -> None:
    with running(ScriptedServer(script)) as server:
        result = send(server.port)
    assert (result.outcome, result.phase, result.code) == (outcome, phase, code)
    assert server.connections == 1


def test_two_mails_go_over_one_connection() -> None:
    with running(ScriptedServer()) as server:
        result = send_two(server, {})
    assert (result.outcome, server.connections, len(server.taken)) == (Outcome.SENT, 1, 2)


@pytest.mark.parametrize(
    "script", [{"after_dot": CLOSE}, {"last": "421 enough"}, {"last": "452 enough"}], ids=str
)
def test_a_connection_that_was_not_for_more_is_opened_anew_and_each_mail_goes_once(
    script: dict[str, str],
) -> None:
    with running(ScriptedServer(script)) as server:
        result = send_two(server, {})
    assert (result.outcome, server.connections, len(server.taken)) == (Outcome.SENT, 2, 2)


@pytest.mark.parametrize(
    ("then", "outcome", "connections"),
    [
        ({"mail": "421 closing"}, Outcome.SERVER_DOWN, 2),
        ({"mail": HANG}, Outcome.SERVER_DOWN, 1),
        ({"rcpt": CLOSE}, Outcome.RETRY, 2),
        ({"rcpt": "450 busy"}, Outcome.RETRY, 1),
        ({"rcpt": "550 nobody here"}, Outcome.FAILED, 1),
        ({"data": CLOSE}, Outcome.RETRY, 1),
        ({"dot": "554 no"}, Outcome.FAILED, 1),
        ({"dot": CLOSE}, Outcome.UNCERTAIN, 1),
        ({"dot": HANG}, Outcome.UNCERTAIN, 1),
    ],
    ids=str,
)
def test_the_second_mail_of_a_connection_ends_as_the_first_would(
    then: dict[str, str], outcome: Outcome, connections: int
) -> None:
    with running(ScriptedServer()) as server:
        result = send_two(server, then)
    assert (result.outcome, server.connections) == (outcome, connections)
    assert len(server.offered) == 1 + ("dot" in then)


def test_a_refused_connection_is_a_server_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    result = send(port)
    assert (result.outcome, result.phase) == (Outcome.SERVER_DOWN, Phase.CONNECT)


def test_a_host_without_an_address_is_a_server_that_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(*_: Any, **__: Any) -> socket.socket:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", nowhere)
    result = SmtpTransport("smtp://localhost:25").send("a@x.example", TO, MESSAGE)
    assert (result.outcome, result.phase) == (Outcome.SERVER_DOWN, Phase.CONNECT)


def test_a_bad_password_is_a_server_that_is_down_and_no_mail_that_failed() -> None:
    with running(ScriptedServer({"auth": "535 wrong"})) as server:
        result = send(server.port, url="smtp://kari:feil@127.0.0.1:{}")
    assert (result.outcome, result.phase, result.code) == (Outcome.SERVER_DOWN, Phase.LOGIN, 535)


def test_one_of_two_recipients_is_refused_and_the_other_gets_it() -> None:
    script = {"rcpt:borte@sor-fron.example": "550 nobody here"}
    with running(ScriptedServer(script)) as server:
        result = send(server.port, to=("borte@sor-fron.example", "kari@sor-fron.example"))
    assert result.outcome is Outcome.SENT
    assert [(each.address, each.code, each.is_final) for each in result.refused] == [
        ("borte@sor-fron.example", 550, True)
    ]
    assert len(server.taken) == 1


def test_all_refused_is_tried_again_when_one_of_them_may_be_taken_later() -> None:
    script = {"rcpt:a@x.example": "550 no", "rcpt:b@x.example": "450 later"}
    with running(ScriptedServer(script)) as server:
        result = send(server.port, to=("a@x.example", "b@x.example"))
    assert (result.outcome, result.code) == (Outcome.RETRY, 450)
    assert server.offered == []


def test_lines_that_begin_with_a_stop_arrive_as_they_were() -> None:
    with running(ScriptedServer()) as server:
        send(server.port)
    assert server.taken == [b"Subject: prove\r\n\r\nHei\r\n..en linje med punktum"]


def test_starttls_that_is_not_offered_is_never_done_without() -> None:
    with running(ScriptedServer()) as server:
        result = send(server.port, url="smtp+starttls://127.0.0.1:{}")
    assert (result.outcome, result.phase) == (Outcome.SERVER_DOWN, Phase.STARTTLS)
    assert server.offered == []


def test_a_certificate_that_cannot_be_trusted_is_refused(certificate: Path) -> None:
    server = ScriptedServer({"ehlo": "250-fake\r\n250 STARTTLS"}, tls=server_context(certificate))
    with running(server):
        result = send(server.port, url="smtp+starttls://127.0.0.1:{}")
    assert (result.outcome, result.phase) == (Outcome.SERVER_DOWN, Phase.STARTTLS)
    assert server.offered == []


@pytest.mark.parametrize(
    "url", ["smtp+starttls://{}:{}@127.0.0.1:{}", "smtps://{}:{}@127.0.0.1:{}"]
)
def test_a_real_server_takes_the_mail_encrypted_with_a_password(
    url: str, certificate: Path
) -> None:
    handler = Keeper()
    context = server_context(certificate)
    tls: dict[str, Any] = (
        {"ssl_context": context, "auth_require_tls": False}
        if url.startswith("smtps")
        else {"tls_context": context, "auth_required": True}
    )
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=check_password,
        **tls,
    )
    controller.start()
    try:
        transport = SmtpTransport(
            url.format("kari", "s%C3%B8t%40", controller.port),
            tls=ssl.create_default_context(cafile=str(certificate)),
        )
        result = transport.send("arshjul@sor-fron.example", TO, MESSAGE)
        transport.close()
    finally:
        controller.stop()
    assert (result.outcome, result.code) == (Outcome.SENT, 250)
    assert handler.kept == [("arshjul@sor-fron.example", list(TO), MESSAGE)]


class Keeper:
    """Keeps every mail."""

    def __init__(self) -> None:
        self.kept: list[tuple[str | None, list[str], bytes | str | None]] = []

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.kept.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def check_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data == LoginPassword(b"kari", "søt@".encode()))


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    return context


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own, with its key beside it."""
    made = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", made.with_suffix(".key"), "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    return made
