"""What the mails of a round of the dates say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

__all__ = ["RoundClosedMail", "RoundForum", "RoundMail", "RoundMeeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMeeting:
    """One date that the reader is asked about."""

    held_on: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundForum:
    """The dates of one of the reader's forums."""

    name: str
    meetings: tuple[RoundMeeting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMail:
    """Do these dates fit? One mail a person; `closes_on` is the last day for an answer."""

    template: ClassVar[str] = "round.j2"
    municipality: str
    period: str
    forums: tuple[RoundForum, ...]
    closes_on: date
    url: str
    reminder: bool = False
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosedMail:
    """The round is over: how many answered, and how many of the dates do not fit everyone."""

    template: ClassVar[str] = "round_closed.j2"
    municipality: str
    period: str
    asked: int
    answered: int
    dates: int
    unfit: int
    url: str
    content_free: bool = False
