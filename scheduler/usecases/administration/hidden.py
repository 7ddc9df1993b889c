"""The case-level forums that an administrator has no seat in, and so may not hear of."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, not_, or_, select

from scheduler.domain.enums import ForumLevel
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Forum, Meeting, Outbox, Seat
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_forums

__all__ = ["event_is_open", "hidden_forums", "mail_is_open"]


def hidden_forums(session: Session, viewer: Viewer, municipality_id: int) -> frozenset[int]:
    """Return the ids of the forums that do not exist for the viewer (PRIVACY.md 4)."""
    seen = {
        forum.id
        for forum in visible_forums(session, viewer, Selection(municipality_id=municipality_id))
    }
    case_level = session.exec(
        select(Forum).where(
            Forum.municipality_id == municipality_id, Forum.level != ForumLevel.SYSTEM
        )
    )
    return frozenset(id_of(forum) for forum in case_level if forum.id not in seen)


def mail_is_open(hidden: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that a mail is about none of the hidden forums."""
    about_meeting = exists().where(
        col(Meeting.id) == col(Outbox.meeting_id), col(Meeting.forum_id).in_(hidden)
    )
    about_duty = exists().where(col(Duty.id) == col(Outbox.duty_id), col(Duty.forum_id).in_(hidden))
    return and_(not_(about_meeting), not_(about_duty))


def event_is_open(hidden: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that an event of the log is about none of the hidden forums."""
    subject = col(AuditEvent.entity_id)
    about = or_(
        and_(AuditEvent.entity == "forum", subject.in_(hidden)),
        and_(
            AuditEvent.entity == "seat",
            exists().where(col(Seat.id) == subject, col(Seat.forum_id).in_(hidden)),
        ),
        and_(
            AuditEvent.entity == "meeting",
            exists().where(col(Meeting.id) == subject, col(Meeting.forum_id).in_(hidden)),
        ),
        and_(
            AuditEvent.entity == "duty",
            exists().where(col(Duty.id) == subject, col(Duty.forum_id).in_(hidden)),
        ),
    )
    return not_(about)
