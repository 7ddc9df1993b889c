"""When the calendar entry of a row says something else although the row itself did not change.

Its title is made of names that stand elsewhere: a forum's, a unit's, a service's, the day of the
meeting that a paper belongs to. A calendar program believes LAST-MODIFIED, so it must say so; the
row's own `changed_at` must not, since reminders count from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import true, update
from sqlmodel import Session, col

from scheduler.store.tables import Duty, Meeting
from scheduler.usecases.pages.duties import read_duties
from scheduler.usecases.pages.meetings import read_meetings

__all__ = ["reword_papers", "rewording"]

# SQLite takes 32 766 values in one statement.
_AT_ONCE = 2000


@contextmanager
def rewording(session: Session, municipality_id: int | None, *, now: datetime) -> Iterator[None]:
    """Note `now` on exactly those meetings and duties whose words what is done inside changes.

    For whatever renames things or changes an agenda or a level. None stands for a municipality
    that is not there yet.
    """
    before = _words(session, municipality_id)
    yield
    session.flush()
    after = _words(session, municipality_id)
    for table in (Meeting, Duty):
        changed = sorted(
            number
            for (of, number), words in before.items()
            if of is table and after.get((of, number), words) != words
        )
        for start in range(0, len(changed), _AT_ONCE):
            session.connection().execute(
                update(table)
                .where(col(table.id).in_(changed[start : start + _AT_ONCE]))
                .values(reworded_at=now)
            )


def reword_papers(session: Session, meeting_ids: Collection[int], *, now: datetime) -> None:
    """Note that the papers of meetings name another day now, also those that are done."""
    if meeting_ids:
        session.connection().execute(
            update(Duty).where(col(Duty.meeting_id).in_(meeting_ids)).values(reworded_at=now)
        )


_Words = dict[tuple[type[Meeting] | type[Duty], int], tuple[object, ...]]


def _words(session: Session, municipality_id: int | None) -> _Words:
    """Return what entries are written of that stands in rows of others."""
    if municipality_id is None:
        return {}
    found: _Words = {}
    for meeting in read_meetings(
        session, col(Meeting.municipality_id) == municipality_id, by_seat=true()
    ):
        found[Meeting, meeting.id] = (meeting.level.is_case, meeting.title, meeting.agenda)
    for duty in read_duties(session, col(Duty.municipality_id) == municipality_id):
        is_case = duty.level is not None and duty.level.is_case
        said = () if is_case else (duty.position_title, duty.legal_basis)
        found[Duty, duty.id] = (is_case, duty.subject, *said)
    return found
