"""When dates are lost: which, and the least change that mends it, looked at before it is made."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.planning import Change, DaySolver, Replan, say_reason
from scheduler.usecases.year.replan_year import (
    LostDates,
    Replanned,
    Replanning,
    apply_replan,
    read_replanning,
    replanned,
    shown_digest,
    who_is_affected,
)
from scheduler.usecases.year.series_choice import series_of
from scheduler.usecases.year.standing import YearMeeting, year_meetings
from web.current import current_now, current_today
from web.forms import Form
from web.language import current_language, ngettext
from web.language import gettext as _
from web.login.required import the_access
from web.pages.reading import current_holidays_of
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    members_only_slugs,
    page,
    path_to,
    planning,
    planning_page,
    row_of,
    visible_slugs,
)
from web.planning.only_looking import only_look
from web.planning.words import meeting_words
from web.row_ids import row_id

__all__ = ["lost_form", "mend", "preview_mending", "show_mending"]

_GONE = (MeetingState.CANCELLED, MeetingState.HELD)


@planning.get("/<period>/nye-datoer")
@planning_page
def lost_form(place: Place) -> ResponseReturnValue:
    """Ask which dates cannot be used; what lies on closed days is found without asking."""
    return _ask(place, Form())


@planning.post("/<period>/nye-datoer")
@planning_page
def preview_mending(place: Place) -> ResponseReturnValue:
    """Show old and new dates, who is affected, and how many mails there will be."""
    form = Form(request.form)
    lost = _read(form)
    if lost is None:
        return _ask(place, form), 422
    return show_mending(place, lost, form, back=path_to("lost_form", place))


def show_mending(place: Place, lost: LostDates, form: Form, *, back: str) -> str:
    """Return the page with old and new dates; `back` is where something else can be chosen."""
    asked, found = _solve(place, lost)
    language = current_language()
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        uncounted = members_only_slugs(database, place)
        counted = replace(
            found, changes=tuple(one for one in found.changes if _forum_of(one) not in uncounted)
        )
        titles, people = who_is_affected(database, counted, today=current_today())
        names = {one.key: one.name for one in series_of(database, place.municipality.id)}
    looked = _look(place, asked, found)
    by_id = {str(one.id): one for one in asked.meetings}
    return page(
        "mend",
        place,
        back=back,
        form=form,
        meeting_ids=sorted(lost.meeting_ids),
        forums=sorted(lost.forums),
        digest=shown_digest(asked, found),
        changes=[
            (
                by_id[change.standing.id],
                change,
                [say_reason(reason, language, visible=slugs) for reason in change.meeting.reasons],
            )
            for change in found.changes
            if change.standing is not None
            and change.meeting is not None
            and change.standing.forum in slugs
        ],
        unmet=[
            (
                names.get(f"{one.forum}@{one.unit}" if one.unit else one.forum, one.forum),
                [say_reason(reason, language, visible=slugs) for reason in one.reasons],
            )
            for one in found.unmet
            if one.forum in slugs
        ],
        titles=titles,
        people=people,
        only_dates=len(counted.changes) < len(found.changes),
        is_published=any(
            by_id[one.standing.id].state in EXPECTED_STATES
            for one in found.changes
            if one.standing is not None
        ),
        looked=looked,
        meeting_words=meeting_words,
    )


@planning.post("/<period>/nye-datoer/bruk")
@planning_page
def mend(place: Place) -> ResponseReturnValue:
    """Move the meetings, if the change is still the one that was shown."""
    form = Form(request.form)
    lost = _read(form)
    if lost is None:
        return _ask(place, form), 422
    asked, found = _solve(place, lost)
    if form.value("digest") != shown_digest(asked, found) or not found.changes:
        return page("changed", place), 409
    with current_parts().database.write() as database:
        uncounted = members_only_slugs(database, place)
        done = _apply(database, place, asked, found)
    said = [ngettext("%(num)d møte er flyttet.", "%(num)d møter er flyttet.", done.moved)]
    # One mail a person: with one for members alone among them, the number would count those.
    if not any(_forum_of(one) in uncounted for one in found.changes):
        said.append(ngettext("%(num)d e-post går ut.", "%(num)d e-poster går ut.", done.mails))
    flash(" ".join(said))
    return redirect(path_to("dates", place), 303)


def _read(form: Form) -> LostDates | None:
    """Read what is lost; nothing at all means what lies on closed days."""
    from_on = form.day("from_on", _("Fra og med"), required=False)
    until_on = form.day("until_on", _("Til og med"), required=False)
    if from_on and not until_on and not form.problems:
        until_on = from_on
    if until_on and not from_on:
        form.refuse("from_on", _("Fra og med må fylles ut"))
    if from_on and until_on and until_on < from_on:
        form.refuse("until_on", _("Til og med kan ikke være før fra og med"))
    try:
        chosen = {row_id(text) for text in request.form.getlist("meeting")}
    except ValueError:
        abort(400)
    if form.problems:
        return None
    return LostDates(
        meeting_ids=frozenset(chosen),
        from_on=from_on,
        until_on=until_on,
        forums=frozenset(text for text in request.form.getlist("forum") if text),
    )


def _solve(place: Place, lost: LostDates) -> tuple[Replanning, Replan]:
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        if lost.forums - slugs:
            abort(404)
        asked = read_replanning(
            database,
            place.municipality.slug,
            place.period,
            LostDates(
                meeting_ids=frozenset(
                    one.id
                    for one in year_meetings(database, place.municipality.id, place.period)
                    if one.id in lost.meeting_ids and one.forum in slugs
                ),
                from_on=lost.from_on,
                until_on=lost.until_on,
                forums=lost.forums,
            ),
            today=current_today(),
            holidays_of=current_holidays_of(),
        )
    with DaySolver() as solver:
        return asked, replanned(asked, solver)


def _look(place: Place, asked: Replanning, found: Replan) -> Replanned | None:
    """Make the change and take it back: the numbers are those of the real thing."""
    if not found.changes:
        return None
    return only_look(
        current_parts().database, lambda database: _apply(database, place, asked, found)
    )


def _apply(database: Session, place: Place, asked: Replanning, found: Replan) -> Replanned:
    return apply_replan(
        database,
        row_of(database, place),
        asked,
        found,
        now=current_now(),
        holidays_of=current_holidays_of(),
        actor_id=the_access().person.id,
    )


def _ask(place: Place, form: Form) -> str:
    chosen = {*request.form.getlist("meeting"), *request.args.getlist("mote")}
    with current_parts().database.read() as database:
        slugs = visible_slugs(database, place)
        meetings = [
            one
            for one in year_meetings(database, place.municipality.id, place.period)
            if one.forum in slugs and _may_move(one)
        ]
    asked, found = _solve(place, LostDates())
    on_closed = {change.standing.id for change in found.changes if change.standing is not None}
    forums = sorted({(one.forum_name, one.forum) for one in meetings})
    del asked
    return page(
        "lost",
        place,
        form=form,
        meetings=meetings,
        chosen=chosen,
        chosen_forums=set(request.form.getlist("forum")),
        forums=[(slug, name) for name, slug in forums],
        on_closed=[one for one in meetings if str(one.id) in on_closed],
        by_hand=[one for one in found.unmet if one.forum in slugs],
        meeting_words=meeting_words,
    )


def _forum_of(change: Change) -> str | None:
    return change.standing.forum if change.standing is not None else None


def _may_move(one: YearMeeting) -> bool:
    return one.held_on >= current_today() and one.state not in _GONE
