"""Where the link in an invitation leads: two buttons, no log-in, and nothing before one is used."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.usecases.invitations.answer_link import (
    AnswerLinkSpentError,
    Asked,
    answer_by_link,
    asked_by_link,
)
from scheduler.usecases.meetings import Answer, MeetingChangedError
from web.current import current_now
from web.forms import Form
from web.language import gettext as _
from web.parts import current_parts

__all__ = ["answer"]

answer = Blueprint("answer", __name__)


@answer.get("/svar/<token>")
def show(token: str) -> ResponseReturnValue:
    """Ask; nothing is answered, since programs that scan mail follow links."""
    try:
        with current_parts().database.read() as session:
            asked = asked_by_link(session, token, now=current_now())
    except AnswerLinkSpentError:
        return _spent()
    return _page(asked, is_saved=False)


@answer.post("/svar/<token>")
def give(token: str) -> ResponseReturnValue:
    """Keep the answer; no reason is asked for (privacy rule 5).

    One from a page that showed another time is asked for again.
    """
    given = Form(request.form).choice("answer", _("Svar"), Answer)
    sequence = request.form.get("sequence", type=int)
    try:
        with current_parts().database.write() as session:
            if given is None:
                asked = asked_by_link(session, token, now=current_now())
                return _page(asked, is_saved=False), 422
            try:
                asked = answer_by_link(session, token, given, sequence=sequence, now=current_now())
            except MeetingChangedError:
                asked = asked_by_link(session, token, now=current_now())
                return _page(asked, is_saved=False, was_changed=True), 409
    except AnswerLinkSpentError:
        return _spent()
    return _page(asked, is_saved=True)


def _page(asked: Asked, *, is_saved: bool, was_changed: bool = False) -> str:
    return render_template(
        "pages/answer.html", asked=asked, is_saved=is_saved, was_changed=was_changed
    )


def _spent() -> ResponseReturnValue:
    return render_template("pages/answer_spent.html"), 410
