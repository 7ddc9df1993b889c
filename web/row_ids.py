"""Row ids in addresses: as large as the databases keep them, and no larger."""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

__all__ = ["install_row_ids", "row_id"]

# The largest of PostgreSQL's integers; SQLite's drivers refuse only much larger ones.
_LARGEST = 2**31 - 1


def install_row_ids(app: Flask) -> None:
    """Let `<int:…>` in an address be a row id: any larger number is "not found"."""
    app.url_map.converters["int"] = _RowId


def row_id(text: str) -> int:
    """Read a row id that stands in a question.

    Raises:
        ValueError: the text is none.
    """
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > _LARGEST:
        raise ValueError(text)
    return int(text)


class _RowId(IntegerConverter):
    regex = r"[0-9]{1,10}"

    def __init__(self, addresses: Map) -> None:
        super().__init__(addresses, max=_LARGEST)
