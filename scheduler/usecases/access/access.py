"""Who a person is to the program on one day, as frozen values for the pages."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.usecases.viewer import Viewer

__all__ = ["Access", "AccessMunicipality", "AccessPerson", "HeldPosition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPerson:
    """The person who is logged in; `language` is None until the person has chosen one."""

    id: int
    name: str
    email: str
    language: Language | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMunicipality:
    """A municipality that the person may enter."""

    id: int
    slug: str
    name: str
    language: Language
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPosition:
    """A position that the person has today, in whichever way."""

    id: int
    municipality_id: int
    slug: str
    title: str
    kind: HolderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a person may enter today; `viewer` is what every query of content is filtered by.

    Municipalities and positions are in the order of their names.
    """

    person: AccessPerson
    viewer: Viewer
    municipalities: tuple[AccessMunicipality, ...]
    positions: tuple[HeldPosition, ...]

    def municipality(self, slug: str) -> AccessMunicipality | None:
        """Return the municipality with this slug, or None where the person has no business."""
        return next((found for found in self.municipalities if found.slug == slug), None)

    def may_plan(self, municipality_id: int) -> bool:
        """Tell whether the person may plan the municipality's year."""
        return municipality_id in self.viewer.planner_of

    def may_administer(self, municipality_id: int) -> bool:
        """Tell whether the person may change positions, people and settings there."""
        return municipality_id in self.viewer.administrator_of
