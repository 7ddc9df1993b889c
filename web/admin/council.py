"""The council's meetings, which the due days of reports are counted back from."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.council import COUNCIL
from scheduler.domain.enums import Role
from scheduler.usecases.administration.council_dates import (
    LineFault,
    add_council_dates,
    council_lines,
    days_in,
    look_at_adding,
    look_at_removing,
    remove_council_date,
)
from scheduler.usecases.year.council_days import years_without_council
from web.admin.blueprint import admin, the_acting
from web.current import current_today
from web.forms import Form
from web.language import N_, ngettext
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["add_council", "council", "look_at_council", "look_at_removal", "remove_council"]

_LONGEST_TEXT = 5000
_FAULTS = {
    LineFault.NO_DATE: N_("Datoer: det står ingen dato på linje %(number)d"),
    LineFault.NO_SUCH_DAY: N_("Datoer: datoen på linje %(number)d finnes ikke"),
    LineFault.SEVERAL_DAYS: N_("Datoer: det står flere dager på linje %(number)d"),
    LineFault.WRONG_WEEKDAY: N_("Datoer: ukedagen på linje %(number)d passer ikke med datoen"),
}


@admin.get("/kommunestyret")
@role_required(Role.ADMINISTRATOR)
def council(municipality: str) -> ResponseReturnValue:
    """List the meetings, with a form for more."""
    del municipality
    return _page(Form({"body": COUNCIL}))


@admin.post("/kommunestyret/se")
@role_required(Role.ADMINISTRATOR)
def look_at_council(municipality: str) -> ResponseReturnValue:
    """Show the dates as they were read, and the reports that would get another due day."""
    del municipality
    form = Form(request.form)
    days, body = _read(form)
    if form.problems:
        return _page(form), 422
    with current_parts().database.read() as session:
        new, moved = look_at_adding(
            session, the_acting(), days, body=body, holidays_of=current_parts().holidays_of
        )
    return render_template(
        "admin/council_preview.html",
        days=new,
        known=len(days) - len(new),
        body=body,
        text="\n".join(day.isoformat() for day in new),
        today=current_today(),
        moved=moved,
    )


@admin.post("/kommunestyret")
@role_required(Role.ADMINISTRATOR)
def add_council(municipality: str) -> ResponseReturnValue:
    """Add the dates that were looked at."""
    form = Form(request.form)
    days, body = _read(form)
    if form.problems:
        return _page(form), 422
    with current_parts().database.write() as session:
        moved = add_council_dates(
            session, the_acting(), days, body=body, holidays_of=current_parts().holidays_of
        )
    flash(_("Møtedatoene er lagt inn."))
    return _done(municipality, len(moved))


@admin.get("/kommunestyret/<int:date_id>/fjern")
@role_required(Role.ADMINISTRATOR)
def look_at_removal(municipality: str, date_id: int) -> ResponseReturnValue:
    """Show which reports would get another due day without the meeting."""
    del municipality
    with current_parts().database.read() as session:
        line, moved = look_at_removing(
            session, the_acting(), date_id, holidays_of=current_parts().holidays_of
        )
    return render_template("admin/council_removal.html", line=line, moved=moved)


@admin.post("/kommunestyret/<int:date_id>/fjern")
@role_required(Role.ADMINISTRATOR)
def remove_council(municipality: str, date_id: int) -> ResponseReturnValue:
    """Remove a meeting."""
    with current_parts().database.write() as session:
        moved = remove_council_date(
            session, the_acting(), date_id, holidays_of=current_parts().holidays_of
        )
    flash(_("Møtedatoen er fjernet."))
    return _done(municipality, len(moved))


def _read(form: Form) -> tuple[tuple[date, ...], str]:
    body = form.line("body", _("Hvem som møter"), longest=60)
    text = form.free_text("days", _("Datoer"), required=True, longest=_LONGEST_TEXT)
    days, bad = days_in(text, current_today())
    for line in bad:
        form.refuse("days", _(_FAULTS[line.fault], number=line.number))
    return days, body


def _page(form: Form) -> str:
    acting = the_acting()
    with current_parts().database.read() as session:
        lines = council_lines(session, acting)
        missing = years_without_council(session, acting.municipality_id, today=acting.today)
    return render_template("admin/council.html", lines=lines, missing=missing, form=form)


def _done(municipality: str, moved: int) -> ResponseReturnValue:
    if moved:
        flash(
            ngettext(
                "%(num)d rapport har fått ny frist.", "%(num)d rapporter har fått ny frist.", moved
            )
        )
    return redirect(url_for("admin.council", municipality=municipality), 303)
