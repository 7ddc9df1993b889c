"""What an administrator should look at first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.closed_periods import closed_lines
from scheduler.usecases.administration.mail_queue import NEEDS_A_PERSON, mail_counts
from scheduler.usecases.administration.municipality import read_municipality
from scheduler.usecases.administration.positions import position_lines
from scheduler.usecases.outbox.heartbeat import Pulse, read_pulse
from scheduler.usecases.viewer import Viewer

__all__ = ["Overview", "read_overview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How many things wait for a person."""

    positions: int
    vacant: int
    unconfirmed: int
    mails_in_trouble: int
    plan_has_owner: bool
    pulse: Pulse


def read_overview(session: Session, acting: Acting, viewer: Viewer) -> Overview:
    """Return how many things wait for a person in the municipality."""
    lines = position_lines(session, acting)
    counts = mail_counts(session, acting, viewer)
    return Overview(
        positions=len(lines),
        vacant=sum(not line.state.at_work for line in lines),
        unconfirmed=sum(not line.confirmed for line in closed_lines(session, acting)),
        mails_in_trouble=sum(counts[state] for state in NEEDS_A_PERSON),
        plan_has_owner=read_municipality(session, acting).plan_owner is not None,
        pulse=read_pulse(session, now=acting.now),
    )
