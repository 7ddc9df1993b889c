"""A person chooses the written form of pages and mails."""

from __future__ import annotations

from sqlmodel import Session, col

from scheduler.domain.language import Language
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Person

__all__ = ["choose_language"]


def choose_language(session: Session, person_id: int, language: Language) -> None:
    """Keep the choice; it goes before the municipality's."""
    guarded_update(session, Person, col(Person.id) == person_id, language=language)
