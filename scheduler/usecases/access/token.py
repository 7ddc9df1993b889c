"""Secrets that open something: made here, and only their hashes kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

__all__ = ["hash_of", "new_token"]

_BYTES = 32


def new_token() -> str:
    """Return a new secret of 256 random bits that can stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a secret.

    A plain hash is enough: there is nothing to guess in 256 random bits.
    """
    return sha256(token.encode()).hexdigest()
