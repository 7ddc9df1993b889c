"""Why a mail took a step, in words."""

from __future__ import annotations

import re

from web.language import N_, gettext

__all__ = ["NOTES", "note_words"]

NOTES = {
    # Why it was put in line.
    "invited": N_("invitasjon til møtet"),
    "duty": N_("hører til en oppgave"),
    "meeting changed": N_("møtet er endret"),
    "meetings moved": N_("møter ble flyttet eller avlyst"),
    "asked for": N_("noen ba om den"),
    "year published": N_("året ble publisert"),
    "begins": N_("noen begynner i stillingen"),
    "the room said no": N_("rommet er opptatt"),
    "the auditor complains": N_("noe i driften trenger tilsyn"),
    # Why it waits, or is tried again.
    "enough for now": N_("mottakeren har fått nok e-post for nå"),
    "nobody has the position": N_("ingen har stillingen; det prøves igjen hver morgen"),
    "server down": N_("e-postserveren svarte ikke"),
    "lease ran out": N_("sendingen stoppet, og prøves på nytt"),
    "found in sending": N_("avbrutt mens den ble sendt"),
    "resent once": N_("sendt en gang til"),
    "given back": N_("lagt tilbake i køen"),
    "another tries": N_("lagt tilbake i køen"),
    "not in the digest": N_("lagt tilbake i køen"),
    "invitation taken back": N_("lagt tilbake i køen: invitasjonen ble trukket"),
    "outside delivery hours": N_("venter til tiden da e-post sendes"),
    # Why it did not go.
    "done": N_("oppgaven er ferdig"),
    "not_applicable": N_("oppgaven er ikke aktuell"),
    "cancelled": N_("oppgaven falt bort"),
    "duty changed": N_("oppgaven er endret"),
    "duty gone": N_("oppgaven finnes ikke lenger"),
    "several have it": N_("flere har oppgaven sammen, så lederen får ikke beskjed"),
    "nobody else to tell": N_("det er ingen andre å gi beskjed til"),
    "nobody to tell": N_("det var ingen å sende den til"),
    "no position": N_("den hører ikke til en stilling"),
    "in no position": N_("personen har ingen stilling lenger"),
    "by invitation": N_("mottakeren får en kalenderinvitasjon i stedet"),
    "meeting cancelled": N_("møtet er avlyst"),
    "meeting gone": N_("møtet finnes ikke lenger"),
    "about cases now": N_("forumet behandler enkeltsaker nå"),
    "meeting over": N_("møtet er over"),
    "meeting changed again": N_("møtet er endret på nytt, og en nyere e-post sier det"),
    "as it was": N_("møtene er tilbake der de var"),
    "publishing undone": N_("publiseringen ble angret"),
    "not theirs any more": N_("mottakeren skal ikke på møtet lenger"),
    "theirs again": N_("mottakeren skal på møtet likevel"),
    "never invited": N_("mottakeren hadde ikke fått noen invitasjon"),
    "the room does not say no": N_("rommet er ikke opptatt lenger"),
    "the room no longer says no": N_("rommet er ikke opptatt lenger"),
    "no longer asked for": N_("mottakeren vil ikke ha tekstmeldinger lenger"),
    "no gateway for text messages": N_("det er ikke satt opp noen vei for tekstmeldinger"),
    "no longer so": N_("gjelder ikke lenger"),
    "past its use": N_("for sen til å være til nytte"),
    "mail to the address is stopped": N_("kommunen sender ikke til denne adressen"),
    "round gone": N_("runden finnes ikke lenger"),
    "round closed": N_("runden er lukket"),
    "round ended": N_("runden er lukket"),
    "round.close": N_("runden er lukket"),
    "round.cancel": N_("runden ble avbrutt"),
    "round.over": N_("runden var over da året ble publisert"),
    "has answered": N_("mottakeren har svart"),
    "nobody plans": N_("ingen planlegger året"),
    "nobody to ask": N_("det er ingen å spørre"),
    "asked nothing any more": N_("mottakeren blir ikke spurt om noe lenger"),
    "the dates have changed": N_("datoene er endret siden runden ble sendt"),
    "demo": N_("demoen sender bare én slik e-post til hver"),
    # What a person did.
    "a person says that it came": N_("en person har sagt at den kom fram"),
    "sent again by a person": N_("en person sendte den på nytt"),
    "mail to the address is allowed": N_("kommunen sender til denne adressen igjen"),
}
# Which other mail it was helps nobody on a page.
_OTHERS = (
    (re.compile(r"into \d+"), N_("gikk i samme e-post som en annen påminnelse")),
    (re.compile(r"refused in \d+"), N_("en annen e-post ble ikke tatt imot av alle")),
    (re.compile(r"\d+ could not be delivered"), N_("en annen e-post kunne ikke leveres")),
    (re.compile(r"could not be made: \w+"), N_("en feil i programmet gjør at den ikke kan lages")),
)


def note_words(note: str) -> str:
    """Return the note in words; what a mail server said is shown as it is."""
    if note in NOTES:
        return gettext(NOTES[note])
    return next((gettext(words) for pattern, words in _OTHERS if pattern.fullmatch(note)), note)
