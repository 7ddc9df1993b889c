"""People and the positions they hold."""

from scheduler.usecases.people.holders import (
    HolderSnapshot,
    current_holders,
    holders_on,
    stands_in,
)

__all__ = ["HolderSnapshot", "current_holders", "holders_on", "stands_in"]
