"""The pages of content over a small municipality, Monday 11 January 2027 at nine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from scheduler.store.database import Database
from tests.factories.site import Site, Visitor, make_site
from tests.factories.town import Town, build_town
from web.pages import page_blueprints


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    return make_site(sqlite_database, now, blueprints=page_blueprints())


@pytest.fixture
def town(site: Site) -> Town:
    with site.database.write() as session:
        return build_town(session)


@pytest.fixture
def leader(site: Site, town: Town) -> Visitor:
    return site.visitor_as(town.leader_id)


@pytest.fixture
def as_person(site: Site) -> Callable[[int], Visitor]:
    return site.visitor_as
