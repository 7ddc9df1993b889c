"""The first administrator, who is made from the command line: nobody can log in before that."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.email_address import is_email
from scheduler.domain.enums import HolderKind, Role
from scheduler.domain.errors import AarshjulError
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Grant, Holder, Municipality, Person, Position
from scheduler.usecases.people.person import find_person

__all__ = ["BadEmailError", "add_administrator"]

_SLUG = "aarshjul-administrator"
_TITLE = "Administrator for årshjulet"


class BadEmailError(AarshjulError):
    """What was given is no e-mail address; `text` is what was written."""

    def __init__(self, text: str) -> None:
        """Keep what was written."""
        super().__init__(text)
        self.text = text


def add_administrator(
    session: Session, email: str, municipality: Municipality | None, *, now: datetime, today: date
) -> int:
    """Make the person with this address an administrator; return the person's id.

    In a municipality the role belongs to a position of its own, so that it can be handed over;
    without one it is the whole installation's, and the person's. A second call changes nothing.

    Raises:
        BadEmailError: the address is none.
    """
    person = _person(session, email, now=now)
    if municipality is None:
        _grant(session, person_id=id_of(person), position_id=None)
    else:
        position = _position(session, municipality)
        _hold(session, position, person, today=today)
        _grant(session, person_id=None, position_id=id_of(position))
    session.add(
        AuditEvent(
            at=now,
            municipality_id=municipality.id if municipality else None,
            action="add_administrator",
            entity="person",
            entity_id=person.id,
        )
    )
    session.flush()
    return id_of(person)


def _person(session: Session, email: str, *, now: datetime) -> Person:
    address = email.strip().lower()
    if not is_email(address):
        raise BadEmailError(email)
    person = find_person(session, address)
    if person is None:
        person = Person(email=address, name=address.partition("@")[0], created_at=now)
    person.active = True
    session.add(person)
    session.flush()
    return person


def _position(session: Session, municipality: Municipality) -> Position:
    position = session.exec(
        select(Position).where(
            Position.municipality_id == id_of(municipality), Position.slug == _SLUG
        )
    ).one_or_none()
    if position is None:
        position = Position(
            municipality_id=id_of(municipality), slug=_SLUG, title=_TITLE, held_by_several=True
        )
        session.add(position)
        session.flush()
    return position


def _hold(session: Session, position: Position, person: Person, *, today: date) -> None:
    held = session.exec(
        select(Holder).where(
            Holder.position_id == id_of(position),
            Holder.person_id == id_of(person),
            col(Holder.until_on).is_(None),
        )
    ).first()
    if held is None:
        session.add(
            Holder(
                position_id=id_of(position),
                person_id=id_of(person),
                kind=HolderKind.HOLDER,
                from_on=today,
            )
        )


def _grant(session: Session, *, person_id: int | None, position_id: int | None) -> None:
    granted = session.exec(
        select(Grant).where(
            Grant.role == Role.ADMINISTRATOR,
            Grant.person_id == person_id,
            Grant.position_id == position_id,
        )
    ).first()
    if granted is None:
        session.add(Grant(role=Role.ADMINISTRATOR, person_id=person_id, position_id=position_id))
