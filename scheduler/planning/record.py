"""A proposal as plain data to keep in the database, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any

from scheduler.planning.proposal import Note, PlacedMeeting, Proposal, Proves, Status, Unmet
from scheduler.planning.reasons import Reason, ReasonCode

__all__ = [
    "proposal_from_record",
    "proposal_to_record",
    "reason_from_record",
    "reason_to_record",
]


def proposal_to_record(proposal: Proposal) -> dict[str, Any]:
    """Return the proposal as JSON-ready data; reasons stay codes with values."""
    return {
        "period": proposal.period,
        "status": proposal.status.value,
        "proves": proposal.proves.value,
        "objective": proposal.objective,
        "bound": proposal.bound,
        "seconds": proposal.seconds,
        "meetings": [_meeting_to(meeting) for meeting in proposal.meetings],
        "unmet": [
            {
                "forum": unmet.forum,
                "unit": unmet.unit,
                "reasons": [reason_to_record(reason) for reason in unmet.reasons],
                "blocking": unmet.blocking,
            }
            for unmet in proposal.unmet
        ],
        "notes": [
            {
                "forum": note.forum,
                "unit": note.unit,
                "reasons": [reason_to_record(reason) for reason in note.reasons],
            }
            for note in proposal.notes
        ],
        "names": [list(name) for name in proposal.names],
    }


def proposal_from_record(record: Mapping[str, Any]) -> Proposal:
    """Read back what `proposal_to_record` wrote; raises KeyError or ValueError on anything else."""
    return Proposal(
        period=record["period"],
        status=Status(record["status"]),
        proves=Proves(record["proves"]),
        objective=record["objective"],
        bound=record["bound"],
        seconds=record["seconds"],
        meetings=tuple(_meeting_from(meeting) for meeting in record["meetings"]),
        unmet=tuple(
            Unmet(
                forum=unmet["forum"],
                unit=unmet["unit"],
                reasons=_reasons_from(unmet["reasons"]),
                blocking=unmet["blocking"],
            )
            for unmet in record["unmet"]
        ),
        notes=tuple(
            Note(forum=note["forum"], unit=note["unit"], reasons=_reasons_from(note["reasons"]))
            for note in record["notes"]
        ),
        names=tuple((slug, unit, name) for slug, unit, name in record["names"]),
    )


def _meeting_to(meeting: PlacedMeeting) -> dict[str, Any]:
    return {
        "forum": meeting.forum,
        "unit": meeting.unit,
        "number": meeting.number,
        "date": meeting.date.isoformat(),
        "start": f"{meeting.start:%H:%M}",
        "end": f"{meeting.end:%H:%M}",
        "place": meeting.place,
        "reasons": [reason_to_record(reason) for reason in meeting.reasons],
        "kept": meeting.kept,
        "cancelled": meeting.cancelled,
        "guests": meeting.guests,
    }


def _meeting_from(record: Mapping[str, Any]) -> PlacedMeeting:
    return PlacedMeeting(
        forum=record["forum"],
        unit=record["unit"],
        number=record["number"],
        date=date.fromisoformat(record["date"]),
        start=time.fromisoformat(record["start"]),
        end=time.fromisoformat(record["end"]),
        place=record["place"],
        reasons=_reasons_from(record["reasons"]),
        kept=record["kept"],
        cancelled=record["cancelled"],
        # Proposals kept by earlier versions do not say.
        guests=record.get("guests", False),
    )


def reason_to_record(reason: Reason) -> dict[str, Any]:
    """Return one reason as JSON-ready data: only what it holds, the rest are the defaults."""
    plain = Reason(reason.code)
    result: dict[str, Any] = {"code": reason.code.value}
    for field in fields(Reason):
        value = getattr(reason, field.name)
        if field.name != "code" and value != getattr(plain, field.name):
            result[field.name] = value.isoformat() if isinstance(value, date) else value
    return result


def _reasons_from(records: list[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(reason_from_record(record) for record in records)


def reason_from_record(record: Mapping[str, Any]) -> Reason:
    """Read back what `reason_to_record` wrote; raises KeyError or ValueError on anything else."""
    values = dict(record)
    for key in ("on", "until"):
        if key in values:
            values[key] = date.fromisoformat(values[key])
    values["code"] = ReasonCode(values["code"])
    return Reason(**values)
