"""The mail queue: what is to go, what has gone, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import Role
from scheduler.domain.reminders import IN_HAND_STATES, REVIVABLE_STATES, OutboxState
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.administration.mail_page import mail_page
from scheduler.usecases.administration.mail_queue import (
    NEEDS_A_PERSON,
    leaves_some_out,
    mail_counts,
    mail_details,
)
from scheduler.usecases.administration.mend_mail import (
    allow_mail,
    mail_arrived,
    send_mail_again,
    stop_mail,
)
from scheduler.usecases.outbox.heartbeat import read_pulse
from scheduler.usecases.viewer import Viewer
from web.admin.blueprint import admin, the_acting, the_viewer
from web.admin.note_words import note_words
from web.admin.words import mail_words, state_words, step_words
from web.language import N_, gettext
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts
from web.row_ids import row_id

__all__ = ["allow", "arrived", "letter", "mails", "send_again", "stop"]


@dataclass(frozen=True, slots=True)
class _View:
    """Some of the mails: what the page calls them, their states, and what its columns say."""

    title: str
    states: tuple[OutboxState, ...]
    when: str
    about: str


# By what the address says; the first comes unasked.
_VIEWS: dict[str, _View] = {
    "problemer": _View(
        N_("Trenger en person"),
        NEEDS_A_PERSON,
        N_("Når"),
        N_("E-post som kom i retur, ble avvist, eller kanskje ikke kom fram."),
    ),
    "kommer": _View(
        N_("Skal sendes"),
        IN_HAND_STATES,
        N_("Sendes tidligst"),
        N_("Den neste først. Tidspunktet kan bli senere: påminnelser samles for mottakeren."),
    ),
    "sendt": _View(N_("Sendt"), (OutboxState.SENT,), N_("Sendt"), N_("Den sist sendte først.")),
    "ikke-sendt": _View(
        N_("Ble ikke sendt"),
        (OutboxState.SKIPPED,),
        N_("Skulle vært sendt"),
        N_("E-post som ingen fikk, og hvorfor. Se om noen må få beskjed på annen måte."),
    ),
    "trukket": _View(
        N_("Trukket tilbake"),
        # Another mail says the same as a merged one, or another one goes instead.
        (*REVIVABLE_STATES, OutboxState.MERGED),
        N_("Var satt opp til"),
        N_("E-post som ikke trengs lenger, og hvorfor. Ingen trenger å gjøre noe."),
    ),
}


@admin.get("/e-post")
@role_required(Role.ADMINISTRATOR)
def mails(municipality: str) -> ResponseReturnValue:
    """List the mails of one view; `?etter=` and `?foer=` a mail turn the pages."""
    del municipality
    chosen = request.args.get("vis", "")
    chosen = chosen if chosen in _VIEWS else "problemer"
    view = _VIEWS[chosen]
    after, before = (request.args.get(name, type=row_id) for name in ("etter", "foer"))
    with current_parts().database.read() as session:
        counts = mail_counts(session, the_acting(), the_viewer())
        page = mail_page(
            session, the_acting(), the_viewer(), view.states, after=after, before=before
        )
        some_out = leaves_some_out(session, the_acting(), the_viewer())
        pulse = read_pulse(session, now=the_acting().now)
    return render_template(
        "admin/mails.html",
        views=[
            (name, gettext(each.title), sum(counts[state] for state in each.states))
            for name, each in _VIEWS.items()
        ],
        chosen=chosen,
        title=gettext(view.title),
        when=gettext(view.when),
        about=gettext(view.about),
        page=page,
        some_out=some_out,
        pulse=pulse,
        mail_words=mail_words,
        note_words=note_words,
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
        note_words=note_words,
        state_words=state_words,
        step_words=step_words,
    )


@admin.post("/e-post/<int:mail_id>/kom-fram")
@role_required(Role.ADMINISTRATOR)
def arrived(municipality: str, mail_id: int) -> ResponseReturnValue:
    """Say that an uncertain mail came."""
    return _mend(municipality, mail_id, mail_arrived, _("E-posten står som sendt."))


@admin.post("/e-post/<int:mail_id>/send-igjen")
@role_required(Role.ADMINISTRATOR)
def send_again(municipality: str, mail_id: int) -> ResponseReturnValue:
    """Put a mail in line once more."""
    return _mend(municipality, mail_id, send_mail_again, _("E-posten er lagt i kø igjen."))


@admin.post("/e-post/<int:mail_id>/stopp")
@role_required(Role.ADMINISTRATOR)
def stop(municipality: str, mail_id: int) -> ResponseReturnValue:
    """Send the person no more mail."""
    return _mend(
        municipality, mail_id, stop_mail, _("Kommunen sender ikke mer til denne adressen.")
    )


@admin.post("/e-post/<int:mail_id>/slipp")
@role_required(Role.ADMINISTRATOR)
def allow(municipality: str, mail_id: int) -> ResponseReturnValue:
    """Let mail go to the person again."""
    return _mend(municipality, mail_id, allow_mail, _("Kommunen sender til denne adressen igjen."))


def _mend(
    municipality: str,
    mail_id: int,
    act: Callable[[Session, Acting, Viewer, int], bool],
    done: str,
) -> ResponseReturnValue:
    with current_parts().database.write() as session:
        changed = act(session, the_acting(), the_viewer(), mail_id)
    flash(done if changed else _("Det var gjort fra før."))
    try:
        with current_parts().database.read() as session:
            mail_details(session, the_acting(), the_viewer(), mail_id)
    except NotHereError:
        # It needs nobody any more, and whom it goes to is not the reader's to know.
        return redirect(url_for("admin.mails", municipality=municipality), 303)
    return redirect(url_for("admin.letter", municipality=municipality, mail_id=mail_id), 303)
