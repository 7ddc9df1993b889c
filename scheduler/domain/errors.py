"""The one root of every error that a person can mend."""

from __future__ import annotations

__all__ = ["AarshjulError"]


class AarshjulError(Exception):
    """A problem that its reader can mend.

    Subclasses carry the data of the problem; the text for people is made at the edge, in the
    reader's language, from that data.
    """
