"""The revision about the council's calendars, there and back again with rows in the tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

import scheduler.store
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import CouncilDate, ImportedCalendar
from tests.factories.rows import MADE_AT, add, add_duty, add_municipality

_DATES = text("SELECT held_on, body FROM councildate ORDER BY held_on")


def test_a_council_date_has_its_calendars_name_before_and_its_body_after(
    database: Database,
) -> None:
    with database.write() as session:
        place = add_municipality(session)
        calendar = add(
            session,
            ImportedCalendar(municipality_id=id_of(place), name="Politikk", created_at=MADE_AT),
        )
        for day, calendar_id in ((4, calendar.id), (5, None)):
            add(
                session,
                CouncilDate(
                    municipality_id=id_of(place),
                    held_on=date(2027, 3, day),
                    body="kommunestyret",
                    calendar_id=calendar_id,
                ),
            )
        add_duty(session, place)
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(scheduler.store.__path__[0], "migrations")))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        assert [row.body for row in connection.execute(_DATES)] == ["Politikk", "kommunestyret"]
        command.upgrade(config, "head")
        assert [row.body for row in connection.execute(_DATES)] == ["kommunestyret"] * 2
        assert connection.scalar(text("SELECT COUNT(*) FROM duty")) == 1
        found = MigrationContext.configure(connection)
        assert compare_metadata(found, SQLModel.metadata) == []
        connection.rollback()
