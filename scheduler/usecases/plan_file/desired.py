"""The rows that a plan file asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.domain.cadence import Cadence, CadenceKind, CadenceUnit, to_json
from scheduler.domain.enums import DutyKind, LinkKind
from scheduler.domain.planfile import (
    Choices,
    DutyEntry,
    ForumEntry,
    LinkEntry,
    MeasureEntry,
    PlanFile,
    Rhythm,
    SeatEntry,
)
from scheduler.usecases.plan_file.open_question import LEVEL_IS_OPEN
from scheduler.usecases.plan_file.record import Default, Entity, Following, Key, Record, Ref, Rows

__all__ = ["desired_rows"]

_WITHOUT_RHYTHM = frozenset({CadenceKind.UNKNOWN, CadenceKind.VAGUE})


def desired_rows(
    plan: PlanFile, *, earlier_choices: Mapping[str, Any], settled: Mapping[str, str]
) -> Rows:
    """Return the rows of a plan file, each with the columns that the file decides.

    `earlier_choices` are the municipality's choices until now, and `settled` holds the day on
    which each question, by its slug, was settled.

    A column that the file does not speak of is left out, so that what people have filled in
    (an owner, a room, when something was last done) stands.
    """
    choices = _settled(plan.choices, earlier_choices)
    rows: Rows = {
        Key(Entity.MUNICIPALITY, plan.municipality.slug): {
            "name": plan.municipality.name,
            **_said("number", plan.municipality.number),
            "language": plan.municipality.language,
            "timezone": plan.municipality.timezone,
            "period_kind": plan.municipality.period,
            "choices": choices,
        },
        Key(Entity.PLAN, "plan"): _plan(plan, choices, settled),
    }
    for unit in plan.units:
        rows[Key(Entity.UNIT, unit.slug)] = {"name": unit.name, "kind": unit.kind}
    for position in plan.positions:
        rows[Key(Entity.POSITION, position.slug)] = {
            "title": position.title,
            "old_title": position.old_title,
            "unit_id": _ref(Entity.UNIT, position.unit),
            "held_by_several": position.held_by_several,
            "external": position.external,
            "source_lines": position.source_lines,
            "retired_on": None,
        }
    for service in plan.services:
        rows[Key(Entity.SERVICE, service.slug)] = {
            "name": service.name,
            "kind": service.kind,
            **_said("leader_position_id", _ref(Entity.POSITION, service.leader)),
            "source_lines": service.source_lines,
            "retired_on": None,
        }
    for forum in plan.forums:
        rows[Key(Entity.FORUM, forum.slug)] = _forum(forum, choices, earlier_choices)
        for seat in forum.seats:
            rows[Key(Entity.SEAT, _seat_slug(forum.slug, seat))] = {
                "forum_id": Ref(Entity.FORUM, forum.slug),
                "position_id": Ref(Entity.POSITION, seat.position),
                "unit_id": _ref(Entity.UNIT, seat.unit),
                "function": seat.function,
                "attends": seat.attends,
                "retired_on": None,
            }
    for link in plan.links:
        rows[Key(Entity.LINK, _link_slug(link))] = _link(link, choices, earlier_choices)
    for measure in plan.measures:
        rows[Key(Entity.MEASURE, measure.slug)] = _measure(measure)
    for duty in plan.duties:
        rows[Key(Entity.DUTY, duty.slug)] = _duty(duty, choices, earlier_choices)
    for closed in plan.closed:
        rows[Key(Entity.CLOSED, closed.slug)] = {
            "name": closed.name,
            "kind": closed.kind,
            "starts_on": closed.starts_on,
            "ends_on": closed.ends_on,
            # A person's confirmation is not taken back by a file that only proposes.
            "confirmed": True if closed.confirmed else Default(False),
            "source": closed.source,
        }
    for council in plan.council:
        rows[Key(Entity.COUNCIL, council.held_on.isoformat())] = {
            "held_on": council.held_on,
            "body": council.body,
        }
    return rows


def _settled(choices: Choices, earlier: Mapping[str, Any]) -> dict[str, Any]:
    kept = choices.kept()
    return {**kept, **earlier, **{name: kept[name] for name in choices.said}}


def _plan(plan: PlanFile, choices: Mapping[str, Any], settled: Mapping[str, str]) -> Record:
    return {
        "title": plan.plan.title,
        **_said("adopted_on", plan.plan.adopted_on),
        **_said("valid_until", plan.plan.valid_until),
        **_said(
            "owner_position_id",
            _ref(Entity.POSITION, plan.plan.owner or choices["plan_owner"]),
        ),
        "shared_with": list(plan.plan.shared_with),
        "rules": [
            {
                "slug": rule.slug,
                "name": rule.name,
                "text": rule.text,
                "source_lines": rule.source_lines,
            }
            for rule in plan.rules
        ],
        "questions": [
            {
                "slug": question.slug,
                "about": question.about,
                "text": question.text,
                "source_lines": question.source_lines,
                "settled_on": settled.get(question.slug),
            }
            for question in plan.questions
        ],
    }


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
        **_said("anchor_on", forum.anchor_on),
        **_said("weekday", forum.weekday.value if forum.weekday else None),
        **_said("starts", forum.starts),
        **_said("place", forum.place),
        **_said("room_email", forum.room_email),
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
    for column, said in said_of.items():
        name = _CHOICE_OF.get(column, column)
        record[column] = Following(choices[name], earlier.get(name)) if said is None else said
        if said is None:
            chosen.add(column)
    if not forum.level_is_settled:
        chosen.add(LEVEL_IS_OPEN)
    if forum.chosen_rhythm is not None:
        chosen.add("cadence")
    # People add to what is chosen when they fill in the rest, so the file only begins it.
    record["chosen"] = Default(sorted(chosen))
    return record


def _text_of(forum: ForumEntry, said: Any, empty: Any) -> Any:
    """Return what the file says, or leave what people have written where that is allowed."""
    is_case = forum.level.is_case and forum.level_is_settled
    return Default(empty) if said == empty and not is_case else said


_CHOICE_OF = {"duration_minutes": "meeting_minutes", "closed_kinds": "closed"}


def _forum_cadence(forum: ForumEntry) -> Any:
    rhythm = forum.chosen_rhythm or forum.rhythm
    if rhythm is None:
        return Default(None)
    if rhythm.cadence.kind in _WITHOUT_RHYTHM:
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


def _measure(measure: MeasureEntry) -> Record:
    return {
        "name": measure.name,
        "level": measure.level,
        "level_words": measure.level_words,
        "status": measure.status,
        "target_group": measure.target_group,
        "protective_factor": measure.protective_factor,
        "responsible": list(measure.responsible),
        **_said("position_id", _ref(Entity.POSITION, measure.position)),
        "rhythm_words": _words(measure.rhythm),
        "cadence": _cadence(measure.rhythm),
        "evaluation_words": _words(measure.evaluation),
        "evaluation_cadence": _cadence(measure.evaluation),
        "source_lines": measure.source_lines,
        "retired_on": None,
    }


def _duty(duty: DutyEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Record:
    due: Record = {} if duty.due is None else {"due_month": duty.due[0], "due_day": duty.due[1]}
    return {
        "name": duty.name,
        "kind": duty.kind,
        **_said("position_id", _ref(Entity.POSITION, duty.position)),
        "per_service": duty.per_service,
        "forum_id": _ref(Entity.FORUM, duty.forum),
        "rhythm_words": _words(duty.rhythm),
        "cadence": _duty_cadence(duty, choices, earlier),
        **due,
        **_said("last_done_on", duty.last_done_on),
        "reports_to": duty.reports_to,
        "legal_basis": duty.legal_basis,
        **_said("switched_off_because", duty.switched_off_because),
        "source_lines": duty.source_lines,
        "retired_on": None,
    }


def _duty_cadence(duty: DutyEntry, choices: Mapping[str, Any], earlier: Mapping[str, Any]) -> Any:
    if duty.rhythm is None and duty.kind is DutyKind.REVISION:
        return Following(
            _every(choices["revision_years"]),
            _every(earlier["revision_years"]) if "revision_years" in earlier else None,
        )
    return _cadence(duty.rhythm)


def _every(years: int) -> dict[str, Any]:
    return to_json(
        Cadence(
            kind=CadenceKind.RECURRENCE,
            unit=CadenceUnit.YEAR,
            interval=years,
            count_min=1,
            count_max=1,
            what="plan revision",
        )
    )


def _words(rhythm: Rhythm | None) -> str | None:
    return rhythm.words if rhythm else None


def _cadence(rhythm: Rhythm | None) -> dict[str, Any] | None:
    cadence: Cadence | None = rhythm.cadence if rhythm else None
    return to_json(cadence) if cadence else None


def _values(kinds: tuple[Any, ...] | None) -> list[str] | None:
    return None if kinds is None else [kind.value for kind in kinds]


def _said(column: str, value: Any) -> Record:
    return {} if value is None else {column: value}


def _ref(entity: Entity, slug: str | None) -> Ref | None:
    return None if slug is None else Ref(entity, slug)


def _seat_slug(forum: str, seat: SeatEntry) -> str:
    return "/".join((forum, seat.position, seat.function.value, seat.unit or ""))


def _link_slug(link: LinkEntry) -> str:
    return "/".join((link.kind.value, link.from_forum, link.to_forum, link.item))
