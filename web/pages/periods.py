"""Periods in addresses: a school year's slash would be read as a folder."""

from __future__ import annotations

from flask import abort

from scheduler.domain.periods import Period, PeriodError, read_period

__all__ = ["period_in_address", "period_of_address"]


def period_in_address(period: Period) -> str:
    """Return the period as an address has it: "2027" or "2027-28"."""
    return period.label.replace("/", "-")


def period_of_address(text: str) -> Period:
    """Return the period an address names; one that is none is "not found"."""
    try:
        return read_period(text.replace("-", "/"))
    except PeriodError:
        abort(404)
