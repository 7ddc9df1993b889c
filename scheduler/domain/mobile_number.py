"""Norwegian mobile numbers, as text messages are sent to them."""

from __future__ import annotations

import re

__all__ = ["mobile_number"]

_MOBILE = re.compile(r"(?:\+47|0047)?([49]\d{7})")


def mobile_number(text: str) -> str | None:
    """Return the number as "+4791234567", or None where it is no Norwegian mobile number."""
    found = _MOBILE.fullmatch(re.sub(r"[\s.-]", "", text))
    return f"+47{found.group(1)}" if found and text.isascii() else None
