"""The main menu: the pages a person may go to from every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from scheduler.usecases.access.access import Access, AccessMunicipality
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.first_steps import has_planner
from web.current import current_access, current_now, current_today, shown_municipality
from web.language import N_, gettext
from web.parts import current_parts

__all__ = ["MENU", "MenuEntry", "MenuLink", "home_path", "menu_links", "place_links"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page of the menu: shown once its endpoint exists, to those whom `may_see` lets.

    An endpoint with `municipality` in its address is shown when the page has a municipality.
    """

    endpoint: str
    text: str
    may_see: Callable[[Access, AccessMunicipality | None], bool] = lambda _access, _place: True


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLink:
    """An entry as one page shows it; `current` if the page belongs to it."""

    path: str
    text: str
    current: bool


def _plans(access: Access, place: AccessMunicipality | None) -> bool:
    if place is None:
        return False
    # Where nobody plans, the page tells whoever administers how somebody comes to.
    return access.may_plan(place.id) or (
        access.may_administer(place.id) and not _somebody_plans(access, place)
    )


def _somebody_plans(access: Access, place: AccessMunicipality) -> bool:
    acting = Acting(
        municipality_id=place.id,
        person_id=access.person.id,
        now=current_now(),
        today=current_today(),
    )
    with current_parts().database.read() as session:
        return has_planner(session, acting)


def _administers(access: Access, place: AccessMunicipality | None) -> bool:
    return place is not None and access.may_administer(place.id)


MENU = (
    MenuEntry(endpoint="person.index", text=N_("Mine møter og frister")),
    MenuEntry(endpoint="wheel.index", text=N_("Årshjulet")),
    MenuEntry(endpoint="calendar.index", text=N_("Kalender")),
    MenuEntry(endpoint="duties.index", text=N_("Oppgaver")),
    MenuEntry(endpoint="review.index", text=N_("Årlig gjennomgang")),
    MenuEntry(endpoint="subscribe.index", text=N_("Abonner")),
    MenuEntry(endpoint="planning.index", text=N_("Planlegg året"), may_see=_plans),
    MenuEntry(endpoint="admin.index", text=N_("Administrasjon"), may_see=_administers),
)


def menu_links() -> list[MenuLink]:
    """Return the menu of this page, empty for a stranger."""
    access = current_access()
    if access is None:
        return []
    place = shown_municipality()
    return [
        MenuLink(
            path=path,
            text=gettext(entry.text),
            current=_is_current(entry, path),
        )
        for entry in MENU
        if entry.may_see(access, place) and (path := _path(current_app, entry, place)) is not None
    ]


def place_links() -> list[MenuLink]:
    """Return the way to each municipality of somebody who has several; else nothing."""
    access = current_access()
    if access is None or len(access.municipalities) < 2:
        return []
    shown = shown_municipality()
    entry = next(entry for entry in MENU if entry.endpoint == "wheel.index")
    return [
        MenuLink(path=path, text=place.name, current=place == shown)
        for place in access.municipalities
        if (path := _path(current_app, entry, place)) is not None
    ]


def home_path() -> str:
    """Return where a person lands after logging in."""
    known = "person.index" in current_app.view_functions
    return url_for("person.index" if known else "account.index")


def _is_current(entry: MenuEntry, path: str) -> bool:
    """Tell whether the page is one of the entry's, or lies under its address."""
    if request.blueprint == entry.endpoint.partition(".")[0]:
        return True
    return path != "/" and request.path.startswith(f"{path}/")


def _path(app: Flask, entry: MenuEntry, place: AccessMunicipality | None) -> str | None:
    if entry.endpoint not in app.view_functions:
        return None
    if not app.url_map.is_endpoint_expecting(entry.endpoint, "municipality"):
        return url_for(entry.endpoint)
    return None if place is None else url_for(entry.endpoint, municipality=place.slug)
