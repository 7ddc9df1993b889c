"""Is the program alive, and is it ready to serve?"""

from __future__ import annotations

from flask import Blueprint, Response

from web.parts import current_parts

__all__ = ["health"]

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Answer as long as the process runs; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    """Answer 200 when the database is there with the newest schema, else 503."""
    if current_parts().is_ready():
        return Response("ready\n", mimetype="text/plain")
    return Response("not ready\n", status=503, mimetype="text/plain")
