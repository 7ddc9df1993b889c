"""Why a calendar of others could not be taken in, in words and with what to do about it."""

from __future__ import annotations

from calendars.errors import ReadFault
from scheduler.documents.fetch import FetchFault
from scheduler.usecases.imported_calendars.days import CalendarFault
from web.language import N_, gettext

__all__ = ["fault_words"]

_WORDS: dict[str, str] = {
    FetchFault.BAD_ADDRESS: N_(
        "Adressen må begynne med https:// og være skrevet slik tjenesten ga den"
    ),
    FetchFault.NAMES_USER: N_(
        "Adressen kan ikke inneholde brukernavn eller passord. Be om en lenke som virker uten"
    ),
    FetchFault.OTHER_PORT: N_(
        "Adressen har et portnummer som ikke er tillatt. Last heller ned filen og legg den inn"
    ),
    FetchFault.NOT_PUBLIC: N_(
        "Adressen er ikke på det åpne nettet. Last heller ned filen og legg den inn"
    ),
    FetchFault.UNKNOWN_NAME: N_("Adressen finnes ikke. Se etter om den er skrevet riktig"),
    FetchFault.NO_ANSWER: N_("Tjenesten på adressen svarer ikke"),
    FetchFault.TOO_SLOW: N_("Tjenesten på adressen svarer for sent"),
    FetchFault.TOO_LARGE: N_("Kalenderen er for stor. Be om en med færre år"),
    FetchFault.TOO_MANY_REDIRECTS: N_("Adressen sender videre for mange ganger"),
    FetchFault.REFUSED: N_(
        "Tjenesten gir ikke ut kalenderen. Er den delt med alle som har lenken?"
    ),
    ReadFault.EMPTY: N_("Filen er tom"),
    ReadFault.HTML: N_(
        "Adressen fører til en nettside, ikke en kalender. Finn lenken som slutter på .ics"
    ),
    ReadFault.NOT_A_CALENDAR: N_("Filen er ikke en kalender (.ics)"),
    ReadFault.CUT_OFF: N_("Kalenderen mangler slutten. Prøv igjen"),
    ReadFault.UNREADABLE: N_("Kalenderen kan ikke leses"),
    ReadFault.TOO_MANY_EVENTS: N_("Kalenderen har for mange hendelser. Be om en med færre år"),
    ReadFault.TOO_MANY_OCCURRENCES: N_("Kalenderen gjentar seg for mange ganger"),
    CalendarFault.UNEXPECTED: N_(
        "Kalenderen kan ikke tas inn på grunn av en feil hos oss. Feilen er notert. Si fra til "
        "den som drifter årshjulet"
    ),
}


def fault_words(fault: str) -> str:
    """Return the words for a fault of fetching or reading."""
    return gettext(_WORDS[fault])
