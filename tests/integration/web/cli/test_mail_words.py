"""What `check --mail` says of a mail server that does not take the mail, from real connections."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from scheduler.domain.language import Language
from scheduler.mail import Outcome, Phase, SendResult, SmtpTimeouts, SmtpTransport
from tests.fakes.smtp_server import CLOSE, HANG, ScriptedServer, running
from web.cli.mail_words import what_to_do

QUICK = SmtpTimeouts(usual=0.4, after_dot=0.4)
TO = "kari@sor-fron.example"
FROM = "aarshjul@sor-fron.example"


def said(url: str) -> str:
    """Return what is said of a mail sent over this way, with `SERVER` for host and port."""
    transport = SmtpTransport(url, timeouts=QUICK)
    try:
        result = transport.send(FROM, [TO], b"Subject: prove\r\n\r\nHei\r\n")
    finally:
        transport.close()
    text = in_words(result, transport.server)
    return text.replace(transport.server, "SERVER").replace(" AARSHJUL_SMTP_URL", " URL")


def in_words(result: SendResult, server: str, language: Language = Language.BOKMAL) -> str:
    """Return what is said of a result."""
    return what_to_do(result, server=server, sender=FROM, recipient=TO, language=language)


@pytest.mark.parametrize(
    ("script", "begins"),
    [
        ({"connect": HANG}, "SERVER svarte ikke i tide. Sjekk navn og port i URL"),
        ({"connect": CLOSE}, "SERVER brøt forbindelsen. Sjekk porten i URL"),
        ({"connect": "554 no"}, "SERVER tar ikke imot e-post fra denne maskinen."),
        ({"connect": "421 busy"}, "SERVER tar ikke imot akkurat nå."),
        ({"mail": "530 log in"}, "SERVER vil ha innlogging, eller kryptering først."),
        ({"mail": "553 not yours"}, f"SERVER godtar ikke avsenderen {FROM}."),
        ({"rcpt": "550 no relay"}, f"SERVER tar ikke imot e-post til {TO}."),
        ({"rcpt": "450 grey"}, "SERVER tar ikke imot akkurat nå."),
        ({"dot": "554 spam"}, "SERVER ville ikke ha meldingen."),
        ({"dot": CLOSE}, "SERVER tok imot meldingen, men kvitterte ikke."),
    ],
)
def test_it_says_which_server_and_what_to_do(script: dict[str, str], begins: str) -> None:
    with running(ScriptedServer(script)) as server:
        assert said(f"smtp://127.0.0.1:{server.port}")[: len(begins)] == begins


def test_a_password_that_is_refused_tells_how_to_write_one() -> None:
    with running(ScriptedServer({"auth": "535 bad"})) as server:
        text = said(f"smtp://kari:feil@127.0.0.1:{server.port}")
    assert text == (
        "SERVER godtar ikke brukernavnet eller passordet i URL. Tegn som @, /, : og # i dem "
        "skrives %40, %2F, %3A og %23"
    )


def test_a_port_on_which_nobody_listens_is_said_to_be_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    text = said(f"smtp://127.0.0.1:{port}")
    assert text.startswith("SERVER tar ikke imot forbindelser. Sjekk navn og port i URL")


def test_a_name_that_is_not_there_is_said_without_its_port() -> None:
    # As the library puts it: no test asks the name servers of others.
    result = SendResult(Outcome.SERVER_DOWN, Phase.CONNECT, reply="gaierror")
    text = in_words(result, "post.finnes-ikke.no:587")
    assert text.startswith("finner ingen e-postserver som heter post.finnes-ikke.no. Sjekk")


def test_a_server_without_encryption_is_told_from_one_with_another() -> None:
    with running(ScriptedServer()) as server:
        texts = [said(f"{scheme}://127.0.0.1:{server.port}") for scheme in STRICTER]
    assert [text.partition(".")[0] for text in texts] == [
        "SERVER tilbyr ikke kryptering eller innlogging slik URL ber om",
        "SERVER krypterer ikke slik URL sier",
    ]


STRICTER = ("smtp+starttls", "smtps")


def test_a_certificate_of_somebody_unknown_is_said_to_be_so(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-subj", "/CN=annen.example", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running(ScriptedServer({"ehlo": "250-fake\r\n250 STARTTLS"}, tls=context)) as server:
        text = said(f"smtp+starttls://127.0.0.1:{server.port}")
    assert text.startswith("sertifikatet til SERVER kan ikke godtas: det er utløpt,")


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        (Language.BOKMAL, "denne maskinen kommer ikke fram til post.no:25."),
        (Language.NYNORSK, "denne maskina kjem ikkje fram til post.no:25."),
        (Language.ENGLISH, "this machine cannot reach post.no:25."),
    ],
)
def test_it_is_said_in_every_language(language: Language, begins: str) -> None:
    result = SendResult(Outcome.SERVER_DOWN, Phase.CONNECT, reply="OSError")
    assert in_words(result, "post.no:25", language)[: len(begins)] == begins
