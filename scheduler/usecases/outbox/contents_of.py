"""From stored facts to what a mail says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, MeetingState
from scheduler.domain.reminders import Audience, Delivery, MailClass, Tone
from scheduler.domain.snapshots import DutySnapshot
from scheduler.mail import (
    ChangeMail,
    DutyItem,
    DutyMail,
    LoginMail,
    MovedMeeting,
    NearMeeting,
    SummaryMail,
)
from scheduler.store.in_force import sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Municipality, Outbox, Position, Seat
from scheduler.usecases.outbox.digest import Part
from scheduler.usecases.outbox.moves import known_start
from scheduler.usecases.outbox.reason import MeetingReason
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.reminders.action_link import Action, new_action_link

__all__ = ["change_mail", "duty_mail", "login_mail", "summary_mail"]

_ONE_DAY = timedelta(days=1)


def duty_mail(
    session: Session,
    parts: list[Part],
    *,
    settings: WorkerSettings,
    delivery: Delivery,
    now: datetime,
) -> DutyMail:
    """Return what a mail about these duties says, with a new link for each that can be done."""
    municipality = parts[0][1].municipality
    content_free = is_content_free(municipality)
    items = [
        _item(session, part, settings, delivery, now, with_link=not content_free) for part in parts
    ]
    return DutyMail(
        municipality=municipality.name,
        today=delivery.local_date(now),
        items=tuple(items),
        positions=_titles(session, parts),
        home_url=settings.home_url,
        preferences_url=settings.preferences_url,
        content_free=content_free,
    )


def change_mail(
    session: Session, row: Outbox, reason: MeetingReason, *, settings: WorkerSettings
) -> ChangeMail:
    """Return what a mail about a changed, new or reinstated meeting says."""
    meeting = reason.meeting
    last = session.exec(
        select(AuditEvent.action)
        .where(AuditEvent.entity == "meeting", AuditEvent.entity_id == meeting.id)
        .order_by(col(AuditEvent.id).desc())
        .limit(1)
    ).first()
    return ChangeMail(
        municipality=reason.municipality.name,
        forum=reason.forum,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        moved_from=known_start(row, meeting),
        cancelled=meeting.state is MeetingState.CANCELLED,
        # Every change raises the sequence; what has none was never anything else.
        added=meeting.sequence == 0,
        reinstated=last == "reinstate_meeting",
        home_url=settings.home_url,
        meeting_url=settings.meeting_url(id_of(meeting)),
        content_free=is_content_free(reason.municipality),
    )


def login_mail(row: Outbox) -> LoginMail:
    """Return what a log-in mail says; its times are in Norway's zone."""
    said = json.loads(row.payload or "{}")
    until = row.expires_at.astimezone(ZoneInfo("Europe/Oslo"))
    return LoginMail(municipality="", url=said["url"], until=until.time())


def summary_mail(
    row: Outbox,
    municipality: Municipality,
    moves: tuple[MovedMeeting, ...],
    near: tuple[NearMeeting, ...],
    *,
    settings: WorkerSettings,
) -> SummaryMail:
    """Return what a mail about a published or changed year says."""
    said = json.loads(row.payload or "{}")
    return SummaryMail(
        municipality=municipality.name,
        period=said["period"],
        meetings=said["meetings"],
        published=said["published"],
        home_url=settings.home_url,
        preferences_url=settings.preferences_url,
        subscribe_url=settings.subscribe_url,
        moves=moves,
        near=near,
        at_once=row.mail_class == MailClass.CHANGE,
        content_free=is_content_free(municipality),
    )


def is_content_free(municipality: Municipality) -> bool:
    """Tell whether the municipality wants mails that only say that something waits."""
    return municipality.choices.get("content_free_mail") is True


def _titles(session: Session, parts: list[Part]) -> tuple[str, ...]:
    duties = {reason.duty.position_id: reason.duty.position_title for _, reason, _ in parts}
    positions = {recipients.position_id for _, _, recipients in parts}
    if len(positions) == 1:
        # Mostly it is the duty's own, which was read with it.
        title = duties.get(next(iter(positions)))
        if title is not None:
            return (title,)
    titles = session.exec(
        select(Position.title)
        .where(col(Position.id).in_(positions))
        .order_by(col(Position.title), col(Position.id))
    ).all()
    return tuple(titles)


def _item(
    session: Session,
    part: Part,
    settings: WorkerSettings,
    delivery: Delivery,
    now: datetime,
    *,
    with_link: bool,
) -> DutyItem:
    row, reason, recipients = part
    duty = reason.duty
    hidden = not _may_know(session, duty, recipients.position_id)
    can_do = reason.audience is Audience.RESPONSIBLE or reason.tone is Tone.APPROVE
    url = None
    take_url = None
    several = len(recipients.readers) > 1

    def link(action: Action) -> str:
        # A mail that several read cannot know who of them follows its link: the page asks.
        alone = len(recipients.everyone) == 1
        token = new_action_link(
            session,
            duty_id=duty.id,
            action=action,
            position_id=recipients.position_id,
            person_id=recipients.readers[0].person_id if alone else None,
            now=now,
        )
        return settings.action_url(token)

    if with_link and can_do and not hidden:
        url = link(Action.DONE)
        if several and recipients.position_id == duty.position_id:
            take_url = link(Action.TAKE)
    today = delivery.local_date(now)
    is_late = row.mail_class == MailClass.NOTICE and now - row.due_at > settings.late_after
    leader_in = delivery.days.between(today, reason.leader_on) - 1 if reason.leader_on else 0
    return DutyItem(
        duty=replace(duty, kind=DutyKind.AGENDA) if reason.tone is Tone.ITEMS else duty,
        tone=reason.tone,
        due_on=reason.due_on,
        vacant=recipients.vacant,
        several=several,
        take_url=take_url,
        leader_on=reason.leader_on if reason.leader_on and reason.leader_on > today else None,
        leader_in_days=max(leader_in, 0),
        late_from=delivery.local_date(row.due_at) if is_late else None,
        action_url=url,
        hidden=hidden,
    )


def _may_know(session: Session, duty: DutySnapshot, position_id: int) -> bool:
    """Tell whether a position may read of the duty: case-level forums are their members' alone.

    A seat at one unit is no seat in another unit's series.
    """
    if duty.level is None or not duty.level.is_case or position_id == duty.position_id:
        return True
    seat = session.exec(
        select(Seat.id)
        .join(Duty, sits_in(Duty.forum_id, Duty.unit_id))
        .where(
            Duty.id == duty.id,
            Seat.position_id == position_id,
            col(Seat.retired_on).is_(None),
        )
        .limit(1)
    ).one_or_none()
    return seat is not None
