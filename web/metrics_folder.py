"""Where the web processes of one machine count together, so that a question to one counts all."""

from __future__ import annotations

from typing import Final

__all__ = ["SHARED_FOLDER"]

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that the library reads when it is imported; `web.serving` sets it."""
