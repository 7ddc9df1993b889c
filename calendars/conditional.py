"""Whether a client already has what it asks for (RFC 9110 section 13.1.2)."""

import re
from typing import Final

# One entity tag and what may stand before the next: blanks and commas, also empty list places.
_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,[ \t,]*|$)')


def already_has(if_none_match: str | None, etag: str) -> bool:
    """Tell whether the header names this tag, so that the answer is 304 without a body.

    Tags are compared weakly, as the header asks for: `W/` makes no difference. A lone `*` names
    every tag. A header that is not a list of tags names none: an answer too many does no harm.
    """
    if if_none_match is None:
        return False
    if if_none_match == etag:
        return True
    header = if_none_match.strip(" \t,")
    if header == "*":
        return if_none_match.strip(" \t") == "*"
    found = False
    place = 0
    while place < len(header):
        tag = _TAG.match(header, place)
        if tag is None:
            return False
        found = found or tag.group(1) == etag
        place = tag.end()
    return found
