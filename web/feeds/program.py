"""Which program wrote a kept feed: another version, or another address, writes other bytes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

__all__ = ["program_name"]

_PACKAGES: Final = ("calendars", "scheduler", "web")
_SUFFIXES: Final = (".py", ".po")


@cache
def program_name(base_url: str | None) -> str:
    """Return a digest of everything that decides the bytes of a feed but its rows.

    All files of the program count, so that nobody has to remember which of them do.
    """
    return sha256(f"{_files()}\n{base_url}".encode()).hexdigest()[:32]


@cache
def _files() -> str:
    digest = sha256(version("icalendar").encode())
    root = Path(__file__).parents[2]
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _SUFFIXES:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
