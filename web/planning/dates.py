"""The year's meetings as they stand, and the forms that set a date by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import MeetingState
from scheduler.planning import say_reason
from scheduler.store.tables import Municipality
from scheduler.usecases.year.by_hand import (
    HandDate,
    NotAdjustableError,
    add_by_hand,
    let_date_go,
    remove_by_hand,
    set_by_hand,
)
from scheduler.usecases.year.closed_days import closed_spans
from scheduler.usecases.year.series_choice import series_of
from scheduler.usecases.year.standing import YearMeeting, year_meetings
from web.current import current_now, current_today
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import the_access
from web.pages.reading import current_holidays_of
from web.pages.words import closed_name
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    row_of,
    visible_slugs,
)
from web.planning.words import meeting_words

__all__ = [
    "add_date",
    "change_date",
    "date_form",
    "date_removal",
    "dates",
    "free_date",
    "new_date",
    "remove_date",
]


class _Step(Protocol):
    def __call__(
        self,
        session: Session,
        municipality: Municipality,
        meeting_id: int,
        *,
        sequence: int,
        now: datetime,
        actor_id: int | None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class MonthOfMeetings:
    """The meetings of one month."""

    first: date
    meetings: tuple[YearMeeting, ...]


@planning.get("/<period>/datoer")
@planning_page
def dates(place: Place) -> ResponseReturnValue:
    """Show the year's meetings by month, with what can be done to each."""
    language = current_language()
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        meetings = [
            one
            for one in year_meetings(database, place.municipality.id, place.period)
            if one.forum in slugs
        ]
    months: dict[date, list[YearMeeting]] = {}
    for one in meetings:
        months.setdefault(one.held_on.replace(day=1), []).append(one)
    return page(
        "dates",
        place,
        months=[MonthOfMeetings(first, tuple(found)) for first, found in sorted(months.items())],
        proposed=sum(one.state is MeetingState.PROPOSED for one in meetings),
        say=lambda reason: say_reason(reason, language, visible=slugs),
        meeting_words=meeting_words,
        today=current_today(),
    )


@planning.get("/<period>/datoer/<int:meeting_id>")
@planning_page
def date_form(place: Place, meeting_id: int) -> ResponseReturnValue:
    """Ask for another date of an unpublished meeting."""
    found = _find(place, meeting_id)
    form = Form(
        {
            "held_on": found.held_on.isoformat(),
            "starts": f"{found.starts:%H:%M}",
            "ends": f"{found.ends:%H:%M}",
            "place": "" if found.level.is_case else found.place or "",
            "sequence": str(found.sequence),
        }
    )
    return page("date_form", place, meeting=found, form=form, warnings=[])


@planning.post("/<period>/datoer/<int:meeting_id>")
@planning_page
def change_date(place: Place, meeting_id: int) -> ResponseReturnValue:
    """Set the date by hand; one that collides with something is asked about once."""
    found = _find(place, meeting_id)
    form = Form(request.form)
    at = _read(place, form)
    sequence = form.number("sequence", _("Møtets versjon"), least=0, most=100_000)
    if at is not None and at.held_on < current_today():
        form.refuse("held_on", _("Dato kan ikke være før i dag"))
    if at is None or sequence is None or form.problems:
        return page("date_form", place, meeting=found, form=form, warnings=[]), 422
    warnings = _warnings(place, at, but=meeting_id)
    if warnings and not form.ticked("confirmed"):
        return page("date_form", place, meeting=found, form=form, warnings=warnings)
    try:
        with current_parts().database.write() as database:
            set_by_hand(
                database,
                row_of(database, place),
                meeting_id,
                at,
                sequence=sequence,
                now=current_now(),
                actor_id=the_access().person.id,
            )
    except NotAdjustableError:
        return _changed(place)
    flash(_("Datoen er satt. Den står også når du lager et nytt forslag."))
    return redirect(path_to("dates", place), 303)


@planning.post("/<period>/datoer/<int:meeting_id>/slipp")
@planning_page
def free_date(place: Place, meeting_id: int) -> ResponseReturnValue:
    """Let proposals move the meeting again."""
    return _step(place, meeting_id, let_date_go, _("Neste forslag kan flytte møtet igjen."))


@planning.get("/<period>/datoer/<int:meeting_id>/fjern")
@planning_page
def date_removal(place: Place, meeting_id: int) -> ResponseReturnValue:
    """Show which meeting would be taken out of the year."""
    found = _find(place, meeting_id)
    if not found.set_by_hand:
        abort(404)
    return page("date_remove", place, meeting=found)


