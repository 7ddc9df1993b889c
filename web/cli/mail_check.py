"""Sends one mail and says what happened, phase by phase."""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid

import click

from scheduler.domain.language import Language
from scheduler.mail import MailRecord, Outcome, Phase, SendResult, message_bytes
from web.cli.mail_words import what_to_do
from web.settings import Settings
from web.wiring import mail_transport

__all__ = ["try_mail"]

_PHASES = (
    (Phase.CONNECT, "koble til"),
    (Phase.STARTTLS, "kryptere"),
    (Phase.LOGIN, "logge inn"),
    (Phase.MAIL, "oppgi avsender"),
    (Phase.RCPT, "oppgi mottaker"),
    (Phase.DATA, "levere meldingen"),
    (Phase.AFTER_DOT, "få kvittering"),
)


def try_mail(settings: Settings, recipient: str, now: datetime) -> bool:
    """Send a mail to the address, print each phase, and tell whether it went."""
    sender = settings.needed_mail_from()
    transport = mail_transport(settings)
    text = "Dette er en prøvemelding fra årshjulet. Du trenger ikke å gjøre noe.\n"
    record = MailRecord(
        sender=sender,
        to=(recipient,),
        subject="Prøvemelding fra årshjulet",
        text=text,
        html=f"<p>{text}</p>",
        message_id=make_msgid(domain=sender.rpartition("@")[2]),
        date=now,
    )
    try:
        result = transport.send(sender, [recipient], message_bytes(record))
    finally:
        transport.close()
    sent = result.outcome is Outcome.SENT
    for phase, step in _PHASES:
        if not sent and phase is result.phase:
            click.echo(f"FEIL  {step}: {_why(result, transport.server, sender, recipient)}")
            break
        click.echo(f"ok    {step}")
    if sent:
        click.echo(f"ok    levert til {transport.server}: {_answer(result)}")
    return sent


def _why(result: SendResult, server: str, sender: str, recipient: str) -> str:
    """Return what to do, and last what the server or this machine said of it."""
    text = what_to_do(
        result, server=server, sender=sender, recipient=recipient, language=Language.BOKMAL
    )
    return f"{text} ({_answer(result)})."


def _answer(result: SendResult) -> str:
    return f"{result.code or ''} {result.reply}".strip()
