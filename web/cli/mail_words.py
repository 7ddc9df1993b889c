"""What is wrong with the way to the mail server, in plain words, and what to do about it."""

from __future__ import annotations

from scheduler.domain.language import Language
from scheduler.language import translations
from scheduler.mail import Outcome, Phase, SendResult

__all__ = ["what_to_do"]

_TEMPORARY = range(400, 500)


def what_to_do(
    result: SendResult, *, server: str, sender: str, recipient: str, language: Language
) -> str:
    """Return why one mail did not go and how to mend it; `server` is host and port."""
    text = _of_answer(result, language) if result.code else _of_silence(result, language)
    host = server.rpartition(":")[0]
    return text % {"server": server, "host": host, "sender": sender, "recipient": recipient}


def _of_silence(result: SendResult, language: Language) -> str:
    """Return it for a server that was not reached, or that answered nothing."""
    _ = translations(language).gettext
    if result.outcome is Outcome.UNCERTAIN:
        return _(
            "%(server)s tok imot meldingen, men kvitterte ikke. Se om den kom fram, før du prøver "
            "igjen"
        )
    texts = {
        "gaierror": _(
            "finner ingen e-postserver som heter %(host)s. Sjekk skrivemåten i AARSHJUL_SMTP_URL, "
            "og at denne maskinen kan slå opp navn (DNS)"
        ),
        "ConnectionRefusedError": _(
            "%(server)s tar ikke imot forbindelser. Sjekk navn og port i AARSHJUL_SMTP_URL, og at "
            "e-postserveren er startet"
        ),
        "TimeoutError": _(
            "%(server)s svarte ikke i tide. Sjekk navn og port i AARSHJUL_SMTP_URL, og om en "
            "brannmur stenger for denne maskinen"
        ),
        "SSLCertVerificationError": _(
            "sertifikatet til %(server)s kan ikke godtas: det er utløpt, gjelder et annet navn, "
            "eller er utstedt av noen denne maskinen ikke kjenner. Skriv navnet slik det står i "
            "sertifikatet i AARSHJUL_SMTP_URL, eller få sertifikatet fornyet"
        ),
        "SSLError": _wrong_encryption(language),
        "SMTPNotSupportedError": _(
            "%(server)s tilbyr ikke kryptering eller innlogging slik AARSHJUL_SMTP_URL ber om. "
            "Passord sendes aldri ukryptert. Prøv smtp+starttls:// eller smtps://, eller ta bort "
            "bruker og passord der serveren ikke spør om dem"
        ),
        "OSError": _(
            "denne maskinen kommer ikke fram til %(server)s. Sjekk nettverket og brannmuren"
        ),
    }
    return texts.get(result.reply) or _(
        "%(server)s brøt forbindelsen. Sjekk porten i AARSHJUL_SMTP_URL, og om den hører til "
        "smtp://, smtp+starttls:// eller smtps://"
    )


def _of_answer(result: SendResult, language: Language) -> str:
    """Return it for a server that said no."""
    _ = translations(language).gettext
    if result.code in _TEMPORARY:
        return _("%(server)s tar ikke imot akkurat nå. Prøv igjen om noen minutter")
    if result.phase is Phase.LOGIN:
        return _(
            "%(server)s godtar ikke brukernavnet eller passordet i AARSHJUL_SMTP_URL. Tegn som "
            "@, /, : og # i dem skrives %%40, %%2F, %%3A og %%23"
        )
    if result.code == 530:
        return _(
            "%(server)s vil ha innlogging, eller kryptering først. Skriv bruker og passord i "
            "AARSHJUL_SMTP_URL: smtp+starttls://bruker:passord@%(server)s"
        )
    texts = {
        Phase.CONNECT: _(
            "%(server)s tar ikke imot e-post fra denne maskinen. Be den som drifter serveren om å "
            "slippe den til"
        ),
        Phase.STARTTLS: _wrong_encryption(language),
        Phase.MAIL: _(
            "%(server)s godtar ikke avsenderen %(sender)s. Skriv en adresse den har lov til å "
            "sende fra i AARSHJUL_MAIL_FROM"
        ),
        Phase.RCPT: _(
            "%(server)s tar ikke imot e-post til %(recipient)s. Sjekk adressen, og at serveren "
            "sender videre for denne maskinen"
        ),
    }
    return texts.get(result.phase) or _(
        "%(server)s ville ikke ha meldingen. Svaret fra serveren sier hvorfor"
    )


def _wrong_encryption(language: Language) -> str:
    _ = translations(language).gettext
    return _(
        "%(server)s krypterer ikke slik AARSHJUL_SMTP_URL sier. Prøv smtp+starttls:// (oftest "
        "port 587) eller smtps:// (oftest port 465)"
    )
