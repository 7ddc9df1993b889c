"""Whoever administers gives a position the planner's role, in one step that stands in the log."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.roles import give_role
from web.current import current_now, current_today, forget_person
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required, the_access, the_municipality
from web.navigation import home_path
from web.parts import current_parts
from web.planning.blueprint import planning

__all__ = ["give_planner"]


@planning.post("/planlegger")
@role_required(Role.ADMINISTRATOR)
def give_planner(municipality: str) -> ResponseReturnValue:
    """Let whoever holds the position plan the year."""
    slug = Form(request.form).line("position", _("Stilling"))
    if not slug:
        abort(400)
    acting = Acting(
        municipality_id=the_municipality().id,
        person_id=the_access().person.id,
        now=current_now(),
        today=current_today(),
    )
    with current_parts().database.write() as database:
        give_role(database, acting, slug, Role.PLANNER)
    forget_person()
    flash(_("Stillingen kan planlegge året nå. Det står i loggen."))
    if the_access().may_plan(acting.municipality_id):
        return redirect(url_for("planning.index", municipality=municipality), 303)
    return redirect(home_path(), 303)
