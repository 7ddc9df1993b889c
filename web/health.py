"""Is the program alive, is it ready to serve, and do the reminders go?"""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy.exc import DBAPIError

from scheduler.usecases.outbox import audit
from web.metrics import may_see_numbers
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


@health.get("/healthz/worker")
def worker() -> Response:
    """Answer 200 when the auditor has nothing to complain of, else 503 with what it found.

    Kinds only, since nobody is logged in here; how many of each to who may see the numbers.
    """
    parts = current_parts()
    try:
        with parts.database.read() as session:
            found = audit(session, now=parts.clock())
    except DBAPIError:
        return Response("database\n", status=503, mimetype="text/plain")
    if not found:
        return Response("ok\n", mimetype="text/plain")
    counted = may_see_numbers()
    lines = [f"{each.kind} {each.count}\n" if counted else f"{each.kind}\n" for each in found]
    return Response("".join(lines), status=503, mimetype="text/plain")
