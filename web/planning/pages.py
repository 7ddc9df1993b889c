"""The one blueprint of planning, with every page on it."""

from __future__ import annotations

from flask import Blueprint

from web.planning import (
    closed,
    closed_import,
    dates,
    forums,
    overview,
    proposals,
    publishing,
    questions,
    replanning,
    revisions,
    role,
    rounds,
)
from web.planning.blueprint import planning

__all__ = ["planning_blueprints"]

# Each module puts its pages on the blueprint when it is read.
_PAGES = (
    overview,
    forums,
    questions,
    closed,
    closed_import,
    proposals,
    dates,
    publishing,
    revisions,
    replanning,
    rounds,
    role,
)


def planning_blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprint of every page of planning."""
    return (planning,)
