"""One page of the mail queue, and the way to the pages on both sides of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from operator import gt, lt
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import Outbox
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.mail_in_sight import MailInSight
from scheduler.usecases.administration.mail_lines import MailLine, read_mail_lines
from scheduler.usecases.viewer import Viewer

__all__ = ["A_PAGE", "MailPage", "mail_page"]

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """Some mails of all `total`, of which the first is number `first`, counted from 1.

    `later` is the mail that the next page comes after, `earlier` the one that the page before ends
    before; each is None where there is no such page.
    """

    lines: tuple[MailLine, ...]
    first: int
    total: int
    earlier: int | None
    later: int | None

    @property
    def last(self) -> int:
        """Return the number of the last mail on the page."""
        return self.first + len(self.lines) - 1


def mail_page(
    session: Session,
    acting: Acting,
    viewer: Viewer,
    states: Collection[OutboxState],
    *,
    after: int | None = None,
    before: int | None = None,
) -> MailPage:
    """Return the mails in these states that come after one mail, or right before one.

    The next to go or the last gone come first. The first page is returned where neither is given,
    where the mail is none that the reader may see, and where no mail is left on that side of it.
    A mail is named by its id, since the time of a sealed one is not to be told in an address.
    """
    queue = MailInSight.of(session, acting, viewer)
    shelf = _Shelf(
        session=session,
        queue=queue,
        in_states=queue.state.in_([state.value for state in states]),
        is_upcoming=OutboxState.SCHEDULED in states,
    )
    lines = shelf.after(after) or shelf.before(before) or shelf.from_the_start()
    if not lines:
        return MailPage(lines=(), first=1, total=0, earlier=None, later=None)
    ahead, total = shelf.count_ahead_of(lines[0].id), shelf.count()
    return MailPage(
        lines=lines,
        first=ahead + 1,
        total=total,
        earlier=lines[0].id if ahead else None,
        later=lines[-1].id if ahead + len(lines) < total else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """All mails in some states, in an order in which no two are alike."""

    session: Session
    queue: MailInSight
    in_states: ColumnElement[bool]
    is_upcoming: bool

    def from_the_start(self) -> tuple[MailLine, ...]:
        return self._read()

    def after(self, mail_id: int | None) -> tuple[MailLine, ...]:
        place = self._place_of(mail_id)
        return () if place is None else self._read(self._lies(place, self._onwards))

    def before(self, mail_id: int | None) -> tuple[MailLine, ...]:
        """Return a whole page, or nothing: what is less than one is the first page anyway."""
        place = self._place_of(mail_id)
        if place is None:
            return ()
        back = tuple(key.desc() if self.is_upcoming else key.asc() for key in self._keys)
        lines = self._read(self._lies(place, self._backwards), order=back)
        return tuple(reversed(lines)) if len(lines) == A_PAGE else ()

    def count(self, *where: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(Outbox)
        return self.session.exec(counted.where(*self.queue.where, self.in_states, *where)).one()

    def count_ahead_of(self, mail_id: int) -> int:
        place = self._place_of(mail_id)
        return 0 if place is None else self.count(self._lies(place, self._backwards))

    @property
    def _keys(self) -> tuple[Any, Any]:
        at: Any = col(Outbox.next_at)
        return at if self.is_upcoming else func.coalesce(Outbox.sent_at, at), col(Outbox.id)

    @property
    def _onwards(self) -> Any:
        return gt if self.is_upcoming else lt

    @property
    def _backwards(self) -> Any:
        return lt if self.is_upcoming else gt

    def _read(
        self, *where: ColumnElement[bool], order: tuple[Any, ...] | None = None
    ) -> tuple[MailLine, ...]:
        ahead = tuple(key.asc() if self.is_upcoming else key.desc() for key in self._keys)
        return read_mail_lines(
            self.session, self.queue, self.in_states, *where, order=order or ahead, at_most=A_PAGE
        )

    def _place_of(self, mail_id: int | None) -> tuple[datetime, int] | None:
        if mail_id is None:
            return None
        at, number = self._keys
        # It may have gone since the page was shown; where it stood is known all the same.
        found = select(at, number).where(*self.queue.where, number == mail_id)
        row = self.session.exec(found).one_or_none()
        return None if row is None else (row[0], row[1])

    def _lies(self, place: tuple[datetime, int], beyond: Any) -> ColumnElement[bool]:
        at, number = self._keys
        return or_(beyond(at, place[0]), and_(at == place[0], beyond(number, place[1])))
