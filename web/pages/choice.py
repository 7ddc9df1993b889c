"""The choice between a subscription and invitations, said in mails before it is made."""

from __future__ import annotations

from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.usecases.invitations.choice import (
    Choice,
    choice_of,
    choose_invitations,
    choose_subscription,
)
from web.current import current_now
from web.forms import Form
from web.language import gettext as _
from web.language import ngettext
from web.login.required import login_required
from web.pages.reading import read_as, the_reader
from web.parts import current_parts

__all__ = ["choice"]

choice = Blueprint("choice", __name__, url_prefix="/abonner")


class Leftovers(StrEnum):
    """What becomes of the invitations that stand in the calendar."""

    CLEAR = "clear"
    KEEP = "keep"


@choice.get("/invitasjoner")
@login_required
def invitations_form() -> ResponseReturnValue:
    """Say how many mails follow from choosing invitations."""
    found = _choice()
    if found.wants_invitations or not found.is_offered:
        return _back()
    return render_template("pages/choose_invitations.html", choice=found)


@choice.post("/invitasjoner")
@login_required
def invitations() -> ResponseReturnValue:
    """Choose invitations."""
    with current_parts().database.write() as session:
        person_id = the_reader().person_id
        if not choice_of(session, person_id, now=current_now()).is_offered:
            return _back()
        invited = choose_invitations(session, person_id, now=current_now())
    flash(
        " ".join(
            (
                _("Møtene dine kommer nå som invitasjoner, og fristene i abonnementet."),
                ngettext(
                    "%(num)d invitasjon er på vei.",
                    "%(num)d invitasjoner er på vei.",
                    invited.mails,
                ),
            )
        )
    )
    return _back()


@choice.get("/i-abonnementet")
@login_required
def subscription_form() -> ResponseReturnValue:
    """Ask what becomes of the invitations that stand in the calendar."""
    found = _choice()
    if not found.wants_invitations and not found.standing:
        return _back()
    return _ask(found, Form({"leftovers": Leftovers.CLEAR.value}))


@choice.post("/i-abonnementet")
@login_required
def subscription() -> ResponseReturnValue:
    """Choose the subscription."""
    form = Form(request.form)
    leftovers = Leftovers.CLEAR
    if _choice().standing:
        chosen = form.choice("leftovers", _("Møtene som alt står i kalenderen"), Leftovers)
        if chosen is None:
            return _ask(_choice(), form), 422
        leftovers = chosen
    with current_parts().database.write() as session:
        invited = choose_subscription(
            session,
            the_reader().person_id,
            clear=leftovers is Leftovers.CLEAR,
            now=current_now(),
        )
    said = [
        _("Møtene dine står i abonnementet.")
        if leftovers is Leftovers.CLEAR
        else _("Nye møter kommer i abonnementet. De som alt står i kalenderen, blir der.")
    ]
    if invited.mails:
        said.append(
            ngettext(
                "%(num)d e-post som tar ut invitasjonen, er på vei.",
                "%(num)d e-poster som tar ut invitasjonene, er på vei.",
                invited.mails,
            )
        )
    flash(" ".join(said))
    return _back()


def _choice() -> Choice:
    with read_as() as (session, reader):
        return choice_of(session, reader.person_id, now=reader.now)


def _ask(found: Choice, form: Form) -> str:
    return render_template("pages/choose_subscription.html", choice=found, form=form)


def _back() -> ResponseReturnValue:
    return redirect(url_for("subscribe.index", _anchor="hvordan"), 303)
