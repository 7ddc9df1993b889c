"""Takes a forum out of use by hand."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from scheduler.store.tables import AuditEvent, Forum
from scheduler.usecases.retiring.call_off import CalledOff, call_off_meetings
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["retire_forum"]


def retire_forum(
    session: Session,
    forum_id: int,
    *,
    today: date,
    now: datetime,
    holidays_of: HolidaysOf,
    actor_id: int,
) -> tuple[CalledOff, ...] | None:
    """Retire the forum from `today`; return its meetings that fall away.

    None where somebody else has retired it already. Its seats go out of use as they are: who has
    one sees that the meetings are off. A plan file that still names the forum brings it back.
    """
    # Locked, so that the second of two who press at once finds what the first has done.
    forum = session.get_one(Forum, forum_id, populate_existing=True, with_for_update=True)
    if forum.retired_on is not None:
        return None
    called_off = call_off_meetings(
        session, [forum], now=now, actor_id=actor_id, holidays_of=holidays_of
    )
    session.add(
        AuditEvent(
            at=now,
            municipality_id=forum.municipality_id,
            person_id=actor_id,
            action="forum.retired",
            entity="forum",
            entity_id=forum_id,
            after={"slug": forum.slug, "retired_on": today.isoformat()},
        )
    )
    forum.retired_on = today
    session.add(forum)
    session.flush()
    return called_off
