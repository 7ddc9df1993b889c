"""How long a feed shows what is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

__all__ = ["CANCELLED_STAYS", "HISTORY"]

HISTORY: Final = timedelta(days=366)
"""After its own day."""

CANCELLED_STAYS: Final = timedelta(days=30)
"""After the day on which it was called off."""
