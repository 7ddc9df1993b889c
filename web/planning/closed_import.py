"""A school calendar of others, read from a file or a pasted table, and confirmed by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from calendars import CalendarReadError, ImportedEntry, Window, read_calendar
from scheduler.documents.sheet import SheetError
from scheduler.domain.enums import ClosedKind, PeriodKind
from scheduler.domain.identity_number import holds_identity_number
from scheduler.usecases.administration.errors import EndsBeforeStartError
from scheduler.usecases.closed_import import (
    Doubt,
    FoundPeriod,
    ReadTable,
    WantedPeriod,
    doubts_of,
    keep_periods,
    kind_of,
    read_file,
    read_pasted,
    stands_already,
)
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    the_acting,
)
from web.planning.words import KINDS_TO_CHOOSE, closed_choices, doubt_words
from web.row_ids import row_id

__all__ = ["confirm_import", "import_form", "read_import"]

_MOST_PASTED = 20_000
_MOST_ROWS = 100
_NOT_TICKED = (
    Doubt.PUBLIC_HOLIDAY,
    Doubt.SCHOOL_DAY,
    Doubt.STANDS_ALREADY,
    Doubt.ENDS_BEFORE_START,
    Doubt.ONLY_WEEKEND,
)


@planning.get("/<period>/motefrie-perioder/importer")
@planning_page
def import_form(place: Place) -> ResponseReturnValue:
    """Ask for a file or a pasted table."""
    form = Form({"school_year": str(_school_years(place)[0])})
    return _ask(place, form)


@planning.post("/<period>/motefrie-perioder/importer")
@planning_page
def read_import(place: Place) -> ResponseReturnValue:
    """Show what was found; nothing is kept before a person has confirmed it."""
    form = Form(request.form)
    school_year = form.number("school_year", _("Skoleår"), least=2000, most=2100)
    sent = request.files.get("file")
    data = sent.read() if sent is not None else b""
    pasted = form.value("pasted")
    if len(pasted) > _MOST_PASTED:
        form.refuse("pasted", _("Limt tekst kan ha høyst %(longest)d tegn", longest=_MOST_PASTED))
    if holds_identity_number(pasted):
        form.refuse("pasted", _("Limt tekst kan ikke inneholde fødselsnummer"))
    if not data and not pasted:
        form.refuse("pasted", _("Limt tekst må fylles ut, eller velg en fil"))
    if form.problems or school_year is None:
        return _ask(place, form), 422
    table = _read(form, data, pasted, school_year)
    if table is None:
        return _ask(place, form), 422
    if not table.found:
        form.refuse(
            "file" if data else "pasted",
            _("Vi fant ingen datoer. Prøv med en rad for hver ferie, med første og siste dag."),
        )
        return _ask(place, form), 422
    with current_parts().database.read() as database:
        found = stands_already(database, place.municipality.id, table.found[:_MOST_ROWS])
    found = tuple(_placed(one, place) for one in found)
    values: dict[str, str] = {"count": str(len(found))}
    for number, one in enumerate(found):
        values |= {
            f"take_{number}": "" if any(each in _NOT_TICKED for each in one.doubts) else "1",
            f"name_{number}": one.name,
            f"kind_{number}": one.kind.value,
            f"starts_{number}": one.starts_on.isoformat(),
            f"ends_{number}": one.ends_on.isoformat(),
            f"line_{number}": one.line,
            f"doubts_{number}": " ".join(one.doubts),
        }
    return _confirm(place, Form(values), table.not_understood)


@planning.post("/<period>/motefrie-perioder/importer/bekreft")
@planning_page
def confirm_import(place: Place) -> ResponseReturnValue:
    """Keep the periods that were ticked, as they stand in the form."""
    form = Form(request.form)
    count = form.number("count", _("Antall"), least=0, most=_MOST_ROWS) or 0
    wanted = [_wanted(form, number) for number in range(count) if form.ticked(f"take_{number}")]
    if not wanted and not form.problems:
        form.refuse("take_0", _("Kryss av for minst én periode"))
    if form.problems:
        return _confirm(place, form, ()), 422
    try:
        with current_parts().database.write() as database:
            kept = keep_periods(
                database, the_acting(place), [one for one in wanted if one is not None]
            )
    except EndsBeforeStartError:
        form.refuse("count", _("Siste dag kan ikke være før første dag"))
        return _confirm(place, form, ()), 422
    flash(ngettext("%(num)d periode er lagt til.", "%(num)d perioder er lagt til.", kept))
    return redirect(path_to("closed", place), 303)


def _placed(one: FoundPeriod, place: Place) -> FoundPeriod:
    """Point out a period of another year: where no year is written, it is easily the wrong one."""
    if one.starts_on <= place.period.ends_on and one.ends_on >= place.period.starts_on:
        return one
    return replace(one, doubts=(*one.doubts, Doubt.OUTSIDE_PERIOD))


def _wanted(form: Form, number: int) -> WantedPeriod | None:
    name = form.line(f"name_{number}", _("Navn"), longest=80)
    kind = form.choice(f"kind_{number}", _("Slag"), ClosedKind)
    starts_on = form.day(f"starts_{number}", _("Første dag"))
    ends_on = form.day(f"ends_{number}", _("Siste dag"))
    if kind is not None and kind not in KINDS_TO_CHOOSE:
        form.refuse(f"kind_{number}", _("Slag må være et av valgene"))
    if starts_on and ends_on and ends_on < starts_on:
        form.refuse(f"ends_{number}", _("Siste dag kan ikke være før første dag"))
    if not (name and kind and starts_on and ends_on):
        return None
    return WantedPeriod(name=name, kind=kind, starts_on=starts_on, ends_on=ends_on)


def _read(form: Form, data: bytes, pasted: str, school_year: int) -> ReadTable | None:
    """Read whichever was given; the field's problem says why it could not be."""
    if not data:
        return read_pasted(pasted, school_year=school_year)
    try:
        if data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
            return _from_calendar(data, school_year)
        return read_file(data, school_year=school_year)
    except CalendarReadError:
        form.refuse("file", _("Fil er en kalender som ikke kan leses. Eksporter den på nytt."))
    except SheetError:
        form.refuse("file", _("Fil må være CSV, Excel (.xlsx) eller en kalender (.ics)"))
    return None


