"""A page with every building block on it, so that each is looked at by the browser tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Blueprint, render_template_string, request
from flask.typing import ResponseReturnValue

from web.forms import Form
from web.login.required import login_required

__all__ = ["building_blocks"]

building_blocks = Blueprint("person", __name__)

_PAGE = Path(__file__).with_suffix(".html")


@building_blocks.route("/", methods=["GET", "POST"])
@login_required
def index() -> ResponseReturnValue:
    """Show every block; a form that was sent is shown with its problems."""
    form = Form(request.form or {"held_on": "2027-03-09"})
    if request.method == "POST":
        form.line("name", "Navn")
        form.day("held_on", "Dato")
    return render_template_string(_PAGE.read_text(encoding="utf-8"), on=date(2027, 3, 9), form=form)
