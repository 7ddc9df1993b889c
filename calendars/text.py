"""Text of people made harmless for a calendar: it may say anything and break nothing."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

from icalendar import vText

_LONGEST_ADDRESS: Final = 2000

# Line ends as people, Python and Unicode know them; tabs and the rest are blanks.
_LINE_END: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, byte order marks and code points that are no characters:
# parsers and XML based calendars (CalDAV) fail on them.
_NONCHARACTERS: Final = "".join(
    chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
_FORBIDDEN: Final = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
_BLANKS: Final = re.compile(r"[ \t]+")
_EMAIL: Final = re.compile(r'[^\s@<>()\[\]\\,;:"\x00-\x1f]+@[^\s@<>()\[\]\\,;:"\x00-\x1f]+')


def one_line(text: str, limit: int) -> str:
    """Return the text on one line, at most `limit` characters, cut with an ellipsis."""
    flat = _FORBIDDEN.sub("", _LINE_END.sub(" ", text))
    return _cut(_BLANKS.sub(" ", flat).strip(), limit)


def many_lines(text: str, limit: int) -> str:
    """Return the text with plain newlines, at most `limit` characters, cut with an ellipsis."""
    clean = _FORBIDDEN.sub("", _LINE_END.sub("\n", text).replace("\t", " "))
    return _cut(clean.strip(), limit)


def web_address(text: str | None) -> str | None:
    """Return an http or https address as ASCII, or None for anything else.

    An address is left out rather than mended: half an address leads somewhere else.
    """
    if text is None or not 0 < len(text) <= _LONGEST_ADDRESS or _FORBIDDEN.search(text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", text):
        return None
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~-._")


def mail_address(text: str) -> str | None:
    """Return an e-mail address that can stand after `mailto:`, or None for anything else."""
    if len(text) > 254 or _FORBIDDEN.search(text) or not _EMAIL.fullmatch(text):
        return None
    return quote(text, safe="!#$%&'*+/=?^_`{|}~.-@")


class ExactText(vText):
    """A TEXT value (RFC 5545 section 3.3.11) that comes back as it was.

    The class it extends takes a backslash before a capital N for a newline, and so loses it.
    """

    def to_ical(self) -> bytes:
        """Return the value with backslashes, semicolons, commas and newlines escaped."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode("utf-8")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
