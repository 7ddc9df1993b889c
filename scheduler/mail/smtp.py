"""Sending over SMTP, with every phase told apart."""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.mail.smtp_url import Encryption, SmtpAddress, read_smtp_url
from scheduler.mail.transport import (
    Outcome,
    Phase,
    PointReached,
    Refusal,
    SendResult,
    pass_by,
)

__all__ = ["SmtpTimeouts", "SmtpTransport"]

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CLOSING = 421
_REPLY_LENGTH = 200
# The server is not ready for anybody: the address, the login or the sender is not accepted.
_NOT_LET_IN = frozenset({421, 454, 530, 534, 535, 538})


@dataclass(frozen=True, slots=True)
class SmtpTimeouts:
    """Seconds to wait for an answer; RFC 5321 4.5.3.2 asks for ten minutes after the dot."""

    usual: float = 30
    after_dot: float = 600


class SmtpTransport:
    """Sends over SMTP; the connection is kept for the next mail until `close`.

    It is kept only where a mail was taken. What a kept connection answers before it has a mail's
    recipients says nothing of the mail, which is offered anew over a fresh one. A refused
    connection, a failed login or 421 says that the server is down; a 4xx that this mail may be
    tried again; a 5xx that it never will be taken; silence after the final dot that nobody knows.
    """

    def __init__(
        self,
        url: str,
        *,
        timeouts: SmtpTimeouts | None = None,
        tls: ssl.SSLContext | None = None,
        at_point: PointReached = pass_by,
    ) -> None:
        """Read the address; nothing is opened before the first mail.

        Raises:
            SmtpUrlError: the address cannot be used.
        """
        self._address = read_smtp_url(url)
        self._timeouts = timeouts or SmtpTimeouts()
        self._tls = tls
        self._at_point = at_point
        self._kept: _Talk | None = None

    @property
    def server(self) -> str:
        """Return host and port."""
        return f"{self._address.host}:{self._address.port}"

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> SendResult:
        """Hand over one message to those of the recipients that are accepted."""
        talk, self._kept = self._kept, None
        if talk is not None:
            result = self._say(talk, sender, recipients, message)
            if not _is_of_the_connection(result):
                return result
        talk = _Talk(self._address, self._timeouts, self._tls, self._at_point)
        return self._say(talk, sender, recipients, message)

    def close(self) -> None:
        """Say goodbye on the connection that is kept, if there is one."""
        talk, self._kept = self._kept, None
        if talk is not None:
            talk.close()

    def _say(
        self, talk: _Talk, sender: str, recipients: Sequence[str], message: bytes
    ) -> SendResult:
        try:
            result = talk.send(sender, recipients, message)
            if result.outcome is Outcome.SENT:
                self._kept = talk
            return result
        finally:
            if self._kept is not talk:
                talk.close()


