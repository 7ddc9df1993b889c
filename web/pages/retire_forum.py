"""The page that takes a forum out of use: what falls away and who hears, said before it is done."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases import retiring
from scheduler.usecases.retiring import CalledOff
from scheduler.usecases.visibility import Selection, visible_forums, visible_seats
from web.current import current_now, current_today
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import login_required, the_access, the_municipality
from web.pages.mail_words import said_cancellation
from web.pages.reading import current_holidays_of, read_as
from web.parts import current_parts
from web.planning.only_looking import only_look

__all__ = ["retire_forum"]

retire_forum = Blueprint("retire_forum", __name__)

_PATH = "/<municipality>/forum/<slug>/ta-ut-av-bruk"


@retire_forum.get(_PATH)
@login_required
def ask(municipality: str, slug: str) -> ResponseReturnValue:
    """Show what taking the forum out of use would do."""
    found = _find(slug)
    called_off = _look(found)
    return _page(municipality, found, called_off)


@retire_forum.post(_PATH)
@login_required
def retire(municipality: str, slug: str) -> ResponseReturnValue:
    """Take the forum out of use; where more or less falls away than was shown, look again first."""
    found = _find(slug)
    looked = _look(found)
    if Form(request.form).value("shown") != _shown(found, looked):
        return _page(municipality, found, looked, look_again=True), 409
    with current_parts().database.write() as session:
        called_off = _retire(session, found)
    text = _("%(name)s er tatt ut av bruk.", name=found.name)
    if called_off:
        text += " " + ngettext(
            "%(num)d møte er avlyst.", "%(num)d møter er avlyst.", len(called_off)
        )
    flash(text)
    return redirect(url_for("forum.index", municipality=municipality), 303)


@retire_forum.app_context_processor
def _for_the_forum_page() -> dict[str, object]:
    """Let the forum's page know whether to show the way here."""
    return {"may_retire_forum": _may_retire}


def _may_retire(found: ForumSnapshot) -> bool:
    # Every date of a case-level forum is for its planner alone (privacy rule 4).
    access, place = the_access(), found.municipality_id
    return access.may_plan(place) or (access.may_administer(place) and not found.level.is_case)


def _find(slug: str) -> ForumSnapshot:
    """Return the forum if the reader may know of it and take it out of use."""
    place = the_municipality()
    with read_as() as (session, reader):
        forums = visible_forums(session, reader.viewer, Selection(municipality_id=place.id))
    found = next((one for one in forums if one.slug == slug), None)
    if found is None:
        abort(404)
    if not _may_retire(found):
        abort(403)
    return found


def _look(found: ForumSnapshot) -> tuple[CalledOff, ...]:
    return only_look(current_parts().database, lambda session: _retire(session, found))


def _retire(session: Session, found: ForumSnapshot) -> tuple[CalledOff, ...]:
    called_off = retiring.retire_forum(
        session,
        found.id,
        today=current_today(),
        now=current_now(),
        holidays_of=current_holidays_of(),
        actor_id=the_access().person.id,
    )
    if called_off is None:
        abort(409)
    return called_off


def _shown(found: ForumSnapshot, called_off: tuple[CalledOff, ...]) -> str:
    """Return in short what the page says, so that nothing else is done than what it says."""
    counts = [len(called_off)]
    if not found.level.is_case:
        mails = [one.mails for one in called_off]
        counts += [sum(one.duties for one in called_off)]
        counts += [sum(one.one_each + one.invitations + one.rooms for one in mails)]
    return "-".join(str(count) for count in counts)


def _page(
    municipality: str,
    found: ForumSnapshot,
    called_off: tuple[CalledOff, ...],
    *,
    look_again: bool = False,
) -> str:
    seats: tuple[str, ...] = ()
    if not found.level.is_case:
        with read_as() as (session, reader):
            seats = tuple(
                dict.fromkeys(
                    seat.position_title for seat in visible_seats(session, reader.viewer, found.id)
                )
            )
    return render_template(
        "pages/retire_forum.html",
        forum=found,
        slug=municipality,
        called_off=called_off,
        only_dates=found.level.is_case,
        positions=seats,
        said_cancellation=said_cancellation,
        shown=_shown(found, called_off),
        look_again=look_again,
    )
