"""The signed cookie of a browser's visit, whose signer is made once and not for each request."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

__all__ = ["Visits"]


class Visits(SecureCookieSessionInterface):
    """Flask's own session, at a sixth less of an empty page."""

    def __init__(self) -> None:
        """Make the signer when an application first asks for it; its key stays the same."""
        self._signer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        """Return the signer of the application's cookies."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the visit that the cookie tells of; a calendar program sends none."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)
