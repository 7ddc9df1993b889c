"""Where a link in a mail leads: the page says what it will do, and a button does it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.domain.snapshots import DutySnapshot
from scheduler.usecases.pages.mailed_action import duty_of_link
from scheduler.usecases.reminders import (
    Action,
    DutyStateError,
    LinkSpentError,
    MailedAction,
    NotAHolderError,
    WhoError,
    action_of_link,
    use_action_link,
)
from web.current import current_now
from web.forms import Form
from web.language import gettext as _
from web.pages.duties import archive_link
from web.pages.words import finish_words, title_of_duty
from web.parts import current_parts

__all__ = ["action"]

action = Blueprint("action", __name__)


@action.get("/handling/<token>")
def show(token: str) -> ResponseReturnValue:
    """Say what the link will do; nothing is done, since programs that scan mail follow links."""
    try:
        with current_parts().database.read() as session:
            mailed = action_of_link(session, token, now=current_now())
            duty = duty_of_link(session, mailed)
    except LinkSpentError:
        return _spent()
    return _page(mailed, duty, Form())


@action.post("/handling/<token>")
def act(token: str) -> ResponseReturnValue:
    """Do what the link is for."""
    form = Form(request.form)
    try:
        with current_parts().database.write() as session:
            mailed = action_of_link(session, token, now=current_now())
            duty = duty_of_link(session, mailed)
            link = archive_link(form, duty)
            if form.problems:
                return _page(mailed, duty, form), 422
            use_action_link(
                session, token, now=current_now(), link=link, person_id=_who(form, mailed)
            )
    except (LinkSpentError, DutyStateError, NotAHolderError):
        return _spent()
    except WhoError:
        form.refuse("who", _("Hvem du er må velges"))
        return _page(mailed, duty, form), 422
    return render_template(
        "pages/action_done.html", action=mailed.action, title=_title(mailed, duty)
    )


def _who(form: Form, mailed: MailedAction) -> int | None:
    """Return who of several says that they follow the link."""
    said = form.value("who")
    return next((each.person_id for each in mailed.readers if str(each.person_id) == said), None)


def _page(mailed: MailedAction, duty: DutySnapshot, form: Form) -> str:
    return render_template(
        "pages/action.html",
        duty=duty,
        title=_title(mailed, duty),
        action=mailed.action,
        is_done=mailed.action is Action.DONE,
        # A mail that went to several cannot know who of them came.
        people=[(str(each.person_id), each.name) for each in mailed.readers]
        if mailed.person_id is None
        else [],
        button=finish_words(duty) or _("Ferdig"),
        finished=not duty.is_unfinished,
        form=form,
    )


def _title(mailed: MailedAction, duty: DutySnapshot) -> str:
    # Every reminder can be gathered, also one that did not say which forum it was about to
    # somebody without a seat in it (privacy rule 4).
    return _("Samle påminnelsene") if mailed.action is Action.WEEKLY_ONLY else title_of_duty(duty)


def _spent() -> ResponseReturnValue:
    return render_template("pages/action_spent.html"), 410
