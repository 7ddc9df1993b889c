"""Makes the application out of its parts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from scheduler.usecases.pages.mail_down import must_act_by_hand
from web.admin import admin
from web.assets import install_assets
from web.current import current_access, shown_municipality
from web.errors import install_errors
from web.health import health
from web.language import install_language
from web.login.account import account
from web.login.views import login
from web.metrics import install_metrics, metrics
from web.navigation import home_path, menu_links, place_links
from web.parts import Parts, install_parts
from web.request_log import install_request_log
from web.row_ids import install_row_ids
from web.security import install_security
from web.visits import Visits

__all__ = ["create_app"]

_LOG = logging.getLogger("web.errors")
_LARGEST_REQUEST = 10 * 1024 * 1024


def create_app(parts: Parts) -> Flask:
    """Return the application; nothing is opened before the first request."""
    app = _Application("web", static_folder=None)
    app.config.update(
        SECRET_KEY=parts.secret_key,
        SESSION_COOKIE_NAME="aarshjul_visit",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=parts.settings.over_https,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
    )
    app.session_interface = Visits()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    install_parts(app, parts)
    install_row_ids(app)
    install_language(app)
    install_assets(app)
    install_security(app, parts)
    install_errors(app)
    install_request_log(app)
    install_metrics(app)
    for blueprint in (
        health,
        metrics,
        login,
        account,
        admin,
        *parts.blueprints,
        *parts.without_csrf,
    ):
        app.register_blueprint(blueprint)
    app.context_processor(_layout_values(parts))
    if parts.settings.trusted_proxies:
        hops = parts.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


class _Application(Flask):
    """Flask for views that all wait for their answers, and with a log that keeps secrets.

    A fault is logged with its route, since the path may hold a secret.
    """

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: Flask would look, at every call of each, whether to run a loop."""
        return func

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        route = request.url_rule.rule if request.url_rule else "-"
        _LOG.error("fault at %s %s", request.method, route, exc_info=exc_info)


def _layout_values(parts: Parts) -> Callable[[], dict[str, Any]]:
    def values() -> dict[str, Any]:
        return {
            "access": current_access(),
            "mail_is_down": _mail_is_down(parts),
            "municipality": shown_municipality(),
            "menu": menu_links(),
            "places": place_links(),
            "home": home_path(),
            "accessibility_url": parts.settings.accessibility_url,
            "demo": parts.demo,
        }

    return values


def _mail_is_down(parts: Parts) -> bool:
    """Tell the reader of this page whether to act by hand; a stranger is told nothing."""
    access = current_access()
    if access is None:
        return False
    with parts.database.read() as session:
        return must_act_by_hand(session, access.viewer)
