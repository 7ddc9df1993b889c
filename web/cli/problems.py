"""What a problem is called on the command line: one clear line each, with what to do."""

from __future__ import annotations

from functools import singledispatch

from scheduler.domain.errors import AarshjulError
from scheduler.domain.language import Language, say_date
from scheduler.domain.periods import PeriodError
from scheduler.domain.planfile import PlanFileError
from scheduler.domain.workdays import NoWorkingDayError
from scheduler.language import translations
from scheduler.mail import SmtpUrlError
from scheduler.plans import UnknownPlanError
from scheduler.store.schema import SchemaBehindError, SchemaChangedError, SchemaNewerError
from scheduler.usecases.access.administrators import BadEmailError
from scheduler.usecases.feeds.subscriptions import UnknownSubscriptionError
from scheduler.usecases.people import PeopleFileError, say_positions, say_row_problem
from scheduler.usecases.plan_file import say_problem
from scheduler.usecases.read_plan import DocumentError, say_document_problem
from scheduler.usecases.year.year_plans import (
    NothingToPublishError,
    OverlappingPeriodError,
    StaleProposalError,
    UnknownMunicipalityError,
)
from web.cli.draft_file import DraftFileError, DraftFileProblem
from web.cli.errors import (
    CalendarGoneError,
    NoSuchRowError,
    PortTakenError,
    UnwritableFileError,
)
from web.settings import SettingsError, SeveralSettingsError
from web.wiring import DatabaseUnreachableError

__all__ = ["lines_of"]


@singledispatch
def lines_of(error: AarshjulError, language: Language) -> list[str]:
    """Return the lines that tell what is wrong and how to mend it."""
    del language
    return [f"{type(error).__name__}: {error}"]


@lines_of.register
def _(error: PlanFileError, language: Language) -> list[str]:
    return [say_problem(problem, language) for problem in error.problems]


@lines_of.register
def _(error: NoWorkingDayError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say(
            "Det er ingen arbeidsdag etter %(day)s: en møtefri periode varer ut kalenderen. "
            "Gjør den kortere"
        )
        % {"day": say_date(error.day, language)}
    ]


@lines_of.register
def _(error: PeopleFileError, language: Language) -> list[str]:
    said = [say_row_problem(problem, language) for problem in error.problems]
    return [*said, say_positions(error.positions, language)] if error.positions else said


@lines_of.register
def _(error: UnknownPlanError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say("Planen «%(name)s» følger ikke med. Disse følger med: %(names)s")
        % {"name": error.name, "names": ", ".join(error.names)}
    ]


@lines_of.register
def _(error: BadEmailError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("«%(text)s» er ikke en e-postadresse") % {"text": error.text}]


@lines_of.register
def _(_error: SmtpUrlError, language: Language) -> list[str]:
    # The settings have looked at all else of the address.
    say = translations(language).gettext
    return [
        say(
            "AARSHJUL_SMTP_URL: en bruker må ha et passord, og et passord en bruker "
            "(for eksempel smtp+starttls://bruker:passord@navn:587)"
        )
    ]


@lines_of.register
def _(error: SettingsError, language: Language) -> list[str]:
    del language
    return [str(error)]


@lines_of.register
def _(error: SeveralSettingsError, language: Language) -> list[str]:
    del language
    return [str(problem) for problem in error.problems]


@lines_of.register
def _(_error: SchemaBehindError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("Databasen mangler eller er fra en eldre versjon: kjør aarshjul db upgrade")]


@lines_of.register
def _(_error: SchemaChangedError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("Databasen ble oppgradert mens arbeideren gikk: start aarshjul worker på nytt")]


@lines_of.register
def _(error: SchemaNewerError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say("Databasen er laget av en nyere versjon (%(revision)s): oppgrader programmet")
        % {"revision": error.revision}
    ]


@lines_of.register
def _(error: DatabaseUnreachableError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say("Databasen svarer ikke (%(reason)s): sjekk AARSHJUL_DATABASE_URL")
        % {"reason": error.reason}
    ]


@lines_of.register
def _(error: UnknownMunicipalityError, language: Language) -> list[str]:
    say = translations(language).gettext
    if not error.known:
        return [
            say("Ingen kommune er lest inn: kjør aarshjul load PLANFIL.toml"),
        ]
    return [
        say("Kommunen «%(slug)s» finnes ikke. Disse finnes: %(known)s")
        % {"slug": error.slug, "known": ", ".join(error.known)}
    ]


@lines_of.register
def _(error: PeriodError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say("«%(text)s» er ikke en periode. Skriv et år (2027) eller et skoleår (2027/28)")
        % {"text": error.text}
    ]


@lines_of.register
def _(_error: StaleProposalError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("Året er endret siden forslaget ble laget. Lag forslaget på nytt")]


@lines_of.register
def _(error: OverlappingPeriodError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say(
            "%(published)s er alt publisert og begynner inne i %(period)s: planlegg en periode som "
            "slutter før den, eller angre den publiseringen først"
        )
        % {"published": error.published, "period": error.period}
    ]


@lines_of.register
def _(error: NothingToPublishError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say("Det er ingen foreslåtte møter i %(period)s å publisere: kjør aarshjul plan først")
        % {"period": error.period}
    ]


@lines_of.register
def _(_error: UnknownSubscriptionError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("Abonnementet finnes ikke, eller er avsluttet. Se aarshjul subscriptions")]


@lines_of.register
def _(error: NoSuchRowError, language: Language) -> list[str]:
    say = translations(language).gettext
    texts = {
        "person": say("Personen «%(name)s» finnes ikke"),
        "position": say("Stillingen «%(name)s» finnes ikke i kommunen"),
        "forum": say("Forumet «%(name)s» finnes ikke i kommunen"),
        "duty": say("Oppgaven %(name)s finnes ikke"),
        "missing": say("«%(name)s» er ikke blant det som filen ikke lenger nevner"),
    }
    return [texts[error.what] % {"name": error.name}]


@lines_of.register
def _(_error: CalendarGoneError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [
        say(
            "Kalenderen er avsluttet: personen har sluttet, eller stillingen eller forumet er borte"
        )
    ]


@lines_of.register
def _(error: UnwritableFileError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("%(path)s kan ikke skrives. Velg en annen mappe") % {"path": error.path}]


@lines_of.register
def _(error: PortTakenError, language: Language) -> list[str]:
    say = translations(language).gettext
    return [say("Port %(port)s er opptatt. Velg en annen med --port") % {"port": error.port}]


@lines_of.register
def _(error: DocumentError, language: Language) -> list[str]:
    return [say_document_problem(error.problem, language)]


@lines_of.register
def _(error: DraftFileError, language: Language) -> list[str]:
    say = translations(language).gettext
    texts = {
        DraftFileProblem.EXISTS: say(
            "%(path)s finnes fra før og blir ikke overskrevet. Velg et annet navn"
        ),
        DraftFileProblem.UNWRITABLE: say("%(path)s kan ikke skrives. Velg en annen mappe"),
    }
    return [texts[error.problem] % {"path": error.path}]
