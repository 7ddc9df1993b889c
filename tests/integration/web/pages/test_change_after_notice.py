"""What is said of a move or a cancelling when the notice has gone already."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from scheduler.usecases.reminders import duty_done
from tests.factories.site import Site, Visitor
from tests.factories.town import Town

MOVED = {"held_on": "2027-03-02", "starts": "12:00", "ends": "14:00", "place": "Kantina"}


def path(town: Town, step: str = "") -> str:
    return f"/mote/{town.meeting.id}{step}"


def warnings(page: str) -> list[str]:
    found = re.findall(r'<div class="notice notice-warning">.*?<div>(.*?)</div>', page, re.S)
    return [" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in found]


def send_notice(site: Site, town: Town, through: str) -> None:
    with site.database.write() as session:
        at = site.now - timedelta(hours=1)
        duty_done(session, town.notice_id, by=town.leader_id, now=at, through=through)


def test_nothing_is_said_before_the_notice_has_gone(leader: Visitor, town: Town) -> None:
    leader.get(path(town, "/flytt"))
    assert warnings(leader.post(path(town, "/flytt"), {**MOVED, "sequence": "0"}).text) == []
    assert warnings(leader.get(path(town, "/avlys")).text) == []


@pytest.mark.parametrize(
    ("through", "before", "after"),
    [
        (
            "outlook",
            "Innkallingen er alt sendt fra Outlook, og følger ikke med: "
            "flytt møtet i Outlook også.",
            "Møtet er endret etter at innkallingen ble sendt fra Outlook. "
            "Der må det endres for seg.",
        ),
        (
            "web",
            "Innkallingen er alt sendt, med det som gjaldt før. "
            "Si fra til dem som har fått den, eller send en ny.",
            "Møtet er endret etter at innkallingen ble sendt. "
            "Si fra til dem som har fått den, eller send en ny.",
        ),
    ],
)
def test_a_move_after_the_notice_warns_before_and_after(
    site: Site, leader: Visitor, town: Town, through: str, before: str, after: str
) -> None:
    send_notice(site, town, through)
    assert warnings(leader.get(path(town)).text) == []
    leader.get(path(town, "/flytt"))
    form = {**MOVED, "sequence": "0"}
    assert warnings(leader.post(path(town, "/flytt"), form).text) == [before]
    leader.post(path(town, "/flytt"), {**form, "confirmed": "1"})
    page = leader.get(path(town)).text
    assert warnings(page) == [after]
    assert (f'href="{path(town, "/outlook")}"' in page) is (through == "outlook")


@pytest.mark.parametrize(
    ("through", "before", "after"),
    [
        (
            "outlook",
            "Innkallingen er alt sendt fra Outlook, og følger ikke med: "
            "avlys møtet i Outlook også.",
            "Møtet er avlyst etter at innkallingen ble sendt fra Outlook. "
            "Der må det avlyses for seg.",
        ),
        (
            "web",
            "Innkallingen er alt sendt. Si fra til dem som har fått den, at møtet er avlyst.",
            "Møtet er avlyst etter at innkallingen ble sendt. Si fra til dem som har fått den.",
        ),
    ],
)
def test_cancelling_after_the_notice_warns_before_and_after(
    site: Site, leader: Visitor, town: Town, through: str, before: str, after: str
) -> None:
    send_notice(site, town, through)
    assert warnings(leader.get(path(town, "/avlys")).text) == [before]
    leader.post(path(town, "/avlys"), {"sequence": "0"})
    assert warnings(leader.get(path(town)).text) == [after]
