"""The log: who changed what, newest first."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.administration.log import read_log
from web.admin.blueprint import admin, the_acting, the_viewer
from web.admin.words import action_words, entity_words
from web.login.required import role_required
from web.pages.words import title_of_duty
from web.parts import current_parts
from web.row_ids import row_id

__all__ = ["log"]


@admin.get("/logg")
@role_required(Role.ADMINISTRATOR)
def log(municipality: str) -> ResponseReturnValue:
    """Show a page of the log; `?eldre-enn=` goes on to older events."""
    del municipality
    older_than = request.args.get("eldre-enn", type=row_id)
    with current_parts().database.read() as session:
        page = read_log(session, the_acting(), the_viewer(), older_than=older_than)
    return render_template(
        "admin/log.html",
        page=page,
        action_words=action_words,
        entity_words=entity_words,
        title_of_duty=title_of_duty,
    )
