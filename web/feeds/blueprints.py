"""The blueprints of feeds, and of the pages about them."""

from __future__ import annotations

from flask import Blueprint

from web.feeds.blueprint import blueprint
from web.feeds.download import download
from web.feeds.options import options

__all__ = ["feed_blueprints"]


def feed_blueprints() -> tuple[Blueprint, ...]:
    """Return every blueprint of this part."""
    return (blueprint, options, download)
