"""The annual wheel, and under it the same year as a table by month."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.language import month_name, say_day, short_month_name
from scheduler.domain.periods import Period
from scheduler.usecases.pages.year import Year, YearFilter, read_year
from web.language import current_language, gettext, ngettext
from web.login.required import login_required, the_municipality
from web.pages.periods import period_in_address, period_of_address
from web.pages.reading import current_holidays_of, read_as
from web.pages.wheel_content import month_id, months_of, wheel_content
from web.wheel import Drawing, draw_wheel

__all__ = ["wheel"]

wheel = Blueprint("wheel", __name__)


@wheel.get("/<municipality>/aarshjul")
@login_required
def index(municipality: str) -> ResponseReturnValue:
    """Show the period of today."""
    return _page(municipality, None)


@wheel.get("/<municipality>/aarshjul/<period>")
@login_required
def year(municipality: str, period: str) -> ResponseReturnValue:
    """Show one period."""
    return _page(municipality, period_of_address(period))


def _page(slug: str, period: Period | None) -> str:
    place = the_municipality()
    chosen = YearFilter(
        forum_slug=request.args.get("forum"),
        position_slug=request.args.get("stilling"),
        own="mine" in request.args,
        system_level=request.args.get("niva") == "system",
    )
    with read_as() as (session, reader):
        found = read_year(
            session,
            reader.viewer,
            place.id,
            period=period,
            chosen=chosen,
            holidays_of=current_holidays_of(),
        )
    content = wheel_content(found, reader.today)
    drawing = draw_wheel(content)
    return render_template(
        "pages/wheel.html",
        year=found,
        chosen=chosen,
        today=reader.today,
        months=months_of(found, reader.today),
        drawing=drawing,
        earlier=_address(slug, found.period.moved(-1)),
        later=_address(slug, found.period.moved(1)),
        earlier_label=found.period.moved(-1).label,
        later_label=found.period.moved(1).label,
        this_year=_address(slug, found.period),
        undated=[
            forum
            for forum in found.forums
            if not any(ring.ring.key == forum.slug for ring in drawing.rings)
        ],
        hub=_hub(found, reader.today),
        **_wheel_words(found, drawing, place.name),
    )


def _address(slug: str, period: Period) -> str:
    return url_for("wheel.year", municipality=slug, period=period_in_address(period))


def _hub(found: Year, today: date) -> list[str]:
    count = len(found.meetings)
    lines = [found.period.label, ngettext("%(num)d møte", "%(num)d møter", count)]
    if found.period.starts_on <= today <= found.period.ends_on:
        lines.append(gettext("I dag: %(day)s", day=say_day(today, current_language())))
        lines.append(gettext("uke %(number)s", number=today.isocalendar().week))
    return lines


def _wheel_words(found: Year, drawing: Drawing, place_name: str) -> dict[str, object]:
    language = current_language()
    numbers = [month.first.month for month in drawing.months]
    return {
        "wheel_title": gettext(
            "Årshjul for %(place)s %(period)s", place=place_name, period=found.period.label
        ),
        "wheel_description": gettext(
            "Et hjul der året går med klokka fra toppen. Hver ring er et forum, hver sirkel et "
            "møte med dagens tall. Tabellen på siden har det samme innholdet."
        ),
        "month_names": [month_name(number, language) for number in numbers],
        "short_months": [short_month_name(number, language) for number in numbers],
        "month_ids": [month_id(month.first) for month in drawing.months],
        "month_titles": [
            gettext("Gå til %(month)s i tabellen", month=month_name(number, language))
            for number in numbers
        ],
        "ring_labels": [
            ngettext("%(name)s: %(num)d møte", "%(name)s: %(num)d møter", count, name=name)
            for name, count in ((ring.ring.name, len(ring.marks)) for ring in drawing.rings)
        ],
        "deadlines_label": gettext("Frister"),
    }
