"""The periods without meetings: confirmed, and which sorts of days are kept free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import ClosedKind
from scheduler.domain.periods import Period
from scheduler.usecases.administration.closed_periods import (
    ClosedLine,
    add_closed_period,
    closed_lines,
    confirm_closed_period,
    remove_closed_period,
)
from scheduler.usecases.administration.errors import EndsBeforeStartError
from scheduler.usecases.administration.municipality import change_municipality, read_municipality
from scheduler.usecases.year.closed_days import closed_spans
from web.admin.words import closed_words
from web.forms import Form
from web.language import gettext as _
from web.pages.reading import current_holidays_of
from web.pages.words import closed_name
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    the_acting,
)
from web.planning.words import KINDS_TO_CHOOSE, closed_choices

__all__ = [
    "add_closed",
    "change_kept_free",
    "closed",
    "confirm_closed",
    "missing_school_years",
    "removal_form",
    "remove_closed",
]


@planning.get("/<period>/motefrie-perioder")
@planning_page
def closed(place: Place) -> ResponseReturnValue:
    """List the periods, with what is to be confirmed first."""
    return _page(place, Form())


@planning.post("/<period>/motefrie-perioder")
@planning_page
def add_closed(place: Place) -> ResponseReturnValue:
    """Add a period."""
    form = Form(request.form)
    name = form.line("name", _("Navn"), longest=80)
    kind = form.choice("kind", _("Slag"), ClosedKind)
    if kind is not None and kind not in KINDS_TO_CHOOSE:
        form.refuse("kind", _("Slag må være et av valgene"))
    starts_on = form.day("starts_on", _("Første dag"))
    ends_on = form.day("ends_on", _("Siste dag"))
    if form.problems or not (kind and starts_on and ends_on):
        return _page(place, form), 422
    try:
        with current_parts().database.write() as database:
            add_closed_period(
                database,
                the_acting(place),
                name=name,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except EndsBeforeStartError:
        form.refuse("ends_on", _("Siste dag kan ikke være før første dag"))
        return _page(place, form), 422
    flash(_("%(name)s er lagt til.", name=name))
    return redirect(path_to("closed", place), 303)


@planning.post("/<period>/motefrie-perioder/<int:period_id>/bekreft")
@planning_page
def confirm_closed(place: Place, period_id: int) -> ResponseReturnValue:
    """Let a proposed period count."""
    with current_parts().database.write() as database:
        confirm_closed_period(database, the_acting(place), period_id)
    flash(_("Perioden er bekreftet."))
    return redirect(path_to("closed", place), 303)


@planning.get("/<period>/motefrie-perioder/<int:period_id>/fjern")
@planning_page
def removal_form(place: Place, period_id: int) -> ResponseReturnValue:
    """Show what removing a period does."""
    with current_parts().database.read() as database:
        lines = closed_lines(database, the_acting(place))
    line = next((one for one in lines if one.id == period_id), None) or abort(404)
    return page("closed_remove", place, line=line, closed_words=closed_words)


@planning.post("/<period>/motefrie-perioder/<int:period_id>/fjern")
@planning_page
def remove_closed(place: Place, period_id: int) -> ResponseReturnValue:
    """Remove a period."""
    with current_parts().database.write() as database:
        remove_closed_period(database, the_acting(place), period_id)
    flash(_("Perioden er fjernet. Møter som er planlagt, står der de står."))
    return redirect(path_to("closed", place), 303)


@planning.post("/<period>/motefrie-perioder/holdes-fri")
@planning_page
def change_kept_free(place: Place) -> ResponseReturnValue:
    """Keep which sorts of days have no meetings, for every forum without rules of its own."""
    form = Form(request.form)
    wanted = tuple(kind for kind in ClosedKind if form.ticked(f"closed_{kind.value}"))
    acting = the_acting(place)
    with current_parts().database.write() as database:
        standing = read_municipality(database, acting)
        changed = change_municipality(database, acting, replace(standing, closed=wanted))
    flash(_("Valget er lagret.") if changed else _("Ingenting var endret."))
    return redirect(path_to("closed", place), 303)


def _page(place: Place, form: Form) -> str:
    acting = the_acting(place)
    with current_parts().database.read() as database:
        lines = closed_lines(database, acting)
        kept_free = read_municipality(database, acting).closed
        spans = closed_spans(database, place.municipality.id, place.period, current_holidays_of())
    period = place.period
    within = [
        line
        for line in lines
        if line.starts_on <= period.ends_on and line.ends_on >= period.starts_on
    ]
    own = {(line.starts_on, line.ends_on) for line in lines}
    return page(
        "closed",
        place,
        form=form,
        lines=sorted(within, key=lambda line: (line.confirmed, line.starts_on)),
        given=[
            (closed_name(span.name), span.starts_on, span.ends_on)
            for span in spans
            if (span.starts_on, span.ends_on) not in own
        ],
        kinds=closed_choices(),
        kept_free=[(kind.value, closed_words(kind), kind in kept_free) for kind in ClosedKind],
        closed_words=closed_words,
        missing=missing_school_years(lines, period),
    )


def missing_school_years(lines: Iterable[ClosedLine], period: Period) -> list[str]:
    """Return the school years of the period in whose part of it no school holiday is entered."""
    missing = []
    for year in range(period.starts_on.year - 1, period.ends_on.year + 1):
        first = max(date(year, 8, 1), period.starts_on)
        last = min(date(year + 1, 6, 15), period.ends_on)
        if first < last and not any(
            line.kind is ClosedKind.SCHOOL_BREAK
            and line.starts_on <= last
            and line.ends_on >= first
            for line in lines
        ):
            missing.append(f"{year}/{(year + 1) % 100:02d}")
    return missing
