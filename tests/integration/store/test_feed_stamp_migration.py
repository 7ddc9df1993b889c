"""A database whose triggers were placed by an older version gets the new ones, rows and all."""

from __future__ import annotations

from datetime import datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import text, update
from sqlmodel import Session, select

from scheduler.domain.enums import FeedScope
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.feed_stamps import person_source, remove_triggers
from scheduler.store.rows import id_of
from scheduler.store.schema import upgrade_schema
from scheduler.store.tables import FeedStamp, Outbox
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    create_subscription,
    find_subscription,
)
from tests.factories import rows

BEFORE = "0016"
_RAISE = (
    "INSERT INTO feedstamp (source, stamp) SELECT 'p:' || NEW.person_id, 1"
    " WHERE NEW.person_id IS NOT NULL"
    " ON CONFLICT (source) DO UPDATE SET stamp = feedstamp.stamp + 1"
)
_WHEN = "WHEN (NEW.kind = 'invitation' AND NEW.state IN ('sending', 'sent'))"
OLD_ON_SQLITE = (
    "CREATE TRIGGER feed_stamp_outbox_update AFTER UPDATE OF state ON outbox"
    f" FOR EACH ROW {_WHEN} BEGIN {_RAISE}; END",
)
OLD_ON_POSTGRESQL = (
    "CREATE FUNCTION feed_stamp_outbox() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN {_RAISE}; RETURN NULL; END $$",
    "CREATE CONSTRAINT TRIGGER feed_stamp_outbox AFTER INSERT OR UPDATE OF state ON outbox"
    f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {_WHEN} EXECUTE FUNCTION feed_stamp_outbox()",
)


def test_a_database_with_the_triggers_of_before_learns_of_invitations_taken_back(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        person = id_of(rows.add_person(session))
        session.add(
            Outbox(
                dedup_key="k",
                kind="invitation",
                step="request",
                mail_class="invitation",
                person_id=person,
                resend_policy="once",
                due_at=now,
                next_at=now,
                expires_at=now,
                created_at=now,
            )
        )
        target = FeedTarget(scope=FeedScope.PERSON, person_id=person)
        made, secret = create_subscription(
            session, target, owner_id=person, label="X", language=Language.BOKMAL, now=now
        )
    as_it_was(database)
    with database.write() as session:
        before = stamp_of(session, person)
        session.exec(update(Outbox).values(state="cancelled"))
    with database.write() as session:
        unaware = stamp_of(session, person)
        session.exec(update(Outbox).values(state="scheduled"))

    upgraded = upgrade_schema(database)

    with database.write() as session:
        session.exec(update(Outbox).values(state="cancelled"))
    with database.read() as session:
        assert (upgraded, unaware, stamp_of(session, person)) == (True, before, before + 1)
        assert session.exec(select(Outbox.state)).all() == ["cancelled"]
        assert find_subscription(session, secret) == made


def as_it_was(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", "scheduler/store/migrations")
    config.set_main_option("path_separator", "os")
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        remove_triggers(connection)
        for statement in OLD_ON_SQLITE if database.is_sqlite else OLD_ON_POSTGRESQL:
            connection.execute(text(statement))
        connection.commit()


def stamp_of(session: Session, person_id: int) -> int:
    return session.get_one(FeedStamp, person_source(person_id)).stamp
