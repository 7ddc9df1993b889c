"""Keeps what may be a secret out of what the web server itself logs of a request."""

from __future__ import annotations

import logging
import re
from typing import Final

__all__ = ["Unsaid"]

# Secrets in addresses are 43 letters; a part of one is as little for a log.
_LONG_WORD: Final = re.compile(r"[\w%-]{20,}")
_FORMATTER: Final = logging.Formatter()


class Unsaid(logging.Filter):
    """Says `…` for every long word: the server quotes requests that it does not understand."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, its traceback too, and let it pass."""
        record.msg, record.args = _LONG_WORD.sub("…", record.getMessage()), ()
        if record.exc_info:
            record.exc_text = _LONG_WORD.sub("…", _FORMATTER.formatException(record.exc_info))
        return True
