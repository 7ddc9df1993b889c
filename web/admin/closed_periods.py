"""The periods in which the municipality holds no meetings."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import ClosedKind, Role
from scheduler.usecases.administration.closed_periods import (
    OWN_KINDS,
    add_closed_period,
    closed_lines,
    confirm_closed_period,
    remove_closed_period,
)
from scheduler.usecases.administration.errors import EndsBeforeStartError, TooLongPeriodError
from web.admin.blueprint import admin, the_acting
from web.admin.words import closed_words
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["add_closed", "closed", "confirm_closed", "remove_closed"]


@admin.get("/motefrie-perioder")
@role_required(Role.ADMINISTRATOR)
def closed(municipality: str) -> ResponseReturnValue:
    """List the periods, with a form for one more."""
    del municipality
    return _page(Form())


@admin.post("/motefrie-perioder")
@role_required(Role.ADMINISTRATOR)
def add_closed(municipality: str) -> ResponseReturnValue:
    """Add a period."""
    form = Form(request.form)
    name = form.line("name", _("Navn"), longest=80)
    kind = form.choice("kind", _("Slag"), ClosedKind)
    if kind is not None and kind not in OWN_KINDS:
        form.refuse("kind", _("Slag må være et av valgene"))
    starts_on = form.day("starts_on", _("Første dag"))
    ends_on = form.day("ends_on", _("Siste dag"))
    if form.problems or not (kind and starts_on and ends_on):
        return _page(form), 422
    try:
        with current_parts().database.write() as session:
            add_closed_period(
                session, the_acting(), name=name, kind=kind, starts_on=starts_on, ends_on=ends_on
            )
    except EndsBeforeStartError:
        form.refuse("ends_on", _("Siste dag kan ikke være før første dag"))
        return _page(form), 422
    except TooLongPeriodError as error:
        form.refuse(
            "ends_on", _("Siste dag gir en periode på mer enn %(days)d dager", days=error.days)
        )
        return _page(form), 422
    flash(_("%(name)s er lagt til.", name=name))
    return _back(municipality)


@admin.post("/motefrie-perioder/<int:period_id>/bekreft")
@role_required(Role.ADMINISTRATOR)
def confirm_closed(municipality: str, period_id: int) -> ResponseReturnValue:
    """Let a proposed period count."""
    with current_parts().database.write() as session:
        confirm_closed_period(session, the_acting(), period_id)
    flash(_("Perioden er bekreftet."))
    return _back(municipality)


@admin.post("/motefrie-perioder/<int:period_id>/fjern")
@role_required(Role.ADMINISTRATOR)
def remove_closed(municipality: str, period_id: int) -> ResponseReturnValue:
    """Remove a period."""
    with current_parts().database.write() as session:
        remove_closed_period(session, the_acting(), period_id)
    flash(_("Perioden er fjernet. Møter som er planlagt, står der de står."))
    return _back(municipality)


def _page(form: Form) -> str:
    with current_parts().database.read() as session:
        lines = closed_lines(session, the_acting())
    return render_template(
        "admin/closed_periods.html",
        lines=lines,
        form=form,
        kinds=[(kind.value, closed_words(kind)) for kind in OWN_KINDS],
        closed_words=closed_words,
    )


def _back(municipality: str) -> ResponseReturnValue:
    return redirect(url_for("admin.closed", municipality=municipality), 303)
