"""Where a municipality wants mails without content, none says more than that something waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.domain.language import Language
from scheduler.domain.reminders import Tone
from scheduler.mail import (
    ChangeMail,
    Content,
    InvitationTone,
    SummaryMail,
    TextMessage,
    WelcomeMail,
    render,
)
from tests.unit.mail.test_rendering import BASE, CHANGE, INVITATION, LATE, MAIL

TOLD = ("Ressursgruppe", "familieveileder", "februar", "february", "Rådhuset", "Referat", "2027")
CHANGES: dict[str, ChangeMail] = {
    "moved": CHANGE,
    "cancelled": replace(CHANGE, cancelled=True),
    "changed": replace(CHANGE, moved_from=None),
}
TEXT = TextMessage(
    municipality="Sør-Fron", forum="Ressursgruppe", held_on=date(2027, 2, 9), starts=time(9)
)
RECALLED = replace(
    INVITATION, tone=InvitationTone.RECALLED, answer_url=None, meeting_url=None, reads_answers=True
)
MAILS: dict[str, Content] = {
    **{
        f"duty-{tone}": replace(MAIL, items=(replace(LATE, tone=tone),), content_free=True)
        for tone in Tone
    },
    "digest": replace(MAIL, items=(LATE, LATE), content_free=True),
    **{name: replace(change, content_free=True) for name, change in CHANGES.items()},
    "text": replace(TEXT, content_free=True),
    "text-cancelled": replace(TEXT, content_free=True, cancelled=True),
    "recalled": replace(RECALLED, to_room=False),
    "recalled-room": replace(RECALLED, to_room=True),
    "welcome": WelcomeMail(
        municipality="Sør-Fron",
        positions=("Barne- og familieveileder",),
        subscribe_url=f"{BASE}/abonner",
        home_url=f"{BASE}/",
        preferences_url=f"{BASE}/paminnelser",
        content_free=True,
    ),
    "summary": SummaryMail(
        municipality="Sør-Fron",
        period="2027",
        meetings=9,
        published=True,
        home_url=f"{BASE}/",
        preferences_url=f"{BASE}/paminnelser",
        subscribe_url=f"{BASE}/abonner",
        content_free=True,
    ),
}


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("language", list(Language))
def test_it_says_only_that_something_waits(name: str, language: Language) -> None:
    mail = render(MAILS[name], language)
    said = f"{mail.subject}\n{mail.text}\n{mail.html}".lower()
    assert [word for word in TOLD if word.lower() in said] == []
    assert "/handling/" not in said
