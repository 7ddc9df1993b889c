"""Why a mail took a step, in words."""

from __future__ import annotations

import re

from web.language import N_, gettext

__all__ = ["note_words"]

_NOTES = {
    "invited": N_("invitasjon til møtet"),
    "duty": N_("hører til en oppgave"),
    "duty changed": N_("oppgaven er endret"),
    "meeting changed": N_("møtet er endret"),
    "asked for": N_("noen ba om den"),
    "year published": N_("året ble publisert"),
    "publishing undone": N_("publiseringen ble angret"),
    "begins": N_("noen begynner i stillingen"),
    "no longer so": N_("gjelder ikke lenger"),
    "past its use": N_("for sen til å være til nytte"),
    "lease ran out": N_("sendingen stoppet, og prøves på nytt"),
    "found in sending": N_("avbrutt mens den ble sendt"),
    "resent once": N_("sendt en gang til"),
    "given back": N_("lagt tilbake i køen"),
    "another tries": N_("lagt tilbake i køen"),
    "a person says that it came": N_("en person har sagt at den kom fram"),
    "sent again by a person": N_("en person sendte den på nytt"),
}
# Which other mail it was helps nobody on a page.
_OTHERS = (
    (re.compile(r"into \d+"), N_("gikk i samme e-post som en annen påminnelse")),
    (re.compile(r"refused in \d+"), N_("en annen e-post ble ikke tatt imot av alle")),
    (re.compile(r"\d+ could not be delivered"), N_("en annen e-post kunne ikke leveres")),
)


def note_words(note: str) -> str:
    """Return the note in words; what a mail server said is shown as it is."""
    if note in _NOTES:
        return gettext(_NOTES[note])
    return next((gettext(words) for pattern, words in _OTHERS if pattern.fullmatch(note)), note)
