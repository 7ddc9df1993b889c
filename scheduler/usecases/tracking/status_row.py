"""What the plan asks for in a period, one row each, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scheduler.domain.language import Language, say_date
from scheduler.language import translations

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
        """Return the row as one line of text."""
        say = translations(language).gettext
        parts = [self.kind, self.name]
        if self.words:
            parts.append(f"«{self.words}»")
        if self.count is not None:
            parts.append(say("%(count)s møter") % {"count": self.count})
        if self.due_on:
            parts.append(say_date(self.due_on, language))
        parts.append(self.state)
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
