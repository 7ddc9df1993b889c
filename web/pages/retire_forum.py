"""The page that takes a forum out of use: what falls away and who hears, said before it is done."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases import retiring
from scheduler.usecases.retiring import CalledOff, RetiredForum
from scheduler.usecases.visibility import visible_seats
from web.current import current_now, current_today
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import login_required, the_access, the_municipality
from web.pages.mail_words import said_cancellation
from web.pages.reading import current_holidays_of, read_as, visible_forum
from web.parts import current_parts
from web.planning.only_looking import only_look

__all__ = ["retire_forum"]

retire_forum = Blueprint("retire_forum", __name__)

_PATH = "/<municipality>/forum/<slug>/ta-ut-av-bruk"


class _OtherwiseThanShownError(Exception):
    """Takes back what was done, since it is not what the page had said."""

    def __init__(self, called_off: tuple[CalledOff, ...]) -> None:
        super().__init__()
        self.called_off = called_off


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
    """Take the forum out of use; where more or less falls away than was shown, look again first.

    A second click finds it out of use, and is told the same as the first.
    """
    gone = _already_retired(slug)
    if gone is not None:
        return _done(municipality, gone.name)
    found = _find(slug)
    try:
        with current_parts().database.write() as session:
            called_off = _retire(session, found)
            if called_off is None:
                return _done(municipality, found.name)
            if Form(request.form).value("shown") != _shown(found, called_off):
                raise _OtherwiseThanShownError(called_off)
    except _OtherwiseThanShownError as now:
        return _page(municipality, found, now.called_off, look_again=True), 409
    return _done(municipality, found.name, len(called_off))


@retire_forum.app_context_processor
def _for_the_forum_page() -> dict[str, object]:
    """Let the forum's page know whether to show the way here."""
    return {"may_retire_forum": _may_retire}


def _may_retire(found: ForumSnapshot | RetiredForum) -> bool:
    # Every date of a case-level forum is for its planner alone (privacy rule 4).
    access, place = the_access(), found.municipality_id
    return access.may_plan(place) or (access.may_administer(place) and not found.level.is_case)


def _find(slug: str) -> ForumSnapshot:
    """Return the forum if the reader may know of it and take it out of use."""
    found = visible_forum(slug)
    if not _may_retire(found):
        abort(403)
    return found


def _already_retired(slug: str) -> RetiredForum | None:
    """Return the forum if it is out of use and the reader could have taken it out."""
    with current_parts().database.read() as session:
        gone = retiring.retired_forum(session, the_municipality().id, slug)
    return gone if gone is not None and _may_retire(gone) else None


def _done(municipality: str, name: str, meetings: int = 0) -> ResponseReturnValue:
    text = _("%(name)s er tatt ut av bruk.", name=name)
    if meetings:
        text += " " + ngettext("%(num)d møte er avlyst.", "%(num)d møter er avlyst.", meetings)
    flash(text)
    return redirect(url_for("forum.index", municipality=municipality), 303)


def _look(found: ForumSnapshot) -> tuple[CalledOff, ...]:
    called_off = only_look(current_parts().database, lambda session: _retire(session, found))
    if called_off is None:
        abort(404)
    return called_off


def _retire(session: Session, found: ForumSnapshot) -> tuple[CalledOff, ...] | None:
    return retiring.retire_forum(
        session,
        found.id,
        today=current_today(),
        now=current_now(),
        holidays_of=current_holidays_of(),
        actor_id=the_access().person.id,
    )


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
