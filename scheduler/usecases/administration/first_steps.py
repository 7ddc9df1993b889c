"""What whoever administers must do before a municipality has its first year."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.domain.enums import Role
from scheduler.store.tables import YearPlan
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.positions import position_lines
from scheduler.usecases.people.role_holders import role_holders

__all__ = ["FirstSteps", "first_steps", "has_planner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """How many positions nobody is at work in, of how many, and whether somebody plans."""

    positions: int
    vacant: int
    has_planner: bool


def first_steps(session: Session, acting: Acting) -> FirstSteps | None:
    """Return where a municipality stands that has never published a year; None for any other."""
    published = session.exec(
        select(YearPlan.id)
        .where(
            YearPlan.municipality_id == acting.municipality_id,
            col(YearPlan.published_at).is_not(None),
        )
        .limit(1)
    ).first()
    if published is not None:
        return None
    lines = position_lines(session, acting)
    return FirstSteps(
        positions=len(lines),
        vacant=sum(not line.state.at_work for line in lines),
        has_planner=has_planner(session, acting),
    )


def has_planner(session: Session, acting: Acting) -> bool:
    """Tell whether anybody has the planner's role in the municipality today."""
    return bool(
        role_holders(
            session, Role.PLANNER, today=acting.today, municipality_id=acting.municipality_id
        )
    )
