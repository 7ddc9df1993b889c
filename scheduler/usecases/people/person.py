"""Finds a person by the work address, or makes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from scheduler.domain.email_address import is_email
from scheduler.domain.language import Language
from scheduler.domain.person_name import unfit_in_name
from scheduler.domain.planfile.problem import ProblemCode
from scheduler.domain.planfile.refused_text import refusal
from scheduler.store.tables import Person
from scheduler.usecases.people.errors import HoldingError, HoldingRefusal

__all__ = ["NewPerson", "find_or_make_person", "find_person", "is_unnamed"]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody as an administrator writes them down; the address is what they are known by."""

    name: str
    email: str
    language: Language | None = None


def find_person(session: Session, email: str) -> Person | None:
    """Return the person with the address, in any case of letters."""
    return session.exec(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def find_or_make_person(session: Session, new: NewPerson, *, now: datetime) -> Person:
    """Return the person with the address, made if nobody has it, and active again if they left.

    A known person keeps the name that stands: it may be another municipality's too. Who was made
    from an address alone gets the name.

    Raises:
        HoldingError: the address is none, the name is missing, or one of them holds what it must
            not (an identity number; in a name, anything that no name has).
    """
    email, name = new.email.strip().lower(), " ".join(new.name.split())
    if any(refusal(text) is ProblemCode.IDENTITY_NUMBER for text in (email, name)):
        raise HoldingError(HoldingRefusal.IDENTITY_NUMBER)
    if unfit_in_name(new.name):
        raise HoldingError(HoldingRefusal.NOT_A_NAME)
    if not is_email(email):
        raise HoldingError(HoldingRefusal.BAD_EMAIL)
    person = find_person(session, email)
    if person is None:
        if not name:
            raise HoldingError(HoldingRefusal.NO_NAME)
        person = Person(email=email, name=name, language=new.language, created_at=now)
    elif name and is_unnamed(person):
        person.name = name
    person.active = True
    session.add(person)
    session.flush()
    return person


def is_unnamed(person: Person) -> bool:
    """Tell whether nobody has said the person's name: the first administrator is an address."""
    return person.name == person.email.partition("@")[0]
