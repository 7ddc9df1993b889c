"""Positions: who has them, and what they may do here."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.administration.errors import LastAdministratorError
from scheduler.usecases.administration.positions import position_details, position_lines
from scheduler.usecases.administration.roles import set_roles
from web.admin.blueprint import admin, the_acting
from web.admin.words import kind_words, role_words
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["change_roles", "position", "positions"]


@admin.get("/stillinger")
@role_required(Role.ADMINISTRATOR)
def positions(municipality: str) -> ResponseReturnValue:
    """List the positions with who has them today; `?vis=ubesatt` leaves out the others."""
    del municipality
    with current_parts().database.read() as session:
        lines = position_lines(session, the_acting())
    only_vacant = request.args.get("vis") == "ubesatt"
    return render_template(
        "admin/positions.html",
        lines=[line for line in lines if not (only_vacant and line.state.at_work)],
        only_vacant=only_vacant,
        kind_words=kind_words,
        role_words=role_words,
    )


@admin.get("/stillinger/<slug>")
@role_required(Role.ADMINISTRATOR)
def position(municipality: str, slug: str) -> ResponseReturnValue:
    """Show one position with everybody who has had it."""
    del municipality
    return _page(slug, Form())


@admin.post("/stillinger/<slug>/tilgang")
@role_required(Role.ADMINISTRATOR)
def change_roles(municipality: str, slug: str) -> ResponseReturnValue:
    """Give the position the roles that are ticked."""
    form = Form(request.form)
    wanted = frozenset(role for role in Role if form.ticked(f"role_{role.value}"))
    try:
        with current_parts().database.write() as session:
            set_roles(session, the_acting(), slug, wanted)
    except LastAdministratorError:
        form.refuse(
            f"role_{Role.ADMINISTRATOR.value}",
            _("Noen må kunne administrere årshjulet; gi tilgangen til en annen stilling først"),
        )
        return _page(slug, form), 422
    flash(_("Tilgangen er lagret."))
    return redirect(url_for("admin.position", municipality=municipality, slug=slug), 303)


def _page(slug: str, form: Form) -> str:
    acting = the_acting()
    with current_parts().database.read() as session:
        details = position_details(session, acting, slug)
    return render_template(
        "admin/position.html",
        position=details,
        today=acting.today,
        form=form,
        roles=[(role, role_words(role)) for role in Role],
        kind_words=kind_words,
    )
