"""What the production web server calls."""

from __future__ import annotations

from flask import Flask

from scheduler.store.database import Database
from web.factory import create_app
from web.settings import read_settings
from web.wiring import clock_of, parts_of

__all__ = ["make_app"]


def make_app() -> Flask:
    """Return the application of one web process, with a database connection pool of its own."""
    settings = read_settings()
    settings.refuse_test_now()
    settings.needed_base_url()
    return create_app(parts_of(settings, Database(settings.database), clock_of(settings)))
