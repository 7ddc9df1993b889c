"""Where an administrator begins: what waits, and the way to every page."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.administration.first_steps import first_steps
from scheduler.usecases.administration.overview import read_overview
from web.admin.blueprint import admin, the_acting, the_viewer
from web.login.required import role_required, the_access, the_municipality
from web.parts import current_parts

__all__ = ["index"]


@admin.get("")
@role_required(Role.ADMINISTRATOR)
def index(municipality: str) -> ResponseReturnValue:
    """Show what waits for a person."""
    del municipality
    with current_parts().database.read() as session:
        overview = read_overview(session, the_acting(), the_viewer())
        steps = first_steps(session, the_acting())
    return render_template(
        "admin/overview.html",
        overview=overview,
        steps=steps,
        access=the_access(),
        place=the_municipality(),
    )
