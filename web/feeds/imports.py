"""`/<municipality>/administrasjon/kalendere`: calendars that the year is planned around."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from calendars.imported import ReadLimits
from scheduler.domain.enums import ClosedKind, Role
from scheduler.usecases.imported_calendars.calendar_snapshot import CalendarSnapshot
from scheduler.usecases.imported_calendars.calendars import (
    OtherDaysError,
    UnknownCalendarError,
    add_calendar,
    calendars_of,
    confirm_calendar,
    find_calendar,
    remove_calendar,
)
from scheduler.usecases.imported_calendars.council_look import look_at_confirming
from scheduler.usecases.imported_calendars.looking import days_or_fault
from web.admin.blueprint import the_acting
from web.feeds.fault_words import fault_words
from web.feeds.foreign_days import read_days
from web.forms import Form
from web.language import N_, ngettext
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["Use", "calendar_imports"]

Fetch = Callable[[str], bytes]

# One byte more than is read, so that a larger file is seen to be too large.
_MOST_BYTES = ReadLimits().size + 1


class Use(StrEnum):
    """What the days of a calendar mean for the planning."""

    COUNCIL = "council"
    SCHOOL_BREAK = "school_break"
    LOCAL = "local"


_USES = {
    Use.COUNCIL: N_("Kommunestyrets møter: frister regnes tilbake fra dem"),
    Use.SCHOOL_BREAK: N_("Skoleferier: ingen møter på dagene"),
    Use.LOCAL: N_("Andre møtefrie dager"),
}
_PLANNED_AROUND = N_("Dagene er bekreftet, og neste planlegging tar hensyn til dem.")
_CONFIRMED = {
    Use.COUNCIL: N_("Dagene er bekreftet, og frister regnes tilbake fra dem."),
    Use.SCHOOL_BREAK: _PLANNED_AROUND,
    Use.LOCAL: _PLANNED_AROUND,
}


def calendar_imports(fetch: Fetch) -> Blueprint:
    """Return the pages; `fetch` gets what stands at an address that somebody gave."""
    pages = Blueprint(
        "calendar_imports", __name__, url_prefix="/<municipality>/administrasjon/kalendere"
    )
    gate = role_required(Role.ADMINISTRATOR)
    pages.get("", endpoint="index")(gate(_index))
    pages.post("", endpoint="add")(gate(_adding(fetch)))
    pages.get("/<int:calendar_id>", endpoint="show")(gate(_show))
    pages.post("/<int:calendar_id>/bekreft", endpoint="confirm")(gate(_confirm))
    # Where a refused confirmation shows the calendar again, in another language for instance.
    pages.get("/<int:calendar_id>/bekreft", endpoint="look_again")(gate(_look_again))
    pages.post("/<int:calendar_id>/fjern", endpoint="remove")(gate(_remove))
    return pages


def _index(municipality: str) -> ResponseReturnValue:
    del municipality
    return _page(Form())


def _adding(fetch: Fetch) -> Callable[[str], ResponseReturnValue]:
    def add(municipality: str) -> ResponseReturnValue:
        form = Form(request.form)
        name = form.line("name", _("Navn"), longest=60)
        use = form.choice("use", _("Hva dagene betyr"), Use)
        address = form.line("address", _("Adressen til kalenderen"), required=False, longest=2000)
        file = request.files.get("file")
        content = file.read(_MOST_BYTES) if file is not None else b""
        if bool(address) == bool(content):
            form.refuse(
                "address", _("Adressen til kalenderen eller en fil må fylles ut, ikke begge")
            )
        if form.problems or use is None:
            return _page(form), 422
        acting = the_acting()
        found = days_or_fault(lambda: content or fetch(address), read_days, today=acting.today)
        if isinstance(found, str):
            form.refuse("address", fault_words(found))
            return _page(form), 422
        with current_parts().database.write() as session:
            calendar_id = add_calendar(
                session,
                acting,
                name=name,
                address=address or None,
                closed_kind=None if use is Use.COUNCIL else ClosedKind(use.value),
                found=found,
            )
        return redirect(
            url_for("calendar_imports.show", municipality=municipality, calendar_id=calendar_id),
            303,
        )

    return add


def _show(municipality: str, calendar_id: int) -> ResponseReturnValue:
    del municipality
    return _calendar_page(calendar_id)


def _confirm(municipality: str, calendar_id: int) -> ResponseReturnValue:
    try:
        with current_parts().database.write() as session:
            use = _use_of(find_calendar(session, the_acting(), calendar_id))
            moved = confirm_calendar(
                session,
                the_acting(),
                calendar_id,
                shown=request.form.get("shown", ""),
                holidays_of=current_parts().holidays_of,
            )
    except UnknownCalendarError:
        abort(404)
    except OtherDaysError:
        return _calendar_page(calendar_id, has_changed=True), 409
    flash(_(_CONFIRMED[use]))
    return _back_to_all(municipality, len(moved))


def _look_again(municipality: str, calendar_id: int) -> ResponseReturnValue:
    return redirect(
        url_for("calendar_imports.show", municipality=municipality, calendar_id=calendar_id), 303
    )


def _remove(municipality: str, calendar_id: int) -> ResponseReturnValue:
    try:
        with current_parts().database.write() as session:
            moved = remove_calendar(
                session, the_acting(), calendar_id, holidays_of=current_parts().holidays_of
            )
    except UnknownCalendarError:
        abort(404)
    flash(_("Kalenderen og dagene fra den er fjernet. Møter som er planlagt, står."))
    return _back_to_all(municipality, len(moved))


def _back_to_all(municipality: str, moved: int) -> ResponseReturnValue:
    if moved:
        flash(
            ngettext(
                "%(num)d rapport har fått ny frist.", "%(num)d rapporter har fått ny frist.", moved
            )
        )
    return redirect(url_for("calendar_imports.index", municipality=municipality), 303)


def _calendar_page(calendar_id: int, *, has_changed: bool = False) -> str:
    try:
        with current_parts().database.read() as session:
            found = find_calendar(session, the_acting(), calendar_id)
            moved = look_at_confirming(
                session, the_acting(), found, holidays_of=current_parts().holidays_of
            )
    except UnknownCalendarError:
        abort(404)
    return render_template(
        "feeds/import.html",
        calendar=found,
        moved=moved,
        use=_(_USES[_use_of(found)]),
        fault=fault_words(found.fault) if found.fault else None,
        has_changed=has_changed,
    )


def _use_of(calendar: CalendarSnapshot) -> Use:
    return Use(calendar.closed_kind.value) if calendar.closed_kind else Use.COUNCIL


def _page(form: Form) -> str:
    acting = the_acting()
    with current_parts().database.read() as session:
        found = calendars_of(session, acting.municipality_id, today=acting.today)
    return render_template(
        "feeds/imports.html",
        form=form,
        calendars=found,
        uses=[(use.value, _(words)) for use, words in _USES.items()],
        fault_words=fault_words,
    )
