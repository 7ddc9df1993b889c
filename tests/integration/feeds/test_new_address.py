"""A form that a double click sends twice at the same moment, on both databases."""

from __future__ import annotations

import re
import threading
from datetime import datetime

from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.tables import FeedToken
from tests.factories.site import make_site
from tests.factories.town import build_town
from web.pages import page_blueprints

ONCE = re.compile(r'name="once" value="([\w-]+)"')


def test_of_two_that_come_at_once_the_second_leads_to_what_the_first_made(
    database: Database, now: datetime
) -> None:
    site = make_site(database, now, blueprints=page_blueprints())
    with database.write() as session:
        town = build_town(session)
    reader = site.visitor_as(town.leader_id)
    found = ONCE.search(reader.get("/abonner").text)
    assert found is not None
    form = {"what": "person", "label": "Outlook", "duties": "with", "once": found[1]}
    secret, visit = (reader.client.get_cookie(name) for name in ("aarshjul", "aarshjul_visit"))
    assert secret is not None
    assert visit is not None
    starts, answers = threading.Barrier(2), list[str | None]()

    def send() -> None:
        other = site.visitor()
        other.client.set_cookie("aarshjul", secret.value)
        other.client.set_cookie("aarshjul_visit", visit.value)
        other.token = reader.token
        starts.wait(timeout=10)
        answers.append(other.post("/abonner", form).location)

    sending = [threading.Thread(target=send) for _click in (1, 2)]
    for one in sending:
        one.start()
    for one in sending:
        one.join()

    assert answers == ["/abonner/1/adresse"] * 2
    with database.read() as session:
        assert len(session.exec(select(FeedToken)).all()) == 1
