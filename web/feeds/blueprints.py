"""The blueprints of feeds, and of the pages about them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from scheduler.documents.fetch import fetch
from web.feeds.blueprint import blueprint
from web.feeds.download import download
from web.feeds.imports import calendar_imports
from web.feeds.options import options
from web.feeds.printed import printed

__all__ = ["feed_blueprints"]


def feed_blueprints(fetched: Callable[[str], bytes] = fetch) -> tuple[Blueprint, ...]:
    """Return every blueprint of this part; `fetched` gets what stands at an address."""
    return (blueprint, options, download, calendar_imports(fetched), printed)