class _Talk:
    """One connection from its greeting to its end, for one mail after another."""

    def __init__(
        self,
        address: SmtpAddress,
        timeouts: SmtpTimeouts,
        tls: ssl.SSLContext | None,
        at_point: PointReached,
    ) -> None:
        self._address = address
        self._timeouts = timeouts
        self._tls = tls
        self._at_point = at_point
        self._phase = Phase.CONNECT
        self._smtp: smtplib.SMTP | None = None

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> SendResult:
        try:
            smtp = self._smtp or self._open()
            return self._deliver(smtp, sender, recipients, message)
        except smtplib.SMTPResponseException as error:
            return self._answered(error.smtp_code, _text(error.smtp_error))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            # The library says that a server went away also of one that is only silent.
            is_silent = isinstance(error.__context__, TimeoutError)
            return self._broken(type(error.__context__ if is_silent else error).__name__)

    def close(self) -> None:
        smtp = self._smtp
        if smtp is None or smtp.sock is None:
            return
        try:
            if self._phase is Phase.DONE:
                # The mail is theirs; a server that takes long to say goodbye is not waited for.
                smtp.sock.settimeout(5)
                smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        address = self._address
        smtp = (
            smtplib.SMTP_SSL(timeout=self._timeouts.usual, context=self._context())
            if address.encryption is Encryption.TLS
            else smtplib.SMTP(timeout=self._timeouts.usual)
        )
        self._smtp = smtp
        # The name that a certificate is checked against; only set by the library's constructor.
        smtp._host = address.host  # type: ignore[attr-defined]
        code, reply = smtp.connect(address.host, address.port)
        if code != 220:
            raise smtplib.SMTPResponseException(code, reply)
        smtp.ehlo_or_helo_if_needed()
        encrypted = address.encryption is Encryption.TLS
        if not encrypted and self._wants_starttls(smtp):
            self._phase = Phase.STARTTLS
            smtp.starttls(context=self._context())
            smtp.ehlo_or_helo_if_needed()
            encrypted = True
        if address.user is not None and address.password is not None:
            self._phase = Phase.LOGIN
            if not encrypted and address.host not in _LOOPBACK:
                raise smtplib.SMTPNotSupportedError("a password is never sent unencrypted")
            _log_in(smtp, address.user, address.password)
        return smtp

    def _context(self) -> ssl.SSLContext:
        # Reading the machine's certificates takes longer than a mail, so only where it is needed.
        return self._tls or ssl.create_default_context()

    def _wants_starttls(self, smtp: smtplib.SMTP) -> bool:
        if self._address.encryption is Encryption.STARTTLS:
            return True
        return smtp.has_extn("starttls") and self._address.host not in _LOOPBACK

    def _deliver(
        self, smtp: smtplib.SMTP, sender: str, recipients: Sequence[str], message: bytes
    ) -> SendResult:
        self._phase = Phase.MAIL
        if smtp.sock is not None:
            smtp.sock.settimeout(self._timeouts.usual)
        self._expect(smtp.mail(sender), lambda code: code == 250)
        self._phase = Phase.RCPT
        refused = self._offer(smtp, recipients)
        if len(refused) == len(recipients):
            worst = next((each for each in refused if not each.is_final), refused[0])
            answer = self._answered(worst.code, worst.reply)
            return SendResult(answer.outcome, Phase.RCPT, worst.code, worst.reply, refused)
        self._phase = Phase.DATA
        self._expect(smtp.docmd("data"), lambda code: code == 354)
        smtp.send(_dotted(message))
        self._phase = Phase.AFTER_DOT
        self._at_point("after_dot")
        if smtp.sock is not None:
            smtp.sock.settimeout(self._timeouts.after_dot)
        code, reply = smtp.getreply()
        self._at_point("after_250")
        if code != 250:
            return self._answered(code, _text(reply))
        self._phase = Phase.DONE
        return SendResult(Outcome.SENT, Phase.DONE, code, _text(reply), refused)

    def _offer(self, smtp: smtplib.SMTP, recipients: Sequence[str]) -> tuple[Refusal, ...]:
        refused = []
        for address in recipients:
            code, reply = smtp.rcpt(address)
            if code == _CLOSING:
                raise smtplib.SMTPResponseException(code, reply)
            if code not in (250, 251):
                refused.append(Refusal(address, code, _text(reply)))
        return tuple(refused)

    def _expect(self, answer: tuple[int, bytes], is_good: Callable[[int], bool]) -> None:
        if not is_good(answer[0]):
            raise smtplib.SMTPResponseException(*answer)

    def _answered(self, code: int, reply: str) -> SendResult:
        before_mail = self._phase in (Phase.CONNECT, Phase.STARTTLS, Phase.LOGIN)
        if code == -1:
            # The library's word for a connection that went away.
            return self._broken("closed")
        if before_mail or code in _NOT_LET_IN:
            outcome = Outcome.SERVER_DOWN
        elif 400 <= code < 500:
            outcome = Outcome.RETRY
        elif code >= 500:
            outcome = Outcome.FAILED
        else:
            return self._broken(f"unexpected {code}")
        return SendResult(outcome, self._phase, code, reply)

    def _broken(self, what: str) -> SendResult:
        if self._phase is Phase.AFTER_DOT:
            outcome = Outcome.UNCERTAIN
        elif self._phase in (Phase.CONNECT, Phase.STARTTLS, Phase.LOGIN):
            outcome = Outcome.SERVER_DOWN
        else:
            outcome = Outcome.RETRY
        return SendResult(outcome, self._phase, reply=what)


def _is_of_the_connection(result: SendResult) -> bool:
    """Tell whether a kept connection had gone, or was not to be used for more."""
    if result.phase is Phase.RCPT:
        return result.code in (None, _CLOSING)
    return result.phase is Phase.MAIL


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        smtp.login(user, password)
        return
    # The library knows ASCII only; PLAIN is UTF-8 (RFC 4616).
    secret = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _dotted(message: bytes) -> bytes:
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def _text(reply: bytes | str) -> str:
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:_REPLY_LENGTH]
