"""The addresses that are printed, mailed or put in feeds; BASE_URL is the only source of links."""

from __future__ import annotations

from web.feeds.entries import PageAddress

__all__ = ["feed_address", "login_address", "page_address"]


def feed_address(base_url: str, secret: str) -> str:
    """Return the address a calendar program subscribes to."""
    return f"{base_url}/feeds/{secret}.ics"


def login_address(base_url: str, token: str) -> str:
    """Return the address of a log-in link."""
    return f"{base_url}/logg-inn/{token}"


def page_address(base_url: str | None) -> PageAddress:
    """Return what gives the address of a meeting's or a duty's page, or None without a site."""

    def address(kind: str, number: int) -> str | None:
        if base_url is None:
            return None
        return f"{base_url}/mote/{number}" if kind == "meeting" else f"{base_url}/oppgaver"

    return address
