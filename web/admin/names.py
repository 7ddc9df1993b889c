"""A name is corrected: misspelt, or a new one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.administration.positions import position_details
from scheduler.usecases.people import HoldingError, is_of_one_municipality, rename_holder
from web.admin.blueprint import admin, the_acting
from web.admin.words import refusal_words
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["rename"]


@admin.route("/stillinger/<slug>/<int:holder_id>/navn", methods=["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
def rename(municipality: str, slug: str, holder_id: int) -> ResponseReturnValue:
    """Correct the name of somebody in the position."""
    acting = the_acting()
    with current_parts().database.read() as session:
        position = position_details(session, acting, slug)
        holding = next((one for one in position.holdings if one.holder_id == holder_id), None)
        if holding is None:
            abort(404)
        may = is_of_one_municipality(session, holding.person_id, today=acting.today)
    form = Form(request.form if request.method == "POST" else {"name": holding.name})
    if request.method == "POST":
        name = form.person_name("name", _("Navn"))
        if not form.problems:
            try:
                with current_parts().database.write() as session:
                    before = rename_holder(
                        session,
                        holder_id,
                        name,
                        today=acting.today,
                        now=acting.now,
                        actor_id=acting.person_id,
                    )
            except HoldingError as error:
                form.refuse("name", refusal_words(error.refusal))
            else:
                flash(_("Navnet er rettet fra %(before)s til %(name)s.", before=before, name=name))
                return redirect(
                    url_for("admin.position", municipality=municipality, slug=slug), 303
                )
    page = render_template(
        "admin/rename.html", position=position, holding=holding, form=form, may_rename=may
    )
    return (page, 422) if form.problems else page
