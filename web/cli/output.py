"""How commands print what other programs read."""

from __future__ import annotations

import json

__all__ = ["as_json"]


def as_json(value: object) -> str:
    """Return the value as the JSON that commands print."""
    return json.dumps(value, ensure_ascii=False, indent=2)
