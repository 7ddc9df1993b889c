"""An administrator is told when nothing sends the mails."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from scheduler.domain.enums import Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant
from scheduler.usecases.outbox import beat
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from tests.factories.site import Visitor, make_site

_SAID = re.compile(
    r"Ingen e-post blir sendt\.\s+"
    r"Programmet som sender e-post \(aarshjul worker\), ([^.]+\d|er aldri startet)"
)


@pytest.fixture
def admin(sqlite_database: Database, now: datetime) -> Visitor:
    """Sør-Fron with nobody but an administrator."""
    with sqlite_database.write() as session:
        place = add_municipality(session)
        boss = add_person(session)
        office = add_position(session, place)
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        boss_id = id_of(boss)
    return make_site(sqlite_database, now).visitor_as(boss_id)


@pytest.mark.parametrize("page", ["", "/e-post"])
def test_the_pages_say_whether_a_worker_runs_has_stopped_or_never_ran(
    sqlite_database: Database, admin: Visitor, now: datetime, page: str
) -> None:
    def said_after(silence: timedelta) -> list[str]:
        with sqlite_database.write() as session:
            beat(session, "test", version="1", now=now - silence)
        return _SAID.findall(admin.get(f"/sor-fron/administrasjon{page}").text)

    never = _SAID.findall(admin.get(f"/sor-fron/administrasjon{page}").text)
    stopped = said_after(timedelta(minutes=5))
    running = said_after(timedelta(minutes=4))
    assert never == ["er aldri startet"]
    assert [said.split()[:5] for said in stopped] == [["ga", "sist", "lyd", "fra", "seg"]]
    assert running == []


def test_what_stands_still_is_not_called_in_order(
    sqlite_database: Database, admin: Visitor, now: datetime
) -> None:
    def comforts() -> list[str]:
        pages = [admin.get(f"/sor-fron/administrasjon{page}").text for page in ("", "/e-post")]
        return re.findall("ingen kom i retur|Ingenting trenger en person", "".join(pages))

    before = comforts()
    with sqlite_database.write() as session:
        beat(session, "test", version="1", now=now)
    assert (before, comforts()) == ([], ["ingen kom i retur", "Ingenting trenger en person"])
