"""Kept bytes: the same until something they are made of changes, whatever changes it and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg.pq import Trace
from sqlalchemy import event, text, update
from sqlmodel import select

from scheduler.domain.enums import FeedDetail, FeedScope, ForumLevel, Role
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import (
    Duty,
    FeedToken,
    Forum,
    Grant,
    Holder,
    KeptFeed,
    Meeting,
    Municipality,
    Person,
)
from scheduler.usecases.feeds.subscriptions import change_subscription, find_subscription
from scheduler.usecases.meetings import (
    reinstate_meeting,
)
from scheduler.usecases.people import HandOver, NewPerson, hand_over
from tests.factories import rows
from tests.factories.site import BASE_URL, make_site
from tests.integration.feeds.changes import cancel, leader_is_away, move
from tests.integration.feeds.subscriber import Subscriber, events, summaries
from web.addresses import page_address
from web.feeds.blueprint import blueprint
from web.feeds.making import make_feed
from web.settings import Settings

CHANGED = re.compile(rb"(DTSTAMP|LAST-MODIFIED):.*\r\n")


def test_a_deputy_has_the_seats_and_duties_of_the_position_while_nobody_is_there(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    before = len(events(here.body(secret)))
    with here.database.write() as session:
        leader_is_away(session, here.town, here.site.now)

    during = len(events(here.body(secret)))
    here.site.now += timedelta(days=22)

    assert (during - before, len(events(here.body(secret))) - before) == (1, 0)


@pytest.mark.parametrize("given_to", ["position", "person"])
def test_who_may_only_plan_a_case_level_forum_has_nothing_of_it_in_a_feed(
    here_on_sqlite: Subscriber, given_to: str
) -> None:
    here = here_on_sqlite
    secret = here.subscribe(FeedScope.FORUM, owner_id=here.town.other_person)
    before = summaries(here.body(secret))
    with here.database.write() as session:
        session.get_one(Forum, here.town.forum).level = ForumLevel.CASE_ELSE_NOT
        planner: dict[str, int] = (
            {"position_id": here.town.deputy_of}
            if given_to == "position"
            else {"person_id": here.town.other_person}
        )
        rows.add(session, Grant(role=Role.PLANNER, **planner))

    after = here.body(secret)

    assert before == ["Ressursgruppe, æøå, Frya skule"]
    assert events(after) == {}
    assert b"Ressursgruppe" not in after


Asked = Callable[[], list[str]]


def asked_of(database: Database, folder: Path) -> Asked:
    """Return what tells every statement that the database is asked from now on."""
    # What is open already would not be listened to.
    database.close()
    return (
        asked_of_sqlite(database) if database.is_sqlite else asked_of_postgresql(database, folder)
    )


def asked_of_sqlite(database: Database) -> Asked:
    """Listen to the driver, which tells the text with its values."""
    asked: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK", "PRAGMA")):
            asked.append(re.sub("'[^']*'", "?", statement))

    @event.listens_for(database.engine, "checkout")
    def _listen(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.set_trace_callback(note)

    return lambda: asked


def asked_of_postgresql(database: Database, folder: Path) -> Asked:
    """Write down every message to the server; each statement that is run is told by its name."""
    path = folder / "messages"
    messages = path.open("wb")

    @event.listens_for(database.engine, "connect")
    def _listen(connection: Any, _record: Any) -> None:
        connection.pgconn.trace(messages.fileno())
        connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)

    def asked() -> list[str]:
        database.close()  # What is in its hands is written out.
        messages.close()
        sent = [line.split("\t") for line in path.read_text(errors="replace").splitlines()]
        binds = [line[3].split('"')[3] for line in sent if line[:3:2] == ["F", "Bind"]]
        queries = [line[3] for line in sent if line[:3:2] == ["F", "Query"]]
        return binds + [query for query in queries if is_asking(query)]

    return asked


def is_asking(query: str) -> bool:
    """Tell whether a message is more than the bounds of a transaction."""
    return not query.strip(' "').startswith(("BEGIN", "ROLLBACK", "COMMIT"))


def test_what_does_not_concern_the_feed_leaves_its_kept_bytes_alone(
    here: Subscriber, tmp_path: Path
) -> None:
    with here.database.write() as session:
        other = rows.add_municipality(session, slug="bamble", name="Bamble")
        rows.add_forum(session, other)
    secret = here.subscribe()
    here.body(secret)
    with here.database.write() as session:
        rows.add_forum(session, session.exec(select(Municipality).offset(1)).one())
        rows.add_person(session)
    asked = asked_of(here.database, tmp_path)

    here.body(secret)

    assert len(asked()) == 1


def test_every_answer_from_what_is_kept_is_one_query(here: Subscriber, tmp_path: Path) -> None:
    secret = here.subscribe()
    tag = here.fetch(secret).headers["ETag"]
    asked = asked_of(here.database, tmp_path)

    answers = [
        here.fetch(secret, If_None_Match=header)
        for header in (tag, f"W/{tag}", "*", f'"other", {tag}', '"other"', "rubbish")
    ]

    assert [answer.status_code for answer in answers] == [304, 304, 304, 304, 200, 200]
    assert len(asked()) == 6


def test_unknown_and_revoked_addresses_ask_the_same_one_query(
    here: Subscriber, tmp_path: Path
) -> None:
    secret = here.subscribe()
    with here.database.write() as session:
        session.connection().execute(update(FeedToken).values(revoked_at=here.site.now))
    asked = asked_of(here.database, tmp_path)

    answers = [here.fetch(secret), here.fetch("x" * 43), here.fetch("x"), here.fetch(secret[:-1])]

    assert [answer.status_code for answer in answers] == [410, 404, 404, 404]
    statements = asked()
    assert (len(statements), len(set(statements))) == (4, 1)


def test_a_moved_meeting_changes_no_line_but_its_own(here: Subscriber) -> None:
    secret = here.subscribe()
    before = events(here.body(secret))
    with here.database.write() as session:
        move(session, here.town, here.site.now)
        uid = session.get_one(Meeting, here.town.meeting).uid

    after = events(here.body(secret))

    assert list(after) != []
    assert {key: after[key] for key in after if key != uid} == {
        key: before[key] for key in before if key != uid
    }
    assert (b"SEQUENCE:0\r\n" in before[uid], b"SEQUENCE:1\r\n" in after[uid]) == (True, True)
    assert b"Flyttet fra tirsdag 9. mars 2027" in after[uid].replace(b"\r\n ", b"")


def test_only_the_entry_that_changed_is_made_anew(here: Subscriber) -> None:
    secret = here.subscribe()
    here.body(secret)
    with here.database.write() as session:
        program = session.exec(select(KeptFeed.program)).one()
        move(session, here.town, here.site.now)
        uid = session.get_one(Meeting, here.town.meeting).uid

    making = make_feed(
        here.database,
        secret,
        program=program,
        address_of=page_address(BASE_URL),
        now=here.site.now,
    )

    assert making is not None
    assert making.entries is not None
    assert [key.uid for key in making.entries.made] == [uid]


def test_a_cancelled_meeting_stands_30_days_and_taken_up_again_it_is_back(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    with here.database.write() as session:
        cancel(session, here.town, here.site.now)
        uid = session.get_one(Meeting, here.town.meeting).uid
    cancelled = events(here.body(secret))[uid]
    here.site.now += timedelta(days=30)
    on_the_last_day = uid in events(here.body(secret))
    here.site.now += timedelta(days=1)
    gone = uid in events(here.body(secret))
    with here.database.write() as session:
        reinstate_meeting(
            session,
            here.town.meeting,
            sequence=1,
            now=here.site.now,
            actor_id=None,
            holidays_of=public_holidays,
        )
    back = events(here.body(secret))[uid]

    assert b"SUMMARY:AVLYST: " in cancelled
    assert b"STATUS:CANCELLED\r\n" in cancelled
    assert b"SEQUENCE:1\r\n" in cancelled
    assert (on_the_last_day, gone) == (True, False)
    assert b"SEQUENCE:2\r\n" in back
    assert b"STATUS:CONFIRMED\r\n" in back


def test_what_is_older_than_twelve_months_leaves_at_midnight_without_a_write(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    uids = set(events(here.body(secret)))
    here.site.now = datetime.fromisoformat("2028-03-09T23:59:59+01:00")
    still = set(events(here.body(secret)))
    here.site.now = datetime.fromisoformat("2028-03-10T00:00:00+01:00")

    left = still - set(events(here.body(secret)))

    assert len(uids) == 5
    with here.database.read() as session:
        assert left == {session.get_one(Meeting, here.town.meeting).uid}


def test_a_leaver_has_an_empty_feed_the_next_day_and_none_after_30_days(here: Subscriber) -> None:
    feeds = [here.subscribe(scope) for scope in FeedScope]
    with here.database.write() as session:
        for holder in session.exec(select(Holder).where(Holder.person_id == here.town.person)):
            holder.until_on = date(2027, 1, 15)
            session.add(holder)
    found = []
    for day in ("2027-01-15T23:59", "2027-01-16T00:00", "2027-02-14T23:59", "2027-02-15T00:00"):
        here.site.now = datetime.fromisoformat(f"{day}:00+01:00")
        answers = [here.fetch(secret) for secret in feeds]
        found.append([(each.status_code, len(events(each.data)) > 0) for each in answers])

    assert found == [
        [(200, True)] * 5,
        [(200, False)] * 5,
        [(200, False)] * 5,
        [(410, False)] * 5,
    ]


def test_a_successor_has_the_meetings_the_same_day(here: Subscriber) -> None:
    with here.database.write() as session:
        hand_over(
            session,
            HandOver(
                position_id=here.town.secretary,
                first_day=date(2027, 2, 1),
                to=NewPerson(name="Ny Person", email="ny@sor-fron.example"),
            ),
            now=here.site.now,
            actor_id=None,
        )
        new = session.exec(select(Person).where(Person.email == "ny@sor-fron.example")).one()
    old_feed = here.subscribe()
    new_feed = here.subscribe(owner_id=new.id, person_id=new.id)
    found = []
    for day in ("2027-01-31T23:59", "2027-02-01T00:00"):
        here.site.now = datetime.fromisoformat(f"{day}:00+01:00")
        old, successor = here.fetch(old_feed), here.fetch(new_feed)
        found.append((len(events(old.data)), successor.status_code, len(events(successor.data))))

    assert found == [(5, 200, 0), (0, 200, 5)]


def test_another_address_of_the_site_writes_the_feed_anew(here: Subscriber) -> None:
    secret = here.subscribe()
    first = here.body(secret)
    moved = replace(
        here,
        site=make_site(
            here.database,
            here.site.now,
            settings=Settings(base_url="https://ny.example"),
            blueprints=(blueprint,),
        ),
    )

    assert (b"http://arshjul.example/" in first, b"https://ny.example/" in first) == (True, False)
    assert b"https://ny.example/" in moved.body(secret)
    assert here.body(secret) == first


def test_each_option_changes_the_bytes_at_the_next_fetch_and_leaves_the_address(
    here: Subscriber,
) -> None:
    with here.database.write() as session:
        cancel(session, here.town, here.site.now)
    secret = here.subscribe()
    bodies = [here.body(secret)]
    plain = FeedOptions(language=Language.BOKMAL)
    for options in (
        replace(plain, language=Language.NYNORSK),
        replace(plain, language=Language.ENGLISH),
        replace(plain, detail=FeedDetail.TITLE),
        replace(plain, detail=FeedDetail.BUSY),
        replace(plain, alarm=FeedAlarm.HOUR),
        replace(plain, with_duties=False),
        replace(plain, with_cancelled=False),
        plain,
    ):
        with here.database.write() as session:
            found = find_subscription(session, secret)
            assert found is not None
            change_subscription(
                session,
                found.id,
                options,
                label="Outlook",
                actor_id=here.town.person,
                now=here.site.now,
            )
        bodies.append(here.body(secret))

    # They say that they were changed, as often as they were.
    assert CHANGED.sub(b"", bodies[-1]) == CHANGED.sub(b"", bodies[0])
    assert len(set(bodies)) == len(bodies)
    assert [len(events(body)) for body in bodies] == [5, 5, 5, 5, 5, 5, 2, 4, 5]
    with here.database.read() as session:
        assert len(session.exec(select(KeptFeed)).all()) == 1


def test_two_subscriptions_to_the_same_view_share_their_bytes(here: Subscriber) -> None:
    first, second = here.subscribe(), here.subscribe()

    assert here.body(first) == here.body(second)
    with here.database.read() as session:
        assert len(session.exec(select(KeptFeed)).all()) == 1


def test_two_web_processes_serve_the_same_bytes(here: Subscriber) -> None:
    other_database = Database(here.database.engine.url.render_as_string(hide_password=False))
    other = replace(here, site=make_site(other_database, here.site.now, blueprints=(blueprint,)))
    secret = here.subscribe()
    found = [here.body(secret), other.body(secret), other.fresh(secret), here.body(secret)]
    with here.database.write() as session:
        move(session, here.town, here.site.now)
    found_after = [other.body(secret), here.body(secret)]
    other_database.close()

    assert (len(set(found)), len(set(found_after))) == (1, 1)
    assert found[0] != found_after[0]


def test_bytes_that_the_process_has_read_do_not_cross_from_the_database_again(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    here.body(secret)
    read = here.body(secret)
    with here.database.write() as session:
        session.exec(update(KeptFeed).values(body=b"not asked for"))

    again = here.body(secret)
    with here.database.write() as session:
        session.exec(update(KeptFeed).values(etag='"another"'))

    assert (again == read, here.body(secret)) == (True, b"not asked for")


def test_a_busy_database_still_answers(here_on_sqlite: Subscriber) -> None:
    here = here_on_sqlite
    secret = here.subscribe()
    first = here.body(secret)
    with here.database.write() as session:
        session.connection().execute(update(Duty).values(sequence=7))
    # The writer below holds the only lock there is until the answer is read.
    with here.database.engine.connect().execution_options(writes=True) as writer:
        writer.execute(text("UPDATE duty SET sequence = 8"))
        here.database.engine.dispose()
        answer = here.site.app.test_client().get(f"/feeds/{secret}.ics")
        body = answer.data

    assert (answer.status_code, body != first) == (200, True)


def test_the_leaders_feed_has_the_reviews_and_reports_and_nothing_of_cases(
    here: Subscriber,
) -> None:
    body = here.body(here.subscribe(FeedScope.LEADERS))

    assert summaries(body) == [
        "Årlig gjennomgang av planen: Helsestasjonen",
        "Evaluering av tiltak: Los",
    ]


def test_a_case_level_duty_says_its_title_and_day_and_nothing_more(here: Subscriber) -> None:
    body = here.body(here.subscribe())
    (entry,) = [each for each in events(body).values() if b"SUMMARY:Referat" in each]

    assert [line.split(b":")[0].split(b";")[0] for line in entry.split(b"\r\n")[:-1]] == [
        b"UID", b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE", b"DTSTART", b"DTEND", b"SUMMARY",
        b"STATUS", b"TRANSP", b"X-MICROSOFT-CDO-BUSYSTATUS", b"X-MICROSOFT-CDO-ALLDAYEVENT",
    ]  # fmt: skip


def test_a_row_that_no_calendar_can_show_is_left_out_and_logged(
    here: Subscriber, caplog: pytest.LogCaptureFixture
) -> None:
    secret = here.subscribe()
    whole = events(here.body(secret))
    with here.database.write() as session:
        meeting = session.get_one(Meeting, here.town.meeting)
        uid = meeting.uid
        meeting.ends = time(8)
        session.add(meeting)
        duty = session.get_one(Duty, here.town.duty)
        duty_uid = duty.uid
        duty.uid = "nei\r\nBEGIN:VEVENT"
        session.add(duty)

    body = here.body(secret)

    assert set(events(body)) == set(whole) - {uid, duty_uid}
    assert [record.getMessage() for record in caplog.records if record.name == "web.feeds"] == [
        f"left out of a feed: entry {uid!r} has an unusable ends",
        "left out of a feed: entry 'nei\\r\\nBEGIN:VEVENT' has an unusable uid",
    ]
