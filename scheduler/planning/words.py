"""Reasons in words, in the three written forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from scheduler.domain.language import Language, month_name, say_short_day, weekday_name
from scheduler.planning.reasons import Reason, ReasonCode

__all__ = ["say_ordinal_day", "say_reason", "say_reasons"]

_ORDINALS = {
    Language.BOKMAL: ("første", "andre", "tredje", "fjerde", "femte"),
    Language.NYNORSK: ("første", "andre", "tredje", "fjerde", "femte"),
    Language.ENGLISH: ("first", "second", "third", "fourth", "fifth"),
}

# Bokmål, nynorsk, English. {day} is a short date, {until} another, {which} "andre tirsdag i mars".
_SENTENCES: dict[ReasonCode, tuple[str, str, str]] = {
    ReasonCode.SPREAD: (
        "{which}: jevnt fordelt",
        "{which}: jamt fordelt",
        "{which}: evenly spread",
    ),
    ReasonCode.ONLY_ONE: (
        "{which}: eneste møte i perioden",
        "{which}: einaste møte i perioden",
        "{which}: the only meeting of the period",
    ),
    ReasonCode.RHYTHM: (
        "{which}: følger den faste rytmen",
        "{which}: følgjer den faste rytmen",
        "{which}: follows its fixed rhythm",
    ),
    ReasonCode.KEPT_HAND: ("satt for hånd", "sett for hand", "set by hand"),
    ReasonCode.KEPT_PUBLISHED: (
        "allerede publisert",
        "allereie publisert",
        "already published",
    ),
    ReasonCode.KEPT_HELD: ("allerede avholdt", "allereie halde", "already held"),
    ReasonCode.KEPT_CANCELLED: ("avlyst", "avlyst", "cancelled"),
    ReasonCode.KEPT_OTHERS: (
        "datoen er satt av andre",
        "datoen er sett av andre",
        "the date is set by others",
    ),
    ReasonCode.WAS_CLOSED: ("{day} er {name}", "{day} er {name}", "{day} is {name}"),
    ReasonCode.WAS_BUSY: (
        "{day} er opptatt{by}",
        "{day} er oppteken{by}",
        "{day} is taken{by}",
    ),
    ReasonCode.WAS_UNFIT: (
        "{day} passet ikke for alle",
        "{day} passa ikkje for alle",
        "{day} did not fit everyone",
    ),
    ReasonCode.MOVED_UNFIT: (
        "flyttet fra {day}, som ikke passet for alle",
        "flytta frå {day}, som ikkje passa for alle",
        "moved from {day}, which did not fit everyone",
    ),
    ReasonCode.MOVED_CLOSED: (
        "flyttet fra {day} ({name})",
        "flytta frå {day} ({name})",
        "moved from {day} ({name})",
    ),
    ReasonCode.AFTER: (
        "etter {forum} {day}, i samme semester",
        "etter {forum} {day}, i same semester",
        "after {forum} on {day}, in the same semester",
    ),
    ReasonCode.RECEIVES_MINUTES: (
        "minst {days} dager etter {forum} {day}",
        "minst {days} dagar etter {forum} {day}",
        "at least {days} days after {forum} on {day}",
    ),
    ReasonCode.BEFORE_DEADLINE: (
        "før saken leveres til {name} {day}",
        "før saka blir levert til {name} {day}",
        "before the case is delivered to {name} on {day}",
    ),
    ReasonCode.LOST_DATE: (
        "flyttet fra {day}, som ikke kan brukes lenger",
        "flytta frå {day}, som ikkje kan brukast lenger",
        "moved from {day}, which can no longer be used",
    ),
    ReasonCode.MADE_ROOM: (
        "flyttet fra {day} for å gi plass",
        "flytta frå {day} for å gi plass",
        "moved from {day} to make room",
    ),
    ReasonCode.LOST_BY_HAND: (
        "{day} kan ikke brukes, men datoen er satt for hånd; velg en ny",
        "{day} kan ikkje brukast, men datoen er sett for hand; vel ein ny",
        "{day} cannot be used, but was set by hand; choose another",
    ),
    ReasonCode.NO_OTHER_DATE: (
        "fant ingen annen dato for møtet {day}",
        "fann ingen annan dato for møtet {day}",
        "found no other date for the meeting on {day}",
    ),
    ReasonCode.SKIPPED_CLOSED: (
        "{day} er hoppet over ({name})",
        "{day} er hoppa over ({name})",
        "{day} is skipped ({name})",
    ),
    ReasonCode.PERIOD_CLOSED: (
        "ingen åpen dag fra {day} til {until}",
        "ingen open dag frå {day} til {until}",
        "no open day from {day} to {until}",
    ),
    ReasonCode.FEWER: (
        "{count} møter i stedet for {wanted}: flere får ikke plass",
        "{count} møte i staden for {wanted}: fleire får ikkje plass",
        "{count} meetings instead of {wanted}: more do not fit",
    ),
    ReasonCode.CLOSE: (
        "møtene måtte legges tettere enn en jevn fordeling tilsier",
        "møta måtte leggjast tettare enn ei jamn fordeling tilseier",
        "the meetings had to be closer together than an even spread would have them",
    ),
    ReasonCode.TOO_LATE: (
        "perioden er i gang: {count} av {wanted} møter rekkes",
        "perioden er i gang: ein rekk {count} av {wanted} møte",
        "the period has begun: time is left for {count} of {wanted} meetings",
    ),
    ReasonCode.NOT_THIS_PERIOD: (
        "ikke i denne perioden",
        "ikkje i denne perioden",
        "not in this period",
    ),
    ReasonCode.ON_DEMAND: (
        "møtes ved behov; ingen datoer settes",
        "møtest ved behov; ingen datoar blir sette",
        "meets when needed; no dates are set",
    ),
    ReasonCode.NO_SOURCE: (
        "{forum} har ingen datoer ennå, så rekkefølgen er ikke sikret",
        "{forum} har ingen datoar enno, så rekkjefølgja er ikkje sikra",
        "{forum} has no dates yet, so the order is not ensured",
    ),
    ReasonCode.LINK_NOT_KEPT: (
        "{count} av møtene kommer ikke etter {forum} som avtalt, fordi rytmen er fast",
        "{count} av møta kjem ikkje etter {forum} som avtalt, fordi rytmen er fast",
        "{count} of the meetings do not follow {forum} as agreed, since the rhythm is fixed",
    ),
    ReasonCode.DEADLINE_NOT_KEPT: (
        "ingen møter i de siste {days} dagene før saken leveres til {name} {day}",
        "ingen møte i dei siste {days} dagane før saka blir levert til {name} {day}",
        "no meeting in the last {days} days before the case is delivered to {name} on {day}",
    ),
    ReasonCode.NO_GUESTS: (
        "de som er med én gang i måneden, er opptatt på alle møtene i {month}",
        "dei som er med éin gong i månaden, er opptekne på alle møta i {month}",
        "those who attend once a month are taken at every meeting in {month}",
    ),
    ReasonCode.NO_RHYTHM: (
        "planen gir ingen rytme; velg en",
        "planen gir ingen rytme; vel ein",
        "the plan gives no rhythm; choose one",
    ),
    ReasonCode.UNKNOWN_ANCHOR: (
        "hvert {count}. år, men ukjent: når ble det sist gjort?",
        "kvart {count}. år, men ukjent: når vart det sist gjort?",
        "every {count} years, but unknown: when was it last done?",
    ),
    ReasonCode.NO_ROOM: (
        "fant ikke plass til alle {wanted} møtene",
        "fann ikkje plass til alle {wanted} møta",
        "found no room for all {wanted} meetings",
    ),
    ReasonCode.CLASH: (
        "{day} er allerede opptatt{by} på samme tid",
        "{day} er allereie oppteken{by} på same tid",
        "{day} is already taken{by} at the same time",
    ),
}


def say_reasons(
    reasons: Iterable[Reason], language: Language, *, visible: Collection[str] | None = None
) -> str:
    """Join reasons into one line, separated by semicolons."""
    return "; ".join(say_reason(reason, language, visible=visible) for reason in reasons)


def say_reason(
    reason: Reason, language: Language, *, visible: Collection[str] | None = None
) -> str:
    """Say one reason.

    `visible` holds the slugs of the forums that the reader may see. Another forum is never
    named, only its "opptatt". Without `visible` every forum but those for members alone is.
    """
    template = _SENTENCES[reason.code][list(Language).index(language)]
    forum = reason.forum_name if _may_name(reason, visible) else ""
    by = {Language.BOKMAL: " av ", Language.NYNORSK: " av ", Language.ENGLISH: " by "}[language]
    other = {
        Language.BOKMAL: "et annet møte",
        Language.NYNORSK: "eit anna møte",
        Language.ENGLISH: "another meeting",
    }[language]
    return template.format(
        which=say_ordinal_day(reason.on, language) if reason.on else "",
        day=say_short_day(reason.on, language) if reason.on else "",
        month=month_name(reason.on.month, language) if reason.on else "",
        until=say_short_day(reason.until, language) if reason.until else "",
        name=reason.name or _unnamed(language),
        forum=forum or other,
        by=f"{by}{forum}" if forum else "",
        days=reason.days,
        count=reason.count,
        wanted=reason.wanted,
    )


def say_ordinal_day(day: date, language: Language) -> str:
    """Return where in its month a day lies: "andre tirsdag i mars"."""
    ordinal = _ORDINALS[language][(day.day - 1) // 7]
    link = "of" if language is Language.ENGLISH else "i"
    month = month_name(day.month, language)
    return f"{ordinal} {weekday_name(day, language)} {link} {month}"


def _may_name(reason: Reason, visible: Collection[str] | None) -> bool:
    if reason.forum is None:
        return False
    return reason.forum in visible if visible is not None else not reason.hidden


def _unnamed(language: Language) -> str:
    # A closed period without a name: the word stands alone after "er", or in brackets.
    return {
        Language.BOKMAL: "møtefri",
        Language.NYNORSK: "møtefri",
        Language.ENGLISH: "closed",
    }[language]
