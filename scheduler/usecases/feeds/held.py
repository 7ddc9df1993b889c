"""The feeds that one process read last, so that their bytes need not cross from the database."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

__all__ = ["HeldFeed", "HeldFeeds"]

# Seventy feeds of an ordinary size; a web process is to stay small.
_MOST_BYTES: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HeldFeed:
    """The bytes that an address was last seen to have, and their tag."""

    etag: str
    body: bytes


class HeldFeeds:
    """Bytes by the digest of an address; those asked for longest ago give way.

    Whether they are still good is for the database to say, each time.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        """Hold nothing yet, and never more than so many bytes in all."""
        self._most = most_bytes
        self._bytes = 0
        self._feeds: OrderedDict[str, HeldFeed] = OrderedDict()
        self._lock = Lock()

    def of(self, token_hash: str) -> HeldFeed | None:
        """Return what is held for an address."""
        with self._lock:
            held = self._feeds.get(token_hash)
            if held is not None:
                self._feeds.move_to_end(token_hash)
            return held

    def hold(self, token_hash: str, feed: HeldFeed) -> None:
        """Hold an address's bytes in place of its older ones, if there is room for them at all."""
        with self._lock:
            before = self._feeds.pop(token_hash, None)
            self._bytes -= len(before.body) if before else 0
            if len(feed.body) > self._most:
                return
            self._feeds[token_hash] = feed
            self._bytes += len(feed.body)
            while self._bytes > self._most:
                _, oldest = self._feeds.popitem(last=False)
                self._bytes -= len(oldest.body)
