"""The municipality's settings, with "kommunens valg"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import ClosedKind, PeriodKind, Role
from scheduler.domain.language import Language, month_name
from scheduler.usecases.administration.municipality import (
    MunicipalitySettings,
    read_municipality,
    titles_of_positions,
)
from scheduler.usecases.administration.settings_change import SettingsChange
from scheduler.usecases.administration.settings_change import change_settings as keep_settings
from scheduler.usecases.feeds.private_links import private_links_allowed
from web.admin.blueprint import admin, the_acting
from web.admin.words import closed_words
from web.forms import Form
from web.language import N_, current_language, gettext, ngettext
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts
from web.planning.only_looking import only_look

__all__ = ["change_settings", "settings"]

# Name, label, what it counts, least and most.
MEETING_NUMBERS = (
    ("notice_days", N_("Innkalling"), N_("Kalenderdager før møtet"), 0, 60),
    ("minutes_days", N_("Referat"), N_("Arbeidsdager etter møtet"), 0, 60),
    (
        "receives_minutes_days",
        N_("Referat til et annet forum"),
        N_("Kalenderdager før det andre forumets møte"),
        0,
        60,
    ),
    ("meeting_minutes", N_("Lengden på et møte"), N_("Minutter"), 15, 480),
)
REMINDER_NUMBERS = (
    ("notice_before", N_("Påminnelse om innkalling"), N_("Arbeidsdager før fristen"), 0, 20),
    ("minutes_before", N_("Påminnelse om referat"), N_("Arbeidsdager før fristen"), 0, 20),
    ("minutes_after", N_("Purring på referat"), N_("Arbeidsdager etter fristen"), 0, 20),
    ("minutes_leader", N_("Leder får beskjed"), N_("Arbeidsdager etter fristen"), 0, 40),
)
_CLOCKS = {
    "core_from": N_("Møter tidligst"),
    "core_until": N_("Møter senest ferdig"),
    "opens": N_("E-post tidligst"),
    "closes": N_("E-post senest"),
}


@admin.get("/kommunen")
@role_required(Role.ADMINISTRATOR)
def settings(municipality: str) -> ResponseReturnValue:
    """Show the settings in a form."""
    del municipality
    with current_parts().database.read() as session:
        standing = read_municipality(session, the_acting())
    return _page(Form(_texts(standing)))


@admin.post("/kommunen")
@role_required(Role.ADMINISTRATOR)
def change_settings(municipality: str) -> ResponseReturnValue:
    """Keep the settings, after a look at the reports that follow them, if any do."""
    form = Form(request.form)
    wanted = _read(form)
    if wanted is None:
        return _page(form), 422
    acting, parts = the_acting(), current_parts()

    def change(session: Session) -> SettingsChange:
        return keep_settings(session, acting, wanted, holidays_of=parts.holidays_of)

    if not form.ticked("confirmed"):
        moved = only_look(parts.database, change).moved
        if moved:
            return render_template("admin/settings_preview.html", form=form, moved=moved)
    with parts.database.write() as session:
        done = change(session)
    flash(_("Kommunens valg er lagret.") if done.changed else _("Ingenting var endret."))
    if done.moved:
        flash(
            ngettext(
                "%(num)d rapport har fått ny frist.",
                "%(num)d rapporter har fått ny frist.",
                len(done.moved),
            )
        )
    return redirect(url_for("admin.settings", municipality=municipality), 303)


def _page(form: Form) -> str:
    acting = the_acting()
    with current_parts().database.read() as session:
        positions = titles_of_positions(session, acting)
        private = private_links_allowed(session, [acting.municipality_id])
    return render_template(
        "admin/municipality.html",
        form=form,
        positions=positions,
        periods=[
            (PeriodKind.CALENDAR_YEAR.value, _("Kalenderår, januar til desember")),
            (PeriodKind.SCHOOL_YEAR.value, _("Skoleår, august til juli")),
        ],
        closed=[(f"closed_{kind.value}", closed_words(kind)) for kind in ClosedKind],
        months=[(month, month_name(month, current_language())) for month in range(1, 13)],
        meeting_numbers=MEETING_NUMBERS,
        reminder_numbers=REMINDER_NUMBERS,
        private=Form({"allowed": "1" if private else ""}),
    )


def _texts(standing: MunicipalitySettings) -> dict[str, str]:
    texts = {
        "name": standing.name,
        "number": standing.number or "",
        "language": standing.language.value,
        "period_kind": standing.period_kind.value,
        "plan_owner": standing.plan_owner or "",
        "revision_years": str(standing.revision_years),
        "due_month": str(standing.yearly_due[0]),
        "due_day": str(standing.yearly_due[1]),
        "council_paper_days": str(standing.council_paper_days),
        "leader_at_once": "1" if standing.leader_at_once else "",
        "content_free_mail": "1" if standing.content_free_mail else "",
    }
    texts |= {name: str(getattr(standing, name)) for name, *_rest in _numbers()}
    texts |= {name: f"{getattr(standing, name):%H:%M}" for name in _CLOCKS}
    return texts | {f"closed_{kind.value}": "1" for kind in standing.closed}


def _read(form: Form) -> MunicipalitySettings | None:
    name = form.line("name", _("Navn"), longest=80)
    number = form.line("number", _("Kommunenummer"), required=False, longest=4)
    if number and not (len(number) == 4 and number.isdigit() and number.isascii()):
        form.refuse("number", _("Kommunenummer må ha fire sifre"))
    language = form.choice("language", _("Målform"), Language)
    period_kind = form.choice("period_kind", _("Året planlegges som"), PeriodKind)
    plan_owner = form.line("plan_owner", _("Planansvarlig"), required=False)
    if plan_owner and plan_owner not in _slugs():
        form.refuse("plan_owner", _("Planansvarlig må være et av valgene"))
    values: dict[str, Any] = {
        field: form.number(field, gettext(label), least=least, most=most)
        for field, label, _unit, least, most in _numbers()
    }
    values |= {field: form.clock(field, gettext(label)) for field, label in _CLOCKS.items()}
    years = form.number("revision_years", _("Planen rulleres hvert"), least=1, most=10)
    paper_days = form.number(
        "council_paper_days", _("Sak til kommunestyret leveres"), least=0, most=90
    )
    month = form.number("due_month", _("Måned"), least=1, most=12)
    day = form.number("due_day", _("Dag"), least=1, most=31)
    if month and day and not _is_day(month, day):
        form.refuse("due_day", _("Dag må finnes i måneden"))
    _refuse_backwards(form, values, "core_from", "core_until")
    _refuse_backwards(form, values, "opens", "closes")
    if form.problems or not (
        language and period_kind and years and month and day and paper_days is not None
    ):
        return None
    return MunicipalitySettings(
        name=name,
        number=number or None,
        language=language,
        period_kind=period_kind,
        plan_owner=plan_owner or None,
        revision_years=years,
        yearly_due=(month, day),
        council_paper_days=paper_days,
        closed=tuple(kind for kind in ClosedKind if form.ticked(f"closed_{kind.value}")),
        leader_at_once=form.ticked("leader_at_once"),
        content_free_mail=form.ticked("content_free_mail"),
        **values,
    )


def _numbers() -> Iterator[tuple[str, str, str, int, int]]:
    yield from MEETING_NUMBERS
    yield from REMINDER_NUMBERS


def _slugs() -> set[str]:
    with current_parts().database.read() as session:
        return {slug for slug, _title in titles_of_positions(session, the_acting())}


def _is_day(month: int, day: int) -> bool:
    # A year that is no leap year: a duty that is due every year needs a day that is in each.
    try:
        date(2027, month, day)
    except ValueError:
        return False
    return True


def _refuse_backwards(form: Form, values: dict[str, Any], first: str, last: str) -> None:
    if values[first] is not None and values[last] is not None and values[last] <= values[first]:
        form.refuse(
            last,
            _(
                "%(last)s må være etter %(first)s",
                last=gettext(_CLOCKS[last]),
                first=gettext(_CLOCKS[first]).lower(),
            ),
        )
