"""What the mails say that a person gets for being one: welcome, log-in and complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import ClassVar

__all__ = ["LoginMail", "WatchMail", "WelcomeMail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeMail:
    """To somebody who begins in `positions`; it holds no feed address, only where to get one."""

    template: ClassVar[str] = "welcome.j2"
    municipality: str
    positions: tuple[str, ...]
    subscribe_url: str
    home_url: str
    preferences_url: str
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginMail:
    """A one-time link; `until` is local time."""

    template: ClassVar[str] = "login.j2"
    municipality: str
    url: str
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMail:
    """What the auditor complains of, to an administrator: the kind of each, and how many."""

    template: ClassVar[str] = "watch.j2"
    municipality: str
    complaints: tuple[tuple[str, int], ...]
    home_url: str
