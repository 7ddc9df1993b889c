"""What the plan asks for in a period, one row each, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scheduler.domain.enums import DutyKind
from scheduler.domain.language import Language, say_date
from scheduler.language import translations
from scheduler.language.titles import duty_task

__all__ = ["Status", "StatusRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One row: a dated duty has an id; a forum, a measure or a rule of the plan has none.

    `words` are the plan's own words for its rhythm. `state` of what has no date tells why:
    `no_rhythm` (the plan gives none: choose one), `unknown_last_done`, `not_planned`, `rule`.
    """

    id: int | None
    kind: str
    name: str
    forum: str | None = None
    service: str | None = None
    unit: str | None = None
    due_on: date | None = None
    state: str
    position: str | None = None
    done_at: datetime | None = None
    words: str | None = None
    lines: str | None = None
    count: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row as `aarshjul status --json` prints it."""
        about = {"service": self.service} if self.service else {"forum": self.forum}
        return {
            "id": self.id,
            "kind": self.kind,
            **about,
            "unit": self.unit,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "state": self.state,
            "position": self.position,
            "done_at": self.done_at.isoformat() if self.done_at else None,
            "name": self.name,
            "words": self.words,
            "lines": self.lines,
            "count": self.count,
        }

    def as_line(self, language: Language) -> str:
        """Return the row as one line of text: first the id by which it is marked done, if any."""
        say = translations(language).gettext
        parts = ["-" if self.id is None else str(self.id), _kind(self.kind, language), self.name]
        if self.words:
            parts.append(f"«{self.words}»")
        if self.count is not None:
            parts.append(say("%(count)s møter") % {"count": self.count})
        if self.due_on:
            parts.append(say_date(self.due_on, language))
        parts.append(_state(self.state, language))
        if self.position:
            parts.append(self.position)
        return "\t".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The rows of one municipality and period."""

    municipality: str
    period: str
    rows: tuple[StatusRow, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the status as `aarshjul status --json` prints it."""
        return {
            "municipality": self.municipality,
            "period": self.period,
            "rows": [row.as_json() for row in self.rows],
        }


def _kind(kind: str, language: Language) -> str:
    _ = translations(language).gettext
    others = {
        "forum": _("Forum"),
        "link": _("Sammenheng mellom forum"),
        "measure": _("Tiltak"),
        "rule": _("Regel i planen"),
        "question": _("Spørsmål om planen"),
    }
    return others.get(kind) or duty_task(DutyKind(kind), language)


def _state(state: str, language: Language) -> str:
    """Return the state in words; how far a measure has come is in the plan's own."""
    _ = translations(language).gettext
    states = {
        "open": _("ikke ferdig"),
        "in_review": _("til gjennomlesing"),
        "done": _("ferdig"),
        "not_applicable": _("ikke aktuelt"),
        "cancelled": _("falt bort"),
        "planned": _("planlagt"),
        "not_planned": _("ikke planlagt ennå"),
        "no_rhythm": _("ingen rytme som gir datoer"),
        "unknown_last_done": _("ukjent når det sist ble gjort"),
        "rule": _("regel uten dato"),
        "settled": _("avklart"),
    }
    return states.get(state, state)
