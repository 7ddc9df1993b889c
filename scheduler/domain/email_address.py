"""What a work address looks like."""

from __future__ import annotations

import re

__all__ = ["is_email"]

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


def is_email(text: str) -> bool:
    """Tell whether a text has the form of an e-mail address; only a mail can tell the rest."""
    return _EMAIL.fullmatch(text) is not None