def _from_calendar(data: bytes, school_year: int) -> ReadTable:
    window = Window(date(school_year, 7, 1), date(school_year + 1, 8, 31))
    calendar = read_calendar(data, window=window)
    found: list[FoundPeriod] = []
    for entry in sorted(calendar.entries, key=lambda one: (one.title, one.first_on)):
        before = found[-1] if found else None
        if before is not None and _goes_on(before, entry):
            found[-1] = _period(entry, before.starts_on)
        else:
            found.append(_period(entry, entry.first_on))
    left_out = tuple(f"{problem.line}: {problem.title}" for problem in calendar.problems)
    return ReadTable(tuple(sorted(found, key=lambda one: one.starts_on)), left_out)


def _goes_on(before: FoundPeriod, entry: ImportedEntry) -> bool:
    """Tell whether an entry is the next day of the same break: many calendars have one a day."""
    gap = entry.first_on - before.ends_on
    return entry.title == before.line and timedelta(0) <= gap <= timedelta(days=3)


def _period(entry: ImportedEntry, starts_on: date) -> FoundPeriod:
    return FoundPeriod(
        name=entry.title[:80],
        kind=kind_of(entry.title),
        starts_on=starts_on,
        ends_on=entry.last_on,
        line=entry.title,
        doubts=doubts_of(starts_on, entry.last_on),
    )


def _ask(place: Place, form: Form) -> str:
    years = _school_years(place)
    return page(
        "closed_import",
        place,
        form=form,
        school_years=[(year, f"{year}/{(year + 1) % 100:02d}") for year in years],
    )


def _count(form: Form) -> int:
    try:
        return row_id(form.value("count"))
    except ValueError:
        return 0


def _confirm(place: Place, form: Form, not_understood: tuple[str, ...]) -> str:
    count = _count(form)
    return page(
        "closed_confirm",
        place,
        form=form,
        rows=[
            (
                number,
                form.value(f"line_{number}"),
                [doubt_words(Doubt(one)) for one in _known(form.value(f"doubts_{number}"))],
            )
            for number in range(min(count, _MOST_ROWS))
        ],
        kinds=closed_choices(),
        not_understood=not_understood,
    )


def _known(text: str) -> list[str]:
    return [word for word in text.split() if word in set(Doubt)]


def _school_years(place: Place) -> list[int]:
    first = place.period.starts_on.year
    if place.period.kind is PeriodKind.SCHOOL_YEAR:
        return [first, first - 1, first + 1]
    return [first - 1, first]
