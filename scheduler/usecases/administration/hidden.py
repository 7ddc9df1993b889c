"""The case-level forums that an administrator has no seat in, and so may not hear of.

Being the planner too opens their dates on the pages, and nothing of their mails and changes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, not_, or_, select

from scheduler.domain.enums import ForumLevel
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Duty,
    Forum,
    ForumLink,
    Meeting,
    Outbox,
    RecurringDuty,
    Seat,
)
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_forums

__all__ = ["event_is_open", "hidden_forums", "mail_is_open"]


def hidden_forums(session: Session, viewer: Viewer, municipality_id: int) -> frozenset[int]:
    """Return the ids of the case-level forums that are not the viewer's own (privacy rule 4)."""
    own = {
        forum.id
        for forum in visible_forums(session, viewer, Selection(municipality_id=municipality_id))
        if forum.by_seat
    }
    case_level = session.exec(
        select(Forum).where(
            Forum.municipality_id == municipality_id, Forum.level != ForumLevel.SYSTEM
        )
    )
    return frozenset(id_of(forum) for forum in case_level if forum.id not in own)


def mail_is_open(hidden: frozenset[int], mail: Any = Outbox) -> ColumnElement[bool]:
    """Return the condition that a mail is about none of the hidden forums."""
    # Other names, since the query itself may have the same tables.
    meeting, duty = aliased(Meeting), aliased(Duty)
    about_meeting = exists().where(
        col(meeting.id) == col(mail.meeting_id), col(meeting.forum_id).in_(hidden)
    )
    about_duty = exists().where(col(duty.id) == col(mail.duty_id), col(duty.forum_id).in_(hidden))
    return and_(not_(about_meeting), not_(about_duty))


def event_is_open(hidden: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that an event of the log is about none of the hidden forums.

    An event about a row that is gone, so that nobody can tell whose it was, is not open.
    """
    subject = col(AuditEvent.entity_id)
    from_plan_file = col(AuditEvent.action).like("plan_file.%")

    def has_open(table: Any, *forums: Any) -> ColumnElement[bool]:
        return exists().where(
            table.id == subject, *(or_(forum.is_(None), forum.not_in(hidden)) for forum in forums)
        )

    return or_(
        col(AuditEvent.entity).not_in(["forum", "seat", "link", "meeting", "duty"]),
        and_(AuditEvent.entity == "forum", subject.not_in(hidden)),
        and_(AuditEvent.entity == "seat", has_open(Seat, col(Seat.forum_id))),
        and_(
            AuditEvent.entity == "link",
            has_open(ForumLink, col(ForumLink.from_forum_id), col(ForumLink.to_forum_id)),
        ),
        and_(AuditEvent.entity == "meeting", has_open(Meeting, col(Meeting.forum_id))),
        # The plan file's duties are those that return, the others are their dated rounds.
        and_(
            AuditEvent.entity == "duty",
            from_plan_file,
            has_open(RecurringDuty, col(RecurringDuty.forum_id)),
        ),
        and_(AuditEvent.entity == "duty", not_(from_plan_file), has_open(Duty, col(Duty.forum_id))),
    )
