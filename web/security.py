"""Response headers that keep a page to itself, and forms that only our own pages may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from web.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["CONTENT_SECURITY_POLICY", "install_security"]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    # Addresses carry log-in and feed secrets.
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("X-Robots-Tag", "noindex, nofollow"),
)
_OVER_HTTPS = (("Strict-Transport-Security", "max-age=31536000"),)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_OWN = frozenset({"same-origin", "none"})


def install_security(app: Flask, parts: Parts) -> None:
    """Set the headers on every answer and refuse forms that did not come from our own pages."""
    app.config.update(
        # Asked below, of the requests that change something.
        WTF_CSRF_CHECK_DEFAULT=False,
        # A page left open over lunch must still be able to send its form: the token lives as
        # long as the browser's visit.
        WTF_CSRF_TIME_LIMIT=None,
        # Flask-WTF would ask for the Referer that our own policy keeps back; Sec-Fetch-Site
        # below says the same.
        WTF_CSRF_SSL_STRICT=False,
    )
    # Joining slashes is a redirect to a whole address, made of the Host that the request claims.
    app.url_map.merge_slashes = False
    csrf = CSRFProtect(app)
    exempt = {blueprint.name for blueprint in parts.without_csrf}

    @app.before_request
    def _refuse_forms_of_others() -> None:
        if request.method in _SAFE_METHODS or request.blueprint in exempt:
            return
        if request.headers.get("Sec-Fetch-Site", "none") not in _OUR_OWN:
            raise CSRFError("the form came from another site")
        # Where nothing is, there is nothing to protect: the answer is "not found".
        if request.endpoint is not None:
            csrf.protect()

    headers = (*_HEADERS, *(_OVER_HTTPS if parts.settings.over_https else ()))
    app.wsgi_app = _WithHeaders(app.wsgi_app, headers)  # type: ignore[method-assign]

    @app.after_request
    def _keep_nothing(response: Response) -> Response:
        if response.mimetype == "text/html":
            # What a person sees is not to be found again on a shared machine.
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class _WithHeaders:
    """An application whose every answer also has these headers, which it never sets itself.

    Put on where the answer leaves, since looking each up in an answer of Flask's costs a fifth of
    an answer.
    """

    def __init__(self, application: WSGIApplication, headers: Iterable[tuple[str, str]]) -> None:
        self._application = application
        self._headers = list(headers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, headers + self._headers, *error)

        return self._application(environ, start)
