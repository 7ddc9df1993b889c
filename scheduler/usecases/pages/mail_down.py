"""Whether mail is down, for those who then have to act by hand."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import UNFINISHED_STATES, Function
from scheduler.store.in_force import in_use
from scheduler.store.tables import Duty, Seat, SmtpCircuit
from scheduler.usecases.viewer import Viewer

__all__ = ["must_act_by_hand"]

_ACTS = (
    Function.LEADER,
    Function.CHAIR,
    Function.CONVENER,
    Function.SECRETARY,
    Function.MINUTE_TAKER,
    Function.COORDINATOR,
)


def must_act_by_hand(session: Session, viewer: Viewer) -> bool:
    """Tell whether the mail server is left alone for now, and the viewer is one who sends or leads.

    Those are planners and administrators, who leads, convenes or writes for a forum, and whoever
    has something to do.
    """
    down = session.exec(
        select(SmtpCircuit.server).where(col(SmtpCircuit.opened_at).is_not(None)).limit(1)
    ).first()
    if down is None:
        return False
    if viewer.planner_of or viewer.administrator_of:
        return True
    seat = select(Seat.id).where(
        col(Seat.position_id).in_(viewer.position_ids),
        col(Seat.function).in_(_ACTS),
        in_use(Seat.retired_on, viewer.today),
    )
    duty = select(Duty.id).where(
        or_(
            col(Duty.position_id).in_(viewer.acting_position_ids),
            col(Duty.leader_position_id).in_(viewer.position_ids),
        ),
        col(Duty.state).in_(UNFINISHED_STATES),
    )
    return any(session.exec(query.limit(1)).first() is not None for query in (seat, duty))
