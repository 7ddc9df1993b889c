"""The rows that the forums of a plan file ask for, with their seats and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.domain.cadence import to_json
from scheduler.domain.enums import LinkKind
from scheduler.domain.planfile import ForumEntry, LinkEntry, SeatEntry
from scheduler.usecases.open_questions import LEVEL_IS_OPEN, NO_RHYTHM
from scheduler.usecases.plan_file.record import (
    Default,
    Entity,
    Following,
    Key,
    Record,
    Ref,
    Rows,
    ref_to,
    said,
)

__all__ = ["forum_rows", "link_rows"]

_CHOICE_OF = {"duration_minutes": "meeting_minutes", "closed_kinds": "closed"}


def forum_rows(forum: ForumEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Rows:
    """Return the rows of a forum and its seats.

    `choices` are the municipality's as they will be, `earlier` as they are until now.
    """
    rows: Rows = {Key(Entity.FORUM, forum.slug): _forum(forum, choices, earlier)}
    for seat in forum.seats:
        rows[Key(Entity.SEAT, _seat_slug(forum.slug, seat))] = {
            "forum_id": Ref(Entity.FORUM, forum.slug),
            "position_id": Ref(Entity.POSITION, seat.position),
            "unit_id": ref_to(Entity.UNIT, seat.unit),
            "function": seat.function,
            "attends": seat.attends,
            "retired_on": None,
        }
    return rows


def link_rows(link: LinkEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Rows:
    """Return the row of a link; its days follow the municipality's choice where none are said."""
    return {Key(Entity.LINK, _link_slug(link)): _link(link, choices, earlier)}


def _forum(forum: ForumEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Record:
    chosen = set(forum.chosen)
    record: Record = {
        "name": forum.name,
        "kind": forum.kind,
        "level": forum.level if forum.level_is_settled else Default(forum.level),
        "level_words": forum.level_words,
        "mandate": _text_of(forum, forum.mandate, None),
        "rhythm_words": forum.rhythm.words if forum.rhythm else None,
        "cadence": _forum_cadence(forum),
        "adjustable": forum.adjustable,
        **said("anchor_on", forum.anchor_on),
        **said("weekday", forum.weekday.value if forum.weekday else None),
        **said("starts", forum.starts),
        **said("place", forum.place),
        **said("room_email", forum.room_email),
        "minutes_rule": forum.minutes_rule,
        "minutes_words": forum.minutes_words,
        "agenda": _text_of(forum, list(forum.agenda), []),
        "on_closed": forum.on_closed,
        "per_unit": forum.per_unit,
        "units": list(forum.units),
        "dates_set_by": forum.dates_set_by,
        "elected": forum.elected,
        "source_lines": forum.source_lines,
        "retired_on": None,
    }
    said_of = {
        "duration_minutes": forum.duration_minutes,
        "notice_days": forum.notice_days,
        "minutes_days": forum.minutes_days,
        "closed_kinds": _values(forum.closed),
    }
    for column, value in said_of.items():
        name = _CHOICE_OF.get(column, column)
        record[column] = Following(choices[name], earlier.get(name)) if value is None else value
        if value is None:
            chosen.add(column)
    if not forum.level_is_settled:
        chosen.add(LEVEL_IS_OPEN)
    if forum.chosen_rhythm is not None:
        chosen.add("cadence")
    # People add to what is chosen when they fill in the rest, so the file only begins it.
    record["chosen"] = Default(sorted(chosen))
    return record


def _text_of(forum: ForumEntry, text: Any, empty: Any) -> Any:
    """Return what the file says, or leave what people have written where that is allowed."""
    is_case = forum.level.is_case and forum.level_is_settled
    return Default(empty) if text == empty and not is_case else text


def _forum_cadence(forum: ForumEntry) -> Any:
    rhythm = forum.chosen_rhythm or forum.rhythm
    if rhythm is None:
        return Default(None)
    if rhythm.cadence.kind in NO_RHYTHM:
        # A person may have chosen a rhythm where the plan gives none.
        return Default(to_json(rhythm.cadence))
    return to_json(rhythm.cadence)


def _link(link: LinkEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Record:
    record: Record = {
        "kind": link.kind,
        "from_forum_id": Ref(Entity.FORUM, link.from_forum),
        "to_forum_id": Ref(Entity.FORUM, link.to_forum),
        "item": link.item,
        "words": link.words,
        "source_lines": link.source_lines,
    }
    is_choice = link.kind is LinkKind.RECEIVES_MINUTES and link.days is None
    record["days_chosen"] = is_choice
    record["days"] = (
        Following(choices["receives_minutes_days"], earlier.get("receives_minutes_days"))
        if is_choice
        else link.days
    )
    return record


def _values(kinds: tuple[Any, ...] | None) -> list[str] | None:
    return None if kinds is None else [kind.value for kind in kinds]


def _seat_slug(forum: str, seat: SeatEntry) -> str:
    return "/".join((forum, seat.position, seat.function.value, seat.unit or ""))


def _link_slug(link: LinkEntry) -> str:
    return "/".join((link.kind.value, link.from_forum, link.to_forum, link.item))
