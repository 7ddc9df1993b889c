"""The forums and how often they meet; a rhythm the plan does not give is chosen here."""

from __future__ import annotations

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.domain.cadence import Ambiguity, Cadence, CadenceKind, read
from scheduler.language.rhythm_words import say_ambiguity, say_problem
from scheduler.planning import say_reason
from scheduler.usecases.open_questions import open_questions
from scheduler.usecases.year.rhythms import ForumRhythm, choose_rhythm, forum_rhythms
from web.current import current_now, current_today
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import the_access
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    page,
    path_to,
    planning,
    planning_page,
    read_planned,
    row_of,
    visible_slugs,
)

__all__ = ["change_rhythm", "forums", "rhythm"]

_GIVES_DATES = (CadenceKind.RECURRENCE, CadenceKind.ON_DEMAND)


@planning.get("/<period>/forum")
@planning_page
def forums(place: Place) -> ResponseReturnValue:
    """List the forums with their rhythm, those that need a choice first."""
    language = current_language()
    with current_parts().database.read() as database:
        planned = read_planned(database, place)
        slugs = visible_slugs(database, place)
        # A year that cannot be planned yet has its forums all the same.
        found = forum_rhythms(database, row_of(database, place), planned.year)
        unsettled = len(open_questions(database, place.municipality.id, today=current_today()))
    return page(
        "forums",
        place,
        unsettled=unsettled,
        rhythms=[one for one in found if one.slug in slugs],
        say=lambda reason: say_reason(reason, language, visible=slugs),
    )


@planning.get("/<period>/forum/<slug>")
@planning_page
def rhythm(place: Place, slug: str) -> ResponseReturnValue:
    """Ask how often a forum meets."""
    found = _find(place, slug)
    form = Form({"words": found.chosen_words or ""})
    return page("rhythm", place, forum=found, form=form, doubts=[])


@planning.post("/<period>/forum/<slug>")
@planning_page
def change_rhythm(place: Place, slug: str) -> ResponseReturnValue:
    """Keep how often a forum meets; words that can be read in two ways are shown first."""
    found = _find(place, slug)
    form = Form(request.form)
    language = current_language()
    words = form.line("words", _("Hvor ofte"), longest=120)
    anchor_on = form.day("anchor_on", _("Sist gjort"), required=False)
    cadence, doubts = _read(form, words)
    if cadence is None or form.problems:
        return page("rhythm", place, forum=found, form=form, doubts=[]), 422
    if doubts and not form.ticked("confirmed"):
        said = [say_ambiguity(doubt, language) for doubt in doubts]
        return page("rhythm", place, forum=found, form=form, doubts=said)
    with current_parts().database.write() as database:
        choose_rhythm(
            database,
            row_of(database, place),
            slug,
            words,
            cadence,
            anchor_on=anchor_on,
            now=current_now(),
            actor_id=the_access().person.id,
        )
    flash(_("%(name)s har fått en rytme: %(words)s.", name=found.name, words=words))
    return redirect(path_to("forums", place), 303)


def _find(place: Place, slug: str) -> ForumRhythm:
    with current_parts().database.read() as database:
        planned = read_planned(database, place)
        if slug not in visible_slugs(database, place):
            abort(404)
        found = forum_rhythms(database, row_of(database, place), planned.year)
    return next((one for one in found if one.slug == slug), None) or abort(404)


def _read(form: Form, words: str) -> tuple[Cadence | None, list[Ambiguity]]:
    """Read the words; the field's problem says why they are no rhythm."""
    if not words:
        return None, []
    reading = read(words)
    if reading.problems:
        said = [say_problem(problem, current_language()) for problem in reading.problems]
        form.refuse("words", f"{_('Hvor ofte')}: {' '.join(said)}")
        return None, []
    if reading.cadence.kind not in _GIVES_DATES:
        form.refuse("words", _("Hvor ofte må si hvor mange ganger, som «4 ganger i året»"))
        return None, []
    return reading.cadence, [reading.ambiguity] if reading.ambiguity else []
