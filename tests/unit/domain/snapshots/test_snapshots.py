"""What snapshots say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from scheduler.domain.enums import DutyKind, DutyState, ForumLevel, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.snapshots import DutySnapshot, SlotState
from tests.factories.snapshots import meeting_snapshot

AT = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
MEETING = meeting_snapshot(
    forum_name="Konsultasjonsteam", level=ForumLevel.CASE_ELSE_NOT, on_demand=True
)
DUTY = DutySnapshot(
    id=1,
    uid="1@aarshjul",
    sequence=0,
    municipality_id=1,
    municipality_slug="sor-fron",
    municipality_name="Sør-Fron",
    timezone="Europe/Oslo",
    period="2027",
    kind=DutyKind.MINUTES,
    forum_id=1,
    forum_slug="ppt",
    forum_name="PPT og skoler",
    level=ForumLevel.SYSTEM,
    unit_name="Lia skule",
    meeting_id=1,
    meeting_number=1,
    meeting_on=date(2027, 1, 19),
    service_name=None,
    measure_name=None,
    item_name=None,
    legal_basis=None,
    position_id=1,
    position_title="Sekretær",
    leader_position_id=None,
    due_on=date(2027, 1, 26),
    promised_on=date(2027, 1, 26),
    state=DutyState.OPEN,
    postponed=False,
    done_at=None,
    done_through=None,
    link=None,
    version=0,
    changed_at=AT,
)


@pytest.mark.parametrize(
    ("state", "slot"),
    [
        (MeetingState.PLANNED, SlotState.RESERVED),
        (MeetingState.MOVED, SlotState.RESERVED),
        (MeetingState.CANCELLED, SlotState.FREE),
    ],
)
def test_a_slot_is_reserved_or_free(state: MeetingState, slot: SlotState) -> None:
    assert replace(MEETING, state=state).slot is slot
    assert replace(MEETING, state=state, on_demand=False).slot is None


def test_a_series_is_called_by_its_forum_and_unit() -> None:
    assert MEETING.title == "Konsultasjonsteam"
    assert replace(MEETING, unit_name="Lia skule").title == "Konsultasjonsteam, Lia skule"


@pytest.mark.parametrize(
    ("state", "late"),
    [
        (DutyState.OPEN, True),
        (DutyState.IN_REVIEW, True),
        (DutyState.DONE, False),
        (DutyState.NOT_APPLICABLE, False),
        (DutyState.CANCELLED, False),
    ],
)
def test_only_what_is_unfinished_is_late_from_the_day_after(state: DutyState, late: bool) -> None:
    duty = replace(DUTY, state=state)
    assert [duty.is_late(date(2027, 1, day)) for day in (26, 27)] == [False, late]


@pytest.mark.parametrize(
    ("names", "subject"),
    [
        ({}, "PPT og skoler, Lia skule"),
        ({"unit_name": None, "item_name": "Ungdata"}, "Ungdata, PPT og skoler"),
        (
            {"forum_name": None, "unit_name": None, "service_name": "Helsestasjonen"},
            "Helsestasjonen",
        ),
        (
            {"forum_name": None, "unit_name": None, "item_name": "Tilstandsrapport"},
            "Tilstandsrapport",
        ),
    ],
)
def test_a_duty_is_about_its_item_forum_service_or_measure(
    names: dict[str, str | None], subject: str
) -> None:
    assert replace(DUTY, **names).subject == subject


TUESDAY, AT_NINE = date(2027, 1, 19), time(9)


@pytest.mark.parametrize(
    ("moved_from", "clock", "was"),
    [
        (None, None, None),
        (TUESDAY, AT_NINE, None),
        (TUESDAY, time(13), MeetingStart(TUESDAY, time(13))),
        (date(2027, 1, 12), AT_NINE, MeetingStart(date(2027, 1, 12), AT_NINE)),
        # Moved before the clock time was noted.
        (TUESDAY, None, None),
        (date(2027, 1, 12), None, MeetingStart(date(2027, 1, 12), AT_NINE)),
    ],
)
def test_a_moved_meeting_says_when_it_was_first_unless_it_is_so_again(
    moved_from: date | None, clock: time | None, was: MeetingStart | None
) -> None:
    meeting = replace(
        MEETING, state=MeetingState.MOVED, moved_from=moved_from, moved_from_starts=clock
    )
    assert meeting.was_first == was
