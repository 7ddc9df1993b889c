"""The few words a calendar entry adds of its own, in three written forms."""

from dataclasses import dataclass
from typing import Final

from scheduler.domain.language import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What is put before, after or in place of the texts of an entry."""

    cancelled: str
    moved_from: str
    busy: str
    deadline: str
    done: str
    not_needed: str
    untitled: str
    conference: str
    page: str


def words(language: Language) -> Words:
    """Return the words in one written form."""
    return _WORDS[language]


_WORDS: Final = {
    Language.BOKMAL: Words(
        cancelled="AVLYST",
        moved_from="Flyttet fra",
        busy="Opptatt",
        deadline="Frist",
        done="Ferdig",
        not_needed="IKKE AKTUELT",
        untitled="Uten tittel",
        conference="Delta på nett",
        page="Les mer",
    ),
    Language.NYNORSK: Words(
        cancelled="AVLYST",
        moved_from="Flytta frå",
        busy="Oppteken",
        deadline="Frist",
        done="Ferdig",
        not_needed="IKKJE AKTUELT",
        untitled="Utan tittel",
        conference="Delta på nett",
        page="Les meir",
    ),
    Language.ENGLISH: Words(
        cancelled="CANCELLED",
        moved_from="Moved from",
        busy="Busy",
        deadline="Deadline",
        done="Done",
        not_needed="NOT NEEDED",
        untitled="Untitled",
        conference="Join online",
        page="Read more",
    ),
}
