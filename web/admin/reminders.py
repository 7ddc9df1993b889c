"""When reminders go: the municipality's numbers, and those of one forum."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.domain.language import weekday_name
from scheduler.usecases.administration.reminder_numbers import (
    change_numbers,
    forums_with_numbers,
    own_numbers,
    used_numbers,
)
from web.admin.blueprint import admin, the_acting, the_viewer
from web.admin.municipality import REMINDER_NUMBERS
from web.forms import Form
from web.language import N_, current_language, gettext
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["forum_reminders", "reminders"]

# Name, label, what it counts, least and most. The municipality's own numbers of papers stand among
# its choices.
_OF_BOTH = (
    ("agenda_before", N_("Spørsmål til deltakerne om saker"),
     N_("Arbeidsdager før fristen for innkalling; 0 spør ingen"), 0, 30),
    ("notice_missed", N_("Leder får beskjed om manglende innkalling"),
     N_("Arbeidsdager etter fristen"), 0, 20),
    ("approve_after", N_("Påminnelse til den som skal godkjenne referatet"),
     N_("Arbeidsdager etter at det ble sendt til gjennomlesing"), 1, 20),
    ("change_hours", N_("Avlysning og endring meldes straks"),
     N_("Timer før møtet"), 0, 336),
)  # fmt: skip
_WHOLE = (
    ("review_calendar_days", N_("Årlig gjennomgang begynner"), N_("Kalenderdager før fristen"),
     7, 180),
    ("review_late_weeks", N_("Purring på gjennomgangen"), N_("Uker etter fristen"), 0, 26),
    ("owner_late_months", N_("Planansvarlig får beskjed"), N_("Måneder etter fristen"), 0, 12),
    ("nags_a_day", N_("Påminnelser til én person"), N_("Høyst så mange e-poster om dagen"), 1, 20),
    ("nag_gap_minutes", N_("Tid mellom to påminnelser"), N_("Minutter"), 0, 240),
)  # fmt: skip
_OF_MUNICIPALITY = (*_OF_BOTH, *_WHOLE)
_OF_FORUM = (*REMINDER_NUMBERS, *_OF_BOTH)


@admin.route("/paminnelser", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def reminders(municipality: str) -> ResponseReturnValue:
    """Show and keep the municipality's numbers."""
    names = (*(name for name, *_rest in _OF_MUNICIPALITY), "digest_weekday")
    if request.method == "POST":
        form = Form(request.form)
        wanted = _read(form, _OF_MUNICIPALITY, required=True)
        wanted["digest_weekday"] = form.number(
            "digest_weekday", _("Ukens samlede e-post til ledere"), least=0, most=4
        )
        if not form.problems:
            return _keep(municipality, wanted, None)
    else:
        with current_parts().database.read() as session:
            used = used_numbers(session, the_acting(), names)
        form = Form({name: str(value) for name, value in used.items()})
    with current_parts().database.read() as session:
        forums = forums_with_numbers(session, the_acting(), the_viewer())
    page = render_template(
        "admin/reminders.html",
        form=form,
        numbers=_OF_MUNICIPALITY,
        weekdays=[
            (day, weekday_name(date(2027, 1, 4 + day), current_language())) for day in range(5)
        ],
        forums=forums,
    )
    return (page, 422) if form.problems else page


@admin.route("/paminnelser/<forum>", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def forum_reminders(municipality: str, forum: str) -> ResponseReturnValue:
    """Show and keep what one forum has of its own."""
    with current_parts().database.read() as session:
        forums = forums_with_numbers(session, the_acting(), the_viewer())
        names = tuple(name for name, *_rest in _OF_FORUM)
        used = used_numbers(session, the_acting(), names)
        own = own_numbers(session, the_acting(), forum)
    name = next((name for slug, name, _count in forums if slug == forum), None)
    if name is None:
        abort(404)
    if request.method == "POST":
        form = Form(request.form)
        wanted = _read(form, _OF_FORUM, required=False)
        if not form.problems:
            return _keep(municipality, wanted, forum)
    else:
        form = Form({field: str(value) for field, value in own.items()})
    page = render_template(
        "admin/forum_reminders.html", form=form, numbers=_OF_FORUM, used=used, forum_name=name
    )
    return (page, 422) if form.problems else page


def _read(
    form: Form, numbers: tuple[tuple[str, str, str, int, int], ...], *, required: bool
) -> dict[str, int | None]:
    return {
        name: form.number(name, gettext(label), least=least, most=most)
        if required or form.value(name)
        else None
        for name, label, _unit, least, most in numbers
    }


def _keep(
    municipality: str, wanted: dict[str, int | None], forum: str | None
) -> ResponseReturnValue:
    parts = current_parts()
    with parts.database.write() as session:
        change_numbers(
            session, the_acting(), wanted, forum_slug=forum, holidays_of=parts.holidays_of
        )
    flash(_("Valgene er lagret, og påminnelsene som venter, følger dem."))
    return redirect(url_for("admin.reminders", municipality=municipality), 303)
