"""Do the proposed dates fit? One person's page of a round, by the link in a mail or logged in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.usecases.date_rounds.answers import (
    AnswerPage,
    OpenRound,
    answer_page,
    open_rounds_of,
    page_of_link,
    save_answers,
)
from scheduler.usecases.date_rounds.errors import NotAskedError, RoundStateError
from web.current import current_access, current_now, current_today
from web.language import LANGUAGE_COOKIE, choose_language, ngettext
from web.language import gettext as _
from web.login.required import login_required, the_access
from web.parts import current_parts
from web.row_ids import row_id

__all__ = ["date_round"]

date_round = Blueprint("date_round", __name__)

_Look = Callable[[Session], AnswerPage]


@date_round.get("/runde/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show the dates; nothing is kept, since programs that scan mail follow links."""
    return _show(lambda session: page_of_link(session, token, today=current_today()))


@date_round.post("/runde/<token>")
def answer(token: str) -> ResponseReturnValue:
    """Keep which dates do not fit."""
    return _answer(
        lambda session: page_of_link(session, token, today=current_today()),
        url_for("date_round.show", token=token),
    )


@date_round.get("/mine-datoer/<int:round_id>")
@login_required
def own(round_id: int) -> ResponseReturnValue:
    """Show the same page to the person who is logged in."""
    return _show(_of_person(round_id))


@date_round.post("/mine-datoer/<int:round_id>")
@login_required
def answer_own(round_id: int) -> ResponseReturnValue:
    """Keep which dates do not fit the person who is logged in."""
    return _answer(_of_person(round_id), url_for("date_round.own", round_id=round_id))


@date_round.app_template_global("rounds_to_answer")
def rounds_to_answer() -> tuple[OpenRound, ...]:
    """Return the rounds that the person who is logged in can answer."""
    access = current_access()
    if access is None:
        return ()
    with current_parts().database.read() as session:
        return open_rounds_of(session, access.person.id, today=current_today())


def _of_person(round_id: int) -> _Look:
    person_id = the_access().person.id
    return lambda session: answer_page(session, round_id, person_id, today=current_today())


def _show(look: _Look) -> ResponseReturnValue:
    try:
        with current_parts().database.read() as session:
            page = look(session)
    except NotAskedError:
        return _spent()
    _in_words_of(page)
    return _render(page)


def _answer(look: _Look, path: str) -> ResponseReturnValue:
    try:
        unfit = {
            row_id(name.removeprefix("dato_"))
            for name, value in request.form.items()
            if name.startswith("dato_") and value == "nei"
        }
    except ValueError:
        abort(400)
    try:
        with current_parts().database.write() as session:
            page = look(session)
            count = save_answers(session, page, unfit, now=current_now())
    except NotAskedError:
        return _spent()
    except RoundStateError:
        with current_parts().database.read() as session:
            page = look(session)
        _in_words_of(page)
        return _render(page), 409
    _in_words_of(page)
    flash(
        ngettext(
            "Takk! Svaret er lagret: %(num)d dato passer ikke.",
            "Takk! Svaret er lagret: %(num)d datoer passer ikke.",
            count,
        )
        if count
        else _("Takk! Svaret er lagret: alle datoene passer.")
    )
    return redirect(path, 303)


def _render(page: AnswerPage) -> str:
    return render_template("pages/date_round.html", page=page)


def _in_words_of(page: AnswerPage) -> None:
    """Show a stranger the page in the written form that the mail was in, unless they chose one."""
    chosen = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if current_access() is None and not chosen:
        choose_language(page.language)


def _spent() -> ResponseReturnValue:
    return render_template("pages/date_round_spent.html"), 410
