"""Whether the municipality lets people put the annual wheel into private calendars."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.feeds.private_links import allow_private_links
from web.admin.blueprint import admin, the_acting
from web.forms import Form
from web.language import gettext as _
from web.login.required import role_required
from web.parts import current_parts

__all__ = ["change_private_calendars"]


@admin.post("/kommunen/private-kalendere")
@role_required(Role.ADMINISTRATOR)
def change_private_calendars(municipality: str) -> ResponseReturnValue:
    """Keep whether the links to private calendars are shown."""
    acting = the_acting()
    allowed = Form(request.form).ticked("allowed")
    with current_parts().database.write() as session:
        allow_private_links(
            session,
            acting.municipality_id,
            allowed=allowed,
            actor_id=acting.person_id,
            now=acting.now,
        )
    flash(_("Valget er lagret."))
    return redirect(url_for("admin.settings", municipality=municipality), 303)
