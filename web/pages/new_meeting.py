"""The page that adds a meeting to a forum by hand, said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.snapshots import ForumSnapshot
from scheduler.language.titles import duty_task
from scheduler.usecases.meetings.add_meeting import (
    AddedMeeting,
    AlreadyMeetsError,
    Series,
    add_meeting,
    may_add_meeting,
)
from scheduler.usecases.meetings.mails import ChangeMails
from scheduler.usecases.meetings.move_meeting import MeetingTime
from scheduler.usecases.meetings.new_meeting_preview import preview_new_meeting
from scheduler.usecases.pages.forum_units import ForumUnit, units_of_forum
from web.current import current_now
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.mail_words import said_mails
from web.pages.meeting import back_to_meeting
from web.pages.reading import (
    Reader,
    current_holidays_of,
    read_as,
    the_reader,
    visible_forum_in,
)
from web.pages.words import closed_name
from web.parts import current_parts
from web.planning.only_looking import only_look

__all__ = ["new_meeting"]

new_meeting = Blueprint("new_meeting", __name__)
_FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class _Place:
    """The forum, and those of its units that the reader may add a meeting for."""

    forum: ForumSnapshot
    units: Sequence[ForumUnit]


@new_meeting.get("/<municipality>/forum/<slug>/nytt-mote")
@login_required
def form_page(municipality: str, slug: str) -> ResponseReturnValue:
    """Ask when and where the meeting is."""
    place = _find(slug)
    return _page(municipality, place, Form(_first_values(place.forum)))


@new_meeting.post("/<municipality>/forum/<slug>/nytt-mote")
@login_required
def add(municipality: str, slug: str) -> ResponseReturnValue:
    """Show what the meeting brings with it; when that is confirmed, add it."""
    place = _find(slug)
    form = Form(request.form)
    series = _read_series(form, place)
    at = _read_time(form)
    if series is None or at is None or form.problems:
        return _page(municipality, place, form), 422
    if not form.ticked("confirmed"):
        return _preview(municipality, place, form, series, at)
    try:
        with current_parts().database.write() as session:
            added = _add(session, series, at)
    except AlreadyMeetsError:
        form.refuse("held_on", _("Dato og tid er opptatt: forumet har allerede et møte da"))
        return _page(municipality, place, form), 422
    if not added.is_shown:
        # Nobody, the reader no more than others, has the meeting's page before that.
        flash(_("Møtet er lagt til, og blir synlig når året publiseres."))
        return redirect(url_for("forum.show", municipality=municipality, slug=slug), 303)
    flash(_told(place, added.mails))
    return back_to_meeting(added.meeting_id)


@new_meeting.app_context_processor
def _for_the_forum_page() -> dict[str, object]:
    """Let the forum's page know whether to show the way here."""
    return {"may_add_meeting_to": _may_add_any}


def _may_add_any(found: ForumSnapshot) -> bool:
    with read_as() as (session, reader):
        units = units_of_forum(session, found.id)
        if not units:
            return _may_add(session, reader, found, None)
        return any(_may_add(session, reader, found, one.id) for one in units)


def _find(slug: str) -> _Place:
    """Return the forum if the reader may add a meeting to it, or to one of its series."""
    with read_as() as (session, reader):
        found = visible_forum_in(session, reader, slug)
        units = units_of_forum(session, found.id)
        own = [one for one in units if _may_add(session, reader, found, one.id)]
        if not own and (units or not _may_add(session, reader, found, None)):
            abort(403)
    return _Place(found, own)


def _may_add(session: Session, reader: Reader, found: ForumSnapshot, unit_id: int | None) -> bool:
    series = Series(municipality_id=found.municipality_id, forum_id=found.id, unit_id=unit_id)
    return may_add_meeting(session, reader.viewer, series)


def _first_values(found: ForumSnapshot) -> dict[str, str]:
    values = {"place": found.place or ""}
    if found.starts is not None:
        ends = datetime.combine(current_now(), found.starts) + timedelta(
            minutes=found.duration_minutes
        )
        values |= {"starts": f"{found.starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return values


def _read_series(form: Form, place: _Place) -> Series | None:
    unit = None
    if place.units:
        slug = form.line("unit", _("Enhet"))
        unit = next((one for one in place.units if one.slug == slug), None)
        if unit is None:
            if slug:
                form.refuse("unit", _("%(label)s må være et av valgene", label=_("Enhet")))
            return None
    return Series(
        municipality_id=place.forum.municipality_id,
        forum_id=place.forum.id,
        unit_id=unit.id if unit else None,
    )


def _read_time(form: Form) -> MeetingTime | None:
    held_on = form.day("held_on", _("Dato"))
    starts = form.clock("starts", _("Starter"))
    ends = form.clock("ends", _("Slutter"))
    place = form.line("place", _("Sted"), required=False, longest=200)
    if held_on is None or starts is None or ends is None:
        return None
    today = the_reader().today
    if held_on < today:
        form.refuse("held_on", _("Dato kan ikke være før i dag"))
    elif held_on > today + _FURTHEST:
        form.refuse("held_on", _("Dato er for langt fram"))
    if ends <= starts:
        form.refuse("ends", _("Slutter må være etter at møtet starter"))
    return MeetingTime(held_on=held_on, starts=starts, ends=ends, place=place or None)


def _add(session: Session, series: Series, at: MeetingTime) -> AddedMeeting:
    return add_meeting(
        session,
        series,
        at,
        now=current_now(),
        actor_id=the_reader().person_id,
        holidays_of=current_holidays_of(),
    )


def _preview(
    municipality: str, place: _Place, form: Form, series: Series, at: MeetingTime
) -> ResponseReturnValue:
    with read_as() as (session, _reader):
        preview = preview_new_meeting(
            session, series, at, now=current_now(), holidays_of=current_holidays_of()
        )
    try:
        mails = only_look(current_parts().database, lambda session: _add(session, series, at)).mails
    except AlreadyMeetsError:
        mails = ChangeMails()
    return _page(
        municipality,
        place,
        form,
        at=at,
        preview=preview,
        # Those who are named get the ordinary mail, or a calendar message in its place.
        mails=said_mails(replace(mails, one_each=0)),
        closed=[closed_name(name) for name in preview.closed],
    )


def _page(municipality: str, place: _Place, form: Form, **values: object) -> str:
    return render_template(
        "pages/new_meeting.html",
        slug=municipality,
        forum=place.forum,
        units=[(one.slug, one.name) for one in place.units],
        form=form,
        duty_task=lambda kind: duty_task(kind, current_language()),
        **{"preview": None, **values},
    )


def _told(place: _Place, mails: ChangeMails) -> str:
    # How many sit in a forum for its members alone is theirs (privacy rule 4).
    is_told = place.forum.by_seat or not place.forum.level.is_case
    return " ".join((_("Møtet er lagt til."), *(said_mails(mails) if is_told else ())))
