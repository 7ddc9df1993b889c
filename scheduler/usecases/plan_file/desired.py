"""The rows that a plan file asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.domain.cadence import Cadence, CadenceKind, CadenceUnit, to_json
from scheduler.domain.enums import DutyKind
from scheduler.domain.planfile import (
    Choices,
    DutyEntry,
    MeasureEntry,
    PlanFile,
    Rhythm,
)
from scheduler.usecases.plan_file.desired_forum import forum_rows, link_rows
from scheduler.usecases.plan_file.record import (
    Default,
    Entity,
    Following,
    Key,
    Record,
    Rows,
    ref_to,
    said,
)

__all__ = ["desired_rows"]


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
            **said("number", plan.municipality.number),
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
            "unit_id": ref_to(Entity.UNIT, position.unit),
            "held_by_several": position.held_by_several,
            "external": position.external,
            "source_lines": position.source_lines,
            "retired_on": None,
        }
    for service in plan.services:
        rows[Key(Entity.SERVICE, service.slug)] = {
            "name": service.name,
            "kind": service.kind,
            **said("leader_position_id", ref_to(Entity.POSITION, service.leader)),
            "source_lines": service.source_lines,
            "retired_on": None,
        }
    for forum in plan.forums:
        rows |= forum_rows(forum, choices, earlier_choices)
    for link in plan.links:
        rows |= link_rows(link, choices, earlier_choices)
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
            # What the plan file names no longer leaves with a calendar that named it as well.
            "calendar_id": None,
        }
    return rows


def _settled(choices: Choices, earlier: Mapping[str, Any]) -> dict[str, Any]:
    kept = choices.kept()
    return {**kept, **earlier, **{name: kept[name] for name in choices.said}}


def _plan(plan: PlanFile, choices: Mapping[str, Any], settled: Mapping[str, str]) -> Record:
    return {
        "title": plan.plan.title,
        **said("adopted_on", plan.plan.adopted_on),
        **said("valid_until", plan.plan.valid_until),
        **said(
            "owner_position_id",
            ref_to(Entity.POSITION, plan.plan.owner or choices["plan_owner"]),
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


def _measure(measure: MeasureEntry) -> Record:
    return {
        "name": measure.name,
        "level": measure.level,
        "level_words": measure.level_words,
        "status": measure.status,
        "target_group": measure.target_group,
        "protective_factor": measure.protective_factor,
        "responsible": list(measure.responsible),
        **said("position_id", ref_to(Entity.POSITION, measure.position)),
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
        **said("position_id", ref_to(Entity.POSITION, duty.position)),
        "per_service": duty.per_service,
        "forum_id": ref_to(Entity.FORUM, duty.forum),
        "rhythm_words": _words(duty.rhythm),
        "cadence": _duty_cadence(duty, choices, earlier),
        **due,
        **said("last_done_on", duty.last_done_on),
        "reports_to": duty.reports_to,
        "legal_basis": duty.legal_basis,
        **said("switched_off_because", duty.switched_off_because),
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
