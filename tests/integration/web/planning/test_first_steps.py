"""Whoever is the first administrator finds the way to a first year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from scheduler.domain.enums import Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant, Position, YearPlan
from scheduler.usecases.access.administrators import add_administrator
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from tests.factories.site import Visitor, make_site
from web.pages import page_blueprints
from web.planning.pages import planning_blueprints

_ENTRY = '<a href="/sor-fron/planlegg">Planlegg året</a>'
_BOX = re.compile(r'<section class="card" aria-labelledby="forst-sor-fron">.*?</section>', re.S)


@dataclass(frozen=True)
class Here:
    """Sør-Fron as `admin add` leaves it: an administrator, and a position that nobody has."""

    database: Database
    admin: Visitor
    leader_position: int

    def box(self, page: str = "/") -> str:
        """Return the words of the first steps on a page."""
        found = _BOX.search(self.admin.get(page).text)
        return " ".join(re.sub("<[^>]+>", " ", found.group()).split()) if found else ""


@pytest.fixture
def here(sqlite_database: Database, now: datetime) -> Here:
    with sqlite_database.write() as session:
        place = add_municipality(session)
        leader = add_position(session, place, title="Leder, oppvekst", slug="leder")
        leader_id = id_of(leader)
        person_id = add_administrator(session, "a@x.example", place, now=now, today=now.date())
    site = make_site(sqlite_database, now, blueprints=(*page_blueprints(), *planning_blueprints()))
    return Here(sqlite_database, site.visitor_as(person_id), leader_id)


@pytest.mark.parametrize("page", ["/", "/sor-fron/administrasjon"])
def test_the_start_page_and_the_administration_say_what_comes_first(here: Here, page: str) -> None:
    assert here.box(page) == (
        "Kom i gang med årshjulet i Sør-Fron "
        "Knytt personer til stillingene "
        "1 av 2 er ubesatt. Ingen får påminnelser for en ubesatt stilling. "
        "Velg hvem som planlegger året "
        "Det følger ikke med å administrere, men du kan velge din egen stilling. "
        "Foreslå datoer og publiser året"
    )


def test_planning_is_in_the_menu_until_somebody_else_plans(here: Here) -> None:
    before = here.admin.get("/min-konto").text.count(_ENTRY)
    page = here.admin.get("/sor-fron/planlegg").text
    with here.database.write() as session:
        add(session, Grant(role=Role.PLANNER, position_id=here.leader_position))
    vacant = here.admin.get("/min-konto").text.count(_ENTRY)
    with here.database.write() as session:
        position = session.get_one(Position, here.leader_position)
        add_holder(session, position, add_person(session))
    held = here.admin.get("/min-konto").text.count(_ENTRY)
    assert "Hvem skal planlegge året?" in page
    assert "Bare den som planlegger året, kommer inn her" not in page
    # A planner's position that nobody has plans nothing.
    assert (before, vacant, held) == (1, 1, 0)


def test_whoever_chooses_their_own_position_may_go_on(here: Here) -> None:
    here.admin.get("/sor-fron/planlegg")
    answer = here.admin.post(
        "/sor-fron/planlegg/planlegger", {"position": "aarshjul-administrator"}
    )
    assert answer.location == "/sor-fron/planlegg"
    assert here.box().endswith(
        "Velg hvem som planlegger året valgt Foreslå datoer og publiser året"
    )
    assert here.admin.get("/min-konto").text.count(_ENTRY) == 1


def test_the_steps_are_gone_once_a_year_is_published(here: Here, now: datetime) -> None:
    with here.database.write() as session:
        year = YearPlan(
            municipality_id=1,
            period="2027",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        year_id = id_of(add(session, year))
    proposed = here.box()
    with here.database.write() as session:
        session.get_one(YearPlan, year_id).published_at = now
    assert (proposed != "", here.box()) == (True, "")
