"""The blueprint that every page of the administration is on, and who is at work on it."""

from __future__ import annotations

from flask import Blueprint

from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.viewer import Viewer
from web.current import current_now, current_today
from web.login.required import the_access, the_municipality

__all__ = ["admin", "the_acting", "the_viewer"]

admin = Blueprint("admin", __name__, url_prefix="/<municipality>/administrasjon")


def the_acting() -> Acting:
    """Return who changes something, where and when."""
    return Acting(
        municipality_id=the_municipality().id,
        person_id=the_access().person.id,
        now=current_now(),
        today=current_today(),
    )


def the_viewer() -> Viewer:
    """Return what the administrator may see."""
    return the_access().viewer
