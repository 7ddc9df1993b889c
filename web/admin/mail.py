"""The mail queue: what is to go, what has gone, and what needs a person."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.domain.reminders import OutboxState
from scheduler.usecases.administration.mail_queue import (
    NEEDS_A_PERSON,
    mail_counts,
    mail_details,
    mail_lines,
)
from web.admin.blueprint import admin, the_acting, the_viewer
from web.admin.words import mail_words, state_words, step_words
from web.language import N_, gettext
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["letter", "mails"]

# What the address says, what the page calls it, and the states in it; the first comes unasked.
_VIEWS: dict[str, tuple[str, tuple[OutboxState, ...]]] = {
    "problemer": (N_("Trenger en person"), NEEDS_A_PERSON),
    "kommer": (
        N_("Skal sendes"),
        (OutboxState.SCHEDULED, OutboxState.LEASED, OutboxState.SENDING),
    ),
    "sendt": (N_("Sendt"), (OutboxState.SENT,)),
    "ikke-sendt": (
        N_("Ble ikke sendt"),
        (
            OutboxState.CANCELLED,
            OutboxState.HANDED_ON,
            OutboxState.MERGED,
            OutboxState.SKIPPED,
        ),
    ),
}


@admin.get("/e-post")
@role_required(Role.ADMINISTRATOR)
def mails(municipality: str) -> ResponseReturnValue:
    """List the mails of one view."""
    del municipality
    chosen = request.args.get("vis", "")
    chosen = chosen if chosen in _VIEWS else "problemer"
    with current_parts().database.read() as session:
        counts = mail_counts(session, the_acting(), the_viewer())
        lines = mail_lines(session, the_acting(), the_viewer(), _VIEWS[chosen][1])
    return render_template(
        "admin/mails.html",
        views=[
            (name, gettext(text), sum(counts[state] for state in states))
            for name, (text, states) in _VIEWS.items()
        ],
        chosen=chosen,
        lines=lines,
        mail_words=mail_words,
        state_words=state_words,
        step_words=step_words,
    )


@admin.get("/e-post/<int:mail_id>")
@role_required(Role.ADMINISTRATOR)
def letter(municipality: str, mail_id: int) -> ResponseReturnValue:
    """Show one mail with every step it took."""
    del municipality
    with current_parts().database.read() as session:
        details = mail_details(session, the_acting(), the_viewer(), mail_id)
    return render_template(
        "admin/letter.html",
        mail=details,
        mail_words=mail_words,
        state_words=state_words,
        step_words=step_words,
    )
