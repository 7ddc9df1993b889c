"""Meetings as they leave the store, for tests that need no store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.domain.snapshots import MeetingSnapshot

__all__ = ["meeting_snapshot"]


def meeting_snapshot(**fields: Any) -> MeetingSnapshot:
    """Return a meeting on Tuesday 19 January 2027, 09-11, with these fields as named."""
    return MeetingSnapshot(
        **{
            "id": 1,
            "uid": "1@aarshjul",
            "sequence": 0,
            "municipality_id": 1,
            "municipality_slug": "sor-fron",
            "municipality_name": "Sør-Fron",
            "timezone": "Europe/Oslo",
            "period": "2027",
            "forum_id": 1,
            "forum_slug": "tog",
            "forum_name": "TOG",
            "unit_id": None,
            "unit_name": None,
            "number": 1,
            "of": 11,
            "held_on": date(2027, 1, 19),
            "starts": time(9),
            "ends": time(11),
            "place": None,
            "state": MeetingState.PLANNED,
            "level": ForumLevel.SYSTEM,
            "on_demand": False,
            "moved_from": None,
            "reasons": (),
            "set_by_hand": False,
            "monthly_guests": False,
            "changed_at": datetime(2027, 1, 11, 8, 0, tzinfo=UTC),
            "cancelled_at": None,
            "agenda": (),
            **fields,
        }
    )
