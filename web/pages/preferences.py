"""A person's own choices about reminders."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.language import weekday_name
from scheduler.domain.mobile_number import mobile_number
from scheduler.usecases.people.preferences import (
    Preferences,
    change_preferences,
    preferences_of,
)
from web.current import current_now, current_today
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.reading import the_reader
from web.parts import current_parts

__all__ = ["preferences"]

preferences = Blueprint("preferences", __name__, url_prefix="/paminnelser")

_WORKING_WEEK = range(5)
_LONGEST_QUIET = 180


@preferences.get("")
@login_required
def index() -> ResponseReturnValue:
    """Show the choices."""
    with current_parts().database.read() as session:
        standing = preferences_of(session, the_reader().person_id)
    return _page(Form(_texts(standing)))


@preferences.post("")
@login_required
def change() -> ResponseReturnValue:
    """Keep the choices."""
    form = Form(request.form)
    wanted = _read(form)
    if wanted is None:
        return _page(form), 422
    with current_parts().database.write() as session:
        change_preferences(session, the_reader().person_id, wanted, now=current_now())
    flash(_("Valgene dine er lagret."))
    return redirect(url_for("preferences.index"), 303)


def _texts(standing: Preferences) -> dict[str, str]:
    return {
        "weekday": "" if standing.digest_weekday is None else str(standing.digest_weekday),
        "quiet_from": standing.quiet_from.isoformat() if standing.quiet_from else "",
        "quiet_until": standing.quiet_until.isoformat() if standing.quiet_until else "",
        "mobile": standing.texts_to or "",
        "texts": "1" if standing.texts_to else "",
    }


def _read(form: Form) -> Preferences | None:
    weekday = form.value("weekday")
    if weekday and weekday not in {str(day) for day in _WORKING_WEEK}:
        form.refuse("weekday", _("Når påminnelsene kommer må være et av valgene"))
    quiet_from = form.day("quiet_from", _("Stille fra"), required=False)
    quiet_until = form.day("quiet_until", _("Stille til og med"), required=False)
    if (quiet_from is None) != (quiet_until is None) and not form.problems:
        form.refuse("quiet_until", _("Stille fra og stille til må fylles ut sammen"))
    if quiet_from and quiet_until:
        if quiet_until < max(quiet_from, current_today()):
            form.refuse("quiet_until", _("Stille til og med må være i dag eller senere"))
        elif (quiet_until - quiet_from).days > _LONGEST_QUIET:
            form.refuse("quiet_until", _("Stille til og med kan være høyst et halvt år fram"))
    mobile = _mobile(form)
    if form.problems:
        return None
    return Preferences(
        digest_weekday=int(weekday) if weekday else None,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        texts_to=mobile,
    )


def _mobile(form: Form) -> str | None:
    if current_parts().settings.sms_mail_domain is None or not form.ticked("texts"):
        return None
    number = mobile_number(form.line("mobile", _("Mobilnummer på jobb"), longest=20))
    if number is None and not form.problem("mobile"):
        form.refuse("mobile", _("Mobilnummer på jobb må være et norsk mobilnummer med åtte sifre"))
    return number


def _page(form: Form) -> str:
    return render_template(
        "pages/preferences.html",
        form=form,
        weekdays=[
            # The first Monday of a year that begins the working week with it.
            (str(day), weekday_name(date(2027, 1, 4 + day), current_language()))
            for day in _WORKING_WEEK
        ],
        has_texts=current_parts().settings.sms_mail_domain is not None,
    )
