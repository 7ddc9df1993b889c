"""The gates: pages for those who are logged in, and pages for those with a role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Role
from scheduler.usecases.access.access import Access, AccessMunicipality
from web.current import current_access, current_municipality

__all__ = ["NEXT_KEY", "login_required", "role_required", "the_access", "the_municipality"]

NEXT_KEY = "next"

_P = ParamSpec("_P")
_View = Callable[_P, ResponseReturnValue]


def login_required(view: _View[_P]) -> _View[_P]:
    """Let only somebody who is logged in see the page; others log in and come back to it.

    A municipality in the address must be one where the person has business, else the page is not
    found.
    """

    @wraps(view)
    def gate(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
        if current_access() is None:
            return _to_login()
        current_municipality()
        return view(*args, **kwargs)

    return gate


def role_required(role: Role) -> Callable[[_View[_P]], _View[_P]]:
    """Let only somebody with the role in the page's municipality see it; others are forbidden.

    The page's address, or the person having a single one, must say which municipality it is.
    """

    def decorate(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def gate(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
            access = current_access()
            if access is None:
                return _to_login()
            municipality = current_municipality()
            if municipality is None or not _has_role(access, role, municipality.id):
                abort(403)
            return view(*args, **kwargs)

        return gate

    return decorate


def the_access() -> Access:
    """Return the access of a page behind a gate."""
    access = current_access()
    if access is None:
        abort(403)
    return access


def the_municipality() -> AccessMunicipality:
    """Return the municipality of a page behind a gate whose address names one."""
    municipality = current_municipality()
    if municipality is None:
        abort(404)
    return municipality


def _has_role(access: Access, role: Role, municipality_id: int) -> bool:
    if role is Role.PLANNER:
        return access.may_plan(municipality_id)
    if role is Role.ADMINISTRATOR:
        return access.may_administer(municipality_id)
    return municipality_id in access.viewer.municipality_ids


def _to_login() -> ResponseReturnValue:
    if request.method == "GET":
        # Kept in the browser's own signed cookie, so that no address has to carry it.
        session[NEXT_KEY] = request.full_path.removesuffix("?")
    return redirect(url_for("login.ask"), 303)
