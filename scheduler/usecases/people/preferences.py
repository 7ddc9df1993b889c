"""How a person wants their reminders: on which day, when not, and whether as text messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col

from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Person

__all__ = ["Preferences", "change_preferences", "preferences_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """A person's own choices.

    `digest_weekday` (Monday is 0) gathers all nags on one day a week; from `quiet_from` to
    `quiet_until`, both included, none comes. Neither touches notices, cancellations or log-ins.
    `texts_to` is the mobile that changes of near meetings are texted to; None asks for none.
    """

    digest_weekday: int | None = None
    quiet_from: date | None = None
    quiet_until: date | None = None
    texts_to: str | None = None


def preferences_of(session: Session, person_id: int) -> Preferences:
    """Return what the person has chosen."""
    person = session.get_one(Person, person_id)
    return Preferences(
        digest_weekday=person.digest_weekday,
        quiet_from=person.quiet_from,
        quiet_until=person.quiet_until,
        texts_to=person.mobile if person.texts_asked_at is not None else None,
    )


def change_preferences(
    session: Session, person_id: int, wanted: Preferences, *, now: datetime
) -> None:
    """Keep the person's choices; without text messages the number is removed (privacy rule 5)."""
    asked_at = session.get_one(Person, person_id).texts_asked_at
    guarded_update(
        session,
        Person,
        col(Person.id) == person_id,
        digest_weekday=wanted.digest_weekday,
        quiet_from=wanted.quiet_from,
        quiet_until=wanted.quiet_until,
        mobile=wanted.texts_to,
        texts_asked_at=(asked_at or now) if wanted.texts_to else None,
    )
