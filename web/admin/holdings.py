"""Somebody begins, leaves, is away, or hands a position over."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import HolderKind, Role
from scheduler.usecases.administration.hidden import hidden_forums
from scheduler.usecases.administration.positions import (
    PositionDetails,
    holding_here,
    position_details,
)
from scheduler.usecases.people import (
    HandOver,
    HoldingError,
    NewPerson,
    add_holder,
    end_holding,
    hand_over,
    preview_hand_over,
    set_leave,
)
from scheduler.usecases.visibility import Selection, visible_duties
from web.admin.blueprint import admin, the_acting, the_viewer
from web.admin.words import REFUSED_FIELD, kind_words, refusal_words
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required
from web.pages.words import function_words
from web.parts import current_parts

__all__ = ["add", "end", "give_on", "leave"]

_DAY = timedelta(days=1)


@admin.route("/stillinger/<slug>/legg-til", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def add(municipality: str, slug: str) -> ResponseReturnValue:
    """Put somebody into the position."""
    acting = the_acting()
    form = _form({"from_on": acting.today.isoformat(), "kind": HolderKind.HOLDER.value})
    if request.method == "POST":
        person = _person(form)
        kind = form.choice("kind", _("Hvordan"), HolderKind)
        from_on = form.day("from_on", _("Første dag"))
        until_on = form.day("until_on", _("Siste dag"), required=False)
        if not form.problems and kind and from_on:
            try:
                with current_parts().database.write() as session:
                    add_holder(
                        session,
                        position_details(session, acting, slug).id,
                        person,
                        kind=kind,
                        from_on=from_on,
                        until_on=until_on,
                        now=acting.now,
                        actor_id=acting.person_id,
                    )
            except HoldingError as error:
                _say(form, error)
            else:
                flash(_("%(name)s er lagt inn.", name=person.name))
                return _to_position(municipality, slug)
    return _page("admin/add_holder.html", slug, form, kinds=_kinds())


@admin.route("/stillinger/<slug>/gi-videre", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def give_on(municipality: str, slug: str) -> ResponseReturnValue:
    """Hand the position over: first what follows from it, then the step itself."""
    acting = the_acting()
    form = _form({"from_on": (acting.today + _DAY).isoformat(), "who": "successor"})
    if request.method == "GET":
        return _give_on_page(slug, form)
    wanted = _read_hand_over(form, slug)
    if wanted is None:
        return _give_on_page(slug, form)
    try:
        if not form.ticked("confirmed"):
            with current_parts().database.read() as session:
                preview = preview_hand_over(session, wanted)
                hidden = hidden_forums(session, the_viewer(), acting.municipality_id)
                duties = visible_duties(
                    session,
                    the_viewer(),
                    Selection(position_id=wanted.position_id, unfinished=True),
                )
            return _page(
                "admin/give_on_preview.html",
                slug,
                form,
                preview=preview,
                open_duties=len(duties),
                seats=[seat for seat in preview.seats if seat.forum_id not in hidden],
                function_words=function_words,
            )
        with current_parts().database.write() as session:
            hand_over(session, wanted, now=acting.now, actor_id=acting.person_id)
    except HoldingError as error:
        _say(form, error)
        return _give_on_page(slug, form)
    flash(_("Stillingen er gitt videre."))
    return _to_position(municipality, slug)


@admin.route("/stillinger/<slug>/<int:holder_id>/avslutt", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def end(municipality: str, slug: str, holder_id: int) -> ResponseReturnValue:
    """Let somebody's time in the position end."""
    acting = the_acting()
    form = _form({"until_on": acting.today.isoformat()})
    if request.method == "POST":
        last_day = form.day("until_on", _("Siste dag"))
        if last_day:
            try:
                with current_parts().database.write() as session:
                    end_holding(
                        session,
                        holding_here(session, acting, slug, holder_id),
                        last_day=last_day,
                        now=acting.now,
                        actor_id=acting.person_id,
                    )
            except HoldingError as error:
                _say(form, error)
            else:
                flash(_("Siste dag er lagret."))
                return _to_position(municipality, slug)
    return _page("admin/end_holding.html", slug, form, holder_id=holder_id)


@admin.route("/stillinger/<slug>/<int:holder_id>/permisjon", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def leave(municipality: str, slug: str, holder_id: int) -> ResponseReturnValue:
    """Note that somebody is away for a while."""
    acting = the_acting()
    form = _form({"from_on": acting.today.isoformat()})
    if request.method == "POST":
        starts_on = form.day("from_on", _("Første dag"))
        ends_on = form.day("until_on", _("Siste dag"))
        if starts_on and ends_on:
            try:
                with current_parts().database.write() as session:
                    set_leave(
                        session,
                        holding_here(session, acting, slug, holder_id),
                        starts_on=starts_on,
                        ends_on=ends_on,
                        now=acting.now,
                        actor_id=acting.person_id,
                    )
            except HoldingError as error:
                _say(form, error)
            else:
                flash(_("Permisjonen er lagret."))
                return _to_position(municipality, slug)
    return _page("admin/leave.html", slug, form, holder_id=holder_id)


def _form(first: dict[str, str]) -> Form:
    return Form(request.form if request.method == "POST" else first)


def _read_hand_over(form: Form, slug: str) -> HandOver | None:
    somebody = form.value("who") != "nobody"
    person = _person(form) if somebody else None
    kind = HolderKind.ACTING if form.value("who") == "acting" else HolderKind.HOLDER
    first_day = form.day("from_on", _("Første dag"))
    if form.problems or first_day is None:
        return None
    with current_parts().database.read() as session:
        position_id = position_details(session, the_acting(), slug).id
    return HandOver(position_id=position_id, first_day=first_day, to=person, kind=kind)


def _person(form: Form) -> NewPerson:
    return NewPerson(
        name=form.person_name("name", _("Navn")),
        email=form.email("email", _("E-postadresse på jobb")),
    )


def _say(form: Form, error: HoldingError) -> None:
    field = REFUSED_FIELD[error.refusal]
    form.refuse(field if field in form.values else "from_on", refusal_words(error.refusal))


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind_words(kind)) for kind in HolderKind]


def _give_on_page(slug: str, form: Form) -> ResponseReturnValue:
    return _page("admin/give_on.html", slug, form)


def _page(template: str, slug: str, form: Form, **values: object) -> ResponseReturnValue:
    with current_parts().database.read() as session:
        details = position_details(session, the_acting(), slug)
        holding = _holding(session, details, values.get("holder_id"))
    page = render_template(
        template, position=details, holding=holding, form=form, kind_words=kind_words, **values
    )
    return (page, 422) if form.problems else page


def _holding(session: Session, details: PositionDetails, holder_id: object) -> object:
    if not isinstance(holder_id, int):
        return None
    here = holding_here(session, the_acting(), details.slug, holder_id)
    return next((each for each in details.holdings if each.holder_id == here), None)


def _to_position(municipality: str, slug: str) -> ResponseReturnValue:
    return redirect(url_for("admin.position", municipality=municipality, slug=slug), 303)
