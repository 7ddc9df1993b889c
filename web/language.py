"""Which written form a page is in, and its texts and dates in that form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Flask, Response, g, request

from scheduler.domain.civil_time import NORWAY
from scheduler.domain.language import (
    Language,
    month_name,
    say_date,
    say_day,
    say_list,
    say_time,
    say_times,
    weekday_name,
)
from scheduler.language import translations
from scheduler.usecases.access.default_language import default_language
from web.current import current_access
from web.parts import current_parts

__all__ = [
    "LANGUAGE_COOKIE",
    "LANGUAGE_NAMES",
    "N_",
    "choose_language",
    "current_language",
    "gettext",
    "install_language",
    "keep_language",
    "ngettext",
]

LANGUAGE_COOKIE = "aarshjul_lang"
LANGUAGE_NAMES = {
    Language.BOKMAL: "Bokmål",
    Language.NYNORSK: "Nynorsk",
    Language.ENGLISH: "English",
}
_A_YEAR = 365 * 24 * 3600


def N_(text: str) -> str:  # noqa: N802 -- the name that gettext tools look for.
    """Mark a text for translation where it stands, to be translated where it is shown."""
    return text


def gettext(text: str, /, **values: object) -> str:
    """Return a text in the page's written form, with its values put in."""
    translated = translations(current_language()).gettext(text)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the text for one or for several; `num` is put in as the number."""
    translated = translations(current_language()).ngettext(singular, plural, number)
    return translated % {"num": number, **values}


def current_language() -> Language:
    """Return the written form of this page.

    First what was chosen in this browser, then the person's choice, then the municipality's,
    then what the browser asks for, and bokmål where nobody has said anything.
    """
    if "language" not in g:
        settled = None if g.get("ask_nothing") else _asked_for() or _settled()
        g.language = settled or _asked_for() or _browsers() or Language.BOKMAL
    language: Language = g.language
    return language


def choose_language(language: Language) -> None:
    """Show the rest of this request in another written form."""
    g.language = language


def keep_language(response: Response, language: Language | None) -> Response:
    """Keep a choice in the browser, or forget it there with None."""
    if language is None:
        response.delete_cookie(LANGUAGE_COOKIE)
    else:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language.value,
            max_age=_A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=current_parts().settings.over_https,
        )
    return response


def install_language(app: Flask) -> None:
    """Give the templates their texts and dates, and keep the choice made by `?lang=`."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: translations(current_language()).gettext(text),
        lambda one, many, number: translations(current_language()).ngettext(one, many, number),
        newstyle=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters.update(
        date=lambda day: say_date(day, current_language()),
        day=lambda day: say_day(day, current_language()),
        weekday=lambda day: weekday_name(day, current_language()),
        month=lambda number: month_name(number, current_language()),
        clock=lambda at: say_time(at, current_language()),
        instant=_say_instant,
        week=_iso_week,
        in_words=lambda items: say_list(list(items), current_language()),
    )
    environment.globals.update(
        current_language=current_language,
        language_names=LANGUAGE_NAMES,
        say_times=_say_times,
        weekday_names=_weekday_names,
    )

    @app.after_request
    def _keep_choice(response: Response) -> Response:
        # A feed or a download has no reader to remember a choice for.
        if response.mimetype != "text/html":
            return response
        chosen = _read(request.args.get("lang"))
        return response if chosen is None else keep_language(response, chosen)


def _asked_for() -> Language | None:
    return _read(request.args.get("lang")) or _read(request.cookies.get(LANGUAGE_COOKIE))


def _settled() -> Language | None:
    access = current_access()
    if access is None:
        with current_parts().database.read() as session:
            return default_language(session)
    if access.person.language is not None:
        return access.person.language
    spoken = {municipality.language for municipality in access.municipalities}
    return spoken.pop() if len(spoken) == 1 else None


def _browsers() -> Language | None:
    # Browsers say "no" for Norwegian in general, and most people who do mean bokmål.
    best = request.accept_languages.best_match(["nb", "nn", "en", "no"])
    return _read("nb" if best == "no" else best)


def _read(value: str | None) -> Language | None:
    return Language(value) if value in set(Language) else None


def _say_times(starts: time, ends: time) -> str:
    return say_times(starts, ends, current_language())


def _weekday_names() -> list[str]:
    monday = date(2027, 1, 4)
    return [
        weekday_name(monday + timedelta(days=number), current_language()) for number in range(7)
    ]


def _say_instant(at: datetime) -> str:
    local = at.astimezone(NORWAY)
    return f"{say_date(local.date(), current_language())} {local:%H:%M}"


def _iso_week(day: date) -> int:
    return day.isocalendar().week
