"""Making the mails to one person that no duty asks for: the welcome, and text messages."""

from __future__ import annotations

from sqlmodel import col, select

from scheduler.domain.enums import INCUMBENT_KINDS, MeetingState
from scheduler.domain.reminders import OutboxState
from scheduler.mail import TextMessage, WelcomeMail
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.tables import Forum, Holder, Outbox, Person, Position
from scheduler.usecases.outbox.contents_of import is_content_free
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.moves import known_start
from scheduler.usecases.outbox.reason import MeetingReason, meeting_reason

__all__ = ["text_draft", "welcome_draft"]

_NOBODY = Verdict(OutboxState.SKIPPED, "nobody to tell")


def welcome_draft(look: Look, row: Outbox, person: Person) -> Envelope | Verdict:
    """Return the welcome to somebody who is in a position by now."""
    if row.municipality_id is None:
        return _NOBODY
    municipality = look.municipality(row.municipality_id)
    delivery, _ = look.deliveries.of(look.session, municipality, now=look.now)
    today = delivery.local_date(look.now)
    titles = look.session.exec(
        select(Position.title)
        .join(Holder, col(Holder.position_id) == col(Position.id))
        .where(
            Holder.person_id == person.id,
            col(Holder.kind).in_(INCUMBENT_KINDS),
            holding_lasts_on(today),
            in_use(Position.retired_on, today),
            Position.municipality_id == municipality.id,
        )
        .distinct()
        .order_by(col(Position.title))
    ).all()
    if not titles:
        return Verdict(OutboxState.CANCELLED, "in no position")
    return seal(
        WelcomeMail(
            municipality=municipality.name,
            positions=tuple(titles),
            subscribe_url=look.settings.subscribe_url,
            home_url=look.settings.home_url,
            preferences_url=look.settings.preferences_url,
            content_free=is_content_free(municipality),
        ),
        to=(person.email,),
        person_id=person.id,
        language=person.language or municipality.language,
        settings=look.settings,
        now=look.now,
    )


def text_draft(look: Look, row: Outbox, person: Person) -> Envelope | Verdict:
    """Return the text message about a changed meeting, to the number it was asked for on."""
    reason = meeting_reason(look.session, row)
    why_not = "meeting gone" if reason is None else reason.why_not(row)
    if reason is None or why_not is not None:
        return Verdict(OutboxState.CANCELLED, why_not or "meeting gone")
    if person.texts_asked_at is None or person.mobile is None:
        return Verdict(OutboxState.CANCELLED, "no longer asked for")
    if look.settings.text_domain is None:
        return Verdict(OutboxState.SKIPPED, "no gateway for text messages")
    return seal(
        _text(look, row, reason),
        to=(f"{person.mobile.lstrip('+')}@{look.settings.text_domain}",),
        person_id=person.id,
        language=person.language or reason.municipality.language,
        settings=look.settings,
        now=look.now,
    )


def _text(look: Look, row: Outbox, reason: MeetingReason) -> TextMessage:
    meeting = reason.meeting
    level = look.session.get_one(Forum, meeting.forum_id).level
    return TextMessage(
        municipality=reason.municipality.name,
        # A lit screen is read by others: no case-level forum is named on it (privacy rule 4).
        forum=None if level.is_case else reason.forum,
        held_on=meeting.held_on,
        starts=meeting.starts,
        cancelled=meeting.state is MeetingState.CANCELLED,
        moved_from=known_start(row, meeting),
        content_free=is_content_free(reason.municipality),
    )
