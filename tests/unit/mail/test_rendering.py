"""What the mails say, word for word, in the three written forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scheduler.domain.enums import DutyKind, DutyState, ForumLevel
from scheduler.domain.language import Language
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import Tone
from scheduler.domain.snapshots import DutySnapshot
from scheduler.mail import (
    ChangeMail,
    Content,
    DutyItem,
    DutyMail,
    InvitationMail,
    InvitationTone,
    LoginMail,
    MovedMeeting,
    NearMeeting,
    RoomMail,
    RoundClosedMail,
    RoundForum,
    RoundMail,
    RoundMeeting,
    SummaryMail,
    render,
)

STORED = Path(__file__).parents[2] / "data" / "mails"
BASE = "https://arshjul.sor-fron.example"

DUTY = DutySnapshot(
    id=17,
    uid="duty-17@aarshjul",
    sequence=0,
    municipality_id=1,
    municipality_slug="sor-fron",
    municipality_name="Sør-Fron",
    timezone="Europe/Oslo",
    period="2027",
    kind=DutyKind.MINUTES,
    forum_id=1,
    forum_slug="ressursgruppe",
    forum_name="Ressursgruppe, tverrfaglig",
    level=ForumLevel.SYSTEM,
    unit_name=None,
    meeting_id=1,
    meeting_number=1,
    meeting_on=date(2027, 2, 2),
    service_name=None,
    measure_name=None,
    item_name=None,
    legal_basis=None,
    position_id=1,
    position_title="Barne- og familieveileder",
    leader_position_id=2,
    due_on=date(2027, 2, 9),
    promised_on=date(2027, 2, 9),
    state=DutyState.OPEN,
    postponed=False,
    done_at=None,
    done_through=None,
    link=None,
    version=0,
    changed_at=datetime(2027, 1, 11, tzinfo=UTC),
)
LATE = DutyItem(
    duty=DUTY,
    tone=Tone.LATE,
    due_on=DUTY.due_on,
    leader_on=date(2027, 2, 16),
    leader_in_days=2,
    action_url=f"{BASE}/handling/abc",
)
MAIL = DutyMail(
    municipality="Sør-Fron",
    today=date(2027, 2, 11),
    items=(LATE,),
    positions=("Barne- og familieveileder",),
    home_url=f"{BASE}/",
    preferences_url=f"{BASE}/#paminnelser",
)
REVIEW = replace(
    DUTY,
    kind=DutyKind.PLAN_REVIEW,
    forum_name=None,
    meeting_on=None,
    service_name="Helsestasjonen",
)
CHANGE = ChangeMail(
    municipality="Sør-Fron",
    forum="Ressursgruppe, tverrfaglig",
    held_on=date(2027, 2, 23),
    starts=time(9),
    ends=time(11),
    place="Rådhuset",
    moved_from=MeetingStart(date(2027, 2, 2), time(9)),
    home_url=f"{BASE}/",
    meeting_url=f"{BASE}/mote/7",
)
MOVES = SummaryMail(
    municipality="Sør-Fron",
    period="2027",
    meetings=3,
    published=False,
    home_url=f"{BASE}/",
    preferences_url=f"{BASE}/#paminnelser",
    subscribe_url=f"{BASE}/abonner",
    moves=(
        MovedMeeting(
            forum="Ressursgruppe, tverrfaglig",
            moved_from=MeetingStart(date(2027, 2, 23), time(13)),
            held_on=date(2027, 2, 23),
            starts=time(9),
            ends=time(11),
            place="Rådhuset",
        ),
        MovedMeeting(
            forum="Styringsgruppa",
            moved_from=MeetingStart(date(2027, 3, 9), time(14)),
            held_on=date(2027, 4, 1),
            starts=time(12),
            ends=time(14),
        ),
        MovedMeeting(
            forum="Familieteam",
            moved_from=MeetingStart(date(2027, 4, 9), time(9)),
            held_on=date(2027, 4, 16),
            starts=time(9),
            ends=time(10),
            place="Helsehuset",
            cancelled=True,
        ),
    ),
)
INVITATION = InvitationMail(
    municipality="Sør-Fron",
    tone=InvitationTone.NEW,
    forum="Ressursgruppe, tverrfaglig",
    held_on=date(2027, 2, 23),
    starts=time(9),
    ends=time(11),
    place="Rådhuset",
    home_url=f"{BASE}/",
    choice_url=f"{BASE}/abonner#hvordan",
    answer_url=f"{BASE}/svar/abc",
    meeting_url=f"{BASE}/mote/7",
)
ROUND = RoundMail(
    municipality="Sør-Fron",
    period="2027",
    forums=(
        RoundForum(
            name="Ressursgruppe, tverrfaglig",
            meetings=(
                RoundMeeting(held_on=date(2027, 2, 23), starts=time(9), ends=time(11)),
                RoundMeeting(held_on=date(2027, 9, 7), starts=time(9), ends=time(11)),
            ),
        ),
        RoundForum(
            name="Styringsgruppa",
            meetings=(RoundMeeting(held_on=date(2027, 4, 1), starts=time(12), ends=time(14)),),
        ),
    ),
    closes_on=date(2027, 1, 18),
    url=f"{BASE}/runde/abc",
)
MAILS: dict[str, Content] = {
    "late": MAIL,
    "leader": replace(
        MAIL,
        items=(replace(LATE, tone=Tone.LEADER, leader_on=None, action_url=None),),
        positions=("Tjenesteleder",),
    ),
    "digest": replace(
        MAIL,
        items=(
            replace(LATE, vacant=True, several=True),
            DutyItem(
                duty=REVIEW,
                tone=Tone.START,
                due_on=date(2027, 4, 1),
                action_url=f"{BASE}/handling/def",
            ),
        ),
        positions=("Barne- og familieveileder", "Leder av helsestasjonen"),
    ),
    "content_free": replace(MAIL, content_free=True),
    "moved": CHANGE,
    "moved_in_time": replace(CHANGE, moved_from=MeetingStart(date(2027, 2, 23), time(13))),
    "moved_in_both": replace(CHANGE, moved_from=MeetingStart(date(2027, 2, 2), time(13))),
    "cancelled": replace(CHANGE, moved_from=None, cancelled=True),
    "cancelled_once_moved": replace(CHANGE, cancelled=True),
    "added": replace(CHANGE, moved_from=None, added=True),
    "reinstated": replace(CHANGE, moved_from=None, reinstated=True),
    "invitation": INVITATION,
    "invitation_moved": replace(
        INVITATION,
        tone=InvitationTone.MOVED,
        moved_from=MeetingStart(date(2027, 2, 2), time(9)),
        reads_answers=True,
    ),
    "invitation_moved_in_time": replace(
        INVITATION,
        tone=InvitationTone.MOVED,
        moved_from=MeetingStart(date(2027, 2, 23), time(13)),
    ),
    "room_moved_in_time": replace(
        INVITATION,
        tone=InvitationTone.MOVED,
        moved_from=MeetingStart(date(2027, 2, 23), time(13)),
        to_room=True,
        answer_url=None,
        meeting_url=None,
        place=None,
    ),
    "invitation_gone": replace(
        INVITATION,
        tone=InvitationTone.HANDED_BACK,
        answer_url=None,
        meeting_url=None,
        place=None,
    ),
    "invitation_moved_away": replace(
        INVITATION,
        tone=InvitationTone.MOVED_AWAY,
        answer_url=None,
        meeting_url=None,
        place=None,
    ),
    "room": replace(INVITATION, to_room=True, answer_url=None, meeting_url=None, place=None),
    "room_taken": RoomMail(
        municipality="Sør-Fron",
        forum="Ressursgruppe, tverrfaglig",
        held_on=date(2027, 2, 23),
        starts=time(9),
        ends=time(11),
        place="Møterom 2",
        meeting_url=f"{BASE}/mote/7",
    ),
    "invitation_kept": replace(INVITATION, tone=InvitationTone.MOVED, is_kept=True),
    "invitation_recalled": replace(
        INVITATION, tone=InvitationTone.RECALLED, answer_url=None, meeting_url=None
    ),
    "login": LoginMail(municipality="", url=f"{BASE}/logg-inn/abc", until=time(23, 15)),
    "summary": SummaryMail(
        municipality="Sør-Fron",
        period="2027",
        meetings=4,
        published=True,
        home_url=f"{BASE}/",
        preferences_url=f"{BASE}/#paminnelser",
        subscribe_url=f"{BASE}/abonner",
    ),
    "summary_near": SummaryMail(
        municipality="Sør-Fron",
        period="2027",
        meetings=4,
        published=True,
        home_url=f"{BASE}/",
        preferences_url=f"{BASE}/#paminnelser",
        subscribe_url=f"{BASE}/abonner",
        at_once=True,
        near=(
            NearMeeting(
                forum="Styringsgruppa",
                held_on=date(2027, 1, 4),
                starts=time(8),
                ends=time(10),
                place="Rådhuset",
            ),
        ),
    ),
    "moves": MOVES,
    "moves_at_once": replace(MOVES, at_once=True),
    "called_off_together": replace(
        MOVES,
        at_once=True,
        moves=(
            replace(MOVES.moves[2], moved_from=MeetingStart(date(2027, 4, 16), time(9))),
            replace(MOVES.moves[1], cancelled=True),
        ),
    ),
    "move_at_once": replace(MOVES, at_once=True, moves=MOVES.moves[:1]),
    "round": ROUND,
    "round_reminder": replace(ROUND, reminder=True),
    "round_content_free": replace(ROUND, content_free=True, url=f"{BASE}/"),
    "round_closed": RoundClosedMail(
        municipality="Sør-Fron",
        period="2027",
        asked=12,
        answered=9,
        dates=20,
        unfit=2,
        url=f"{BASE}/sor-fron/planlegg/2027/runde",
    ),
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", list(MAILS))
def test_each_mail_says_what_is_stored(name: str, language: Language) -> None:
    mail = render(MAILS[name], language)
    stored = STORED / f"{name}.{language}.txt"
    assert f"{mail.subject}\n\n{mail.text}" == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(MAILS))
def test_both_forms_say_the_same(name: str) -> None:
    mail = render(MAILS[name], Language.BOKMAL)
    written = _Words(mail.html).words
    plain = " ".join(mail.text.split())
    for sentence in written:
        assert sentence.removesuffix(":") in plain
    for line in mail.text.splitlines():
        assert line.removesuffix(":").removesuffix("-- ") in " ".join(written) + mail.html


def test_what_people_wrote_cannot_become_markup() -> None:
    duty = replace(DUTY, forum_name="<script>alert(1)</script> & co")
    mail = render(replace(MAIL, items=(replace(LATE, duty=duty),)), Language.BOKMAL)
    assert "<script>" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in mail.html
    assert "<script>alert(1)</script> & co" in mail.text


@pytest.mark.parametrize("kind", list(DutyKind))
@pytest.mark.parametrize("tone", list(Tone))
def test_every_duty_can_be_told_in_every_tone(kind: DutyKind, tone: Tone) -> None:
    item = replace(LATE, duty=replace(DUTY, kind=kind), tone=tone)
    for language in Language:
        mail = render(replace(MAIL, items=(item,)), language)
        assert mail.text.count(f"{BASE}/handling/abc") == 1
        assert "\n" not in mail.subject


def test_nothing_confidential_is_in_a_mail_that_says_nothing() -> None:
    mail = render(MAILS["content_free"], Language.BOKMAL)
    for secret in ("Ressursgruppe", "Barne- og", "handling", "februar"):
        assert secret not in mail.subject + mail.text + mail.html


class _Words(HTMLParser):
    """The words of a page, one piece of text each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._in_head = False
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._in_head = tag in ("head", "title") or (self._in_head and tag != "body")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._in_head:
            self.words.append(" ".join(data.split()))
