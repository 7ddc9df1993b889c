"""What is not seen in a text but changes how it is read, searched or compared."""

from __future__ import annotations

import re

__all__ = ["first_unseen", "without_unseen"]

# Controls but for tab and newline, half characters, marks without width, and those that turn the
# direction of writing.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ud800-\udfff]"
)


def without_unseen(text: str) -> str:
    """Return the text without what cannot be seen in it; tabs and newlines are kept."""
    return _UNSEEN.sub("", text)


def first_unseen(text: str) -> str | None:
    """Return the number of the first such character as "U+202E"; None where there is none."""
    found = _UNSEEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None
