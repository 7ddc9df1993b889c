"""A forum out of use on the pages: its cancelled meeting is shown, and is not taken up again."""

from __future__ import annotations

from scheduler.public_holidays import public_holidays
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting
from scheduler.usecases.retiring import call_off_meetings
from tests.factories.site import Site
from tests.factories.town import Town


def test_its_meeting_is_shown_as_cancelled_without_a_way_back(site: Site, town: Town) -> None:
    path = f"/mote/{town.meeting.id}"
    visitor = site.visitor_as(town.leader_id)
    with site.database.write() as session:
        forum = session.get_one(Forum, town.meeting.forum_id)
        call_off_meetings(
            session, [forum], now=site.now, actor_id=None, holidays_of=public_holidays
        )
    before = visitor.get(path)
    with site.database.write() as session:
        session.get_one(Forum, town.meeting.forum_id).retired_on = site.now.date()
        sequence = session.get_one(Meeting, id_of(town.meeting)).sequence

    after = visitor.get(path)
    refused = visitor.post(f"{path}/ta-opp-igjen", {"sequence": str(sequence)})

    assert ("Ta opp møtet igjen" in before.text, "Ta opp møtet igjen" in after.text) == (
        True,
        False,
    )
    assert (after.status_code, "avlyst" in after.text.lower()) == (200, True)
    assert refused.status_code == 409
    assert visitor.get("/sor-fron/kalender/liste").status_code == 200
    assert visitor.get("/").status_code == 200