@planning.post("/<period>/datoer/<int:meeting_id>/fjern")
@planning_page
def remove_date(place: Place, meeting_id: int) -> ResponseReturnValue:
    """Take out an unpublished meeting that was set by hand."""
    return _step(place, meeting_id, remove_by_hand, _("Møtet er tatt bort."))


@planning.get("/<period>/datoer/nytt")
@planning_page
def new_date(place: Place) -> ResponseReturnValue:
    """Ask for one more meeting, or for one that has been held already."""
    return _new(place, Form())


@planning.post("/<period>/datoer/nytt")
@planning_page
def add_date(place: Place) -> ResponseReturnValue:
    """Add the meeting."""
    form = Form(request.form)
    series = form.line("series", _("Forum"))
    at = _read(place, form)
    if series and series not in {key for key, _name in _choices(place)}:
        form.refuse("series", _("Forum må være et av valgene"))
    if at is None or form.problems:
        return _new(place, form), 422
    with current_parts().database.write() as database:
        add_by_hand(
            database,
            row_of(database, place),
            place.period,
            series,
            at,
            now=current_now(),
            today=current_today(),
            actor_id=the_access().person.id,
        )
    held = at.held_on < current_today()
    flash(_("Møtet er lagt inn som holdt.") if held else _("Møtet er lagt inn."))
    return redirect(path_to("dates", place), 303)


def _new(place: Place, form: Form) -> str:
    return page("date_new", place, form=form, series=_choices(place))


def _choices(place: Place) -> list[tuple[str, str]]:
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        found = series_of(database, place.municipality.id)
    return [(one.key, one.name) for one in found if one.forum in slugs]


def _find(place: Place, meeting_id: int) -> YearMeeting:
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        meetings = year_meetings(database, place.municipality.id, place.period)
    for one in meetings:
        if one.id == meeting_id and one.forum in slugs:
            return one if one.state is MeetingState.PROPOSED else abort(409)
    return abort(404)


def _read(place: Place, form: Form) -> HandDate | None:
    held_on = form.day("held_on", _("Dato"))
    starts = form.clock("starts", _("Starter"))
    ends = form.clock("ends", _("Slutter"))
    where = form.line("place", _("Sted"), required=False, longest=200)
    if held_on is None or starts is None or ends is None:
        return None
    if not place.period.starts_on <= held_on <= place.period.ends_on:
        form.refuse("held_on", _("Dato må være i perioden som planlegges"))
    if ends <= starts:
        form.refuse("ends", _("Slutter må være etter at møtet starter"))
    return HandDate(held_on=held_on, starts=starts, ends=ends, place=where or None)


def _warnings(place: Place, at: HandDate, *, but: int) -> list[str]:
    """Return what a person should know before the date is set; it may be set all the same."""
    with current_parts().database.read() as database:
        spans = closed_spans(database, place.municipality.id, place.period, current_holidays_of())
        meetings = year_meetings(database, place.municipality.id, place.period)
        slugs = visible_slugs(database, place)
    warnings = [
        _("Dagen er møtefri: %(name)s.", name=closed_name(span.name))
        for span in spans
        if span.starts_on <= at.held_on <= span.ends_on
    ]
    if at.held_on.isoweekday() > 5:
        warnings.append(_("Dagen er i en helg."))
    others = [
        one.name
        for one in meetings
        if one.id != but
        and one.forum in slugs
        and one.state is not MeetingState.CANCELLED
        and one.held_on == at.held_on
        and one.starts < at.ends
        and at.starts < one.ends
    ]
    warnings += [_("%(name)s møtes på samme tid.", name=name) for name in others]
    return warnings


def _step(place: Place, meeting_id: int, step: _Step, told: str) -> ResponseReturnValue:
    _find(place, meeting_id)
    sequence = Form(request.form).number("sequence", "", least=0, most=100_000)
    try:
        with current_parts().database.write() as database:
            step(
                database,
                row_of(database, place),
                meeting_id,
                sequence=-1 if sequence is None else sequence,
                now=current_now(),
                actor_id=the_access().person.id,
            )
    except NotAdjustableError:
        return _changed(place)
    flash(told)
    return redirect(path_to("dates", place), 303)


def _changed(place: Place) -> ResponseReturnValue:
    return page("changed", place), 409
