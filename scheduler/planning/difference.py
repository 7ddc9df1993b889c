"""A proposal beside what stands: what is added, moved, kept and removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from scheduler.planning.inputs import FixedWhy, SeriesKey
from scheduler.planning.proposal import PlacedMeeting, Proposal

__all__ = ["Change", "ChangeKind", "StandingMeeting", "difference"]


class ChangeKind(StrEnum):
    """What applying a proposal does to one meeting."""

    ADDED = "added"
    MOVED = "moved"
    KEPT = "kept"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class StandingMeeting:
    """A meeting as it stands in the database; `id` is the caller's own and only handed back.

    `why` is set when the meeting is a fixed point of the plan, `guests` when those who attend
    once a month are at it.
    """

    id: str
    forum: str
    unit: str | None
    number: int
    date: date
    start: time
    end: time
    place: str | None
    why: FixedWhy | None = None
    guests: bool = False

    @property
    def key(self) -> SeriesKey:
        """Return what names the series of this meeting."""
        return (self.forum, self.unit)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the preview. A moved meeting keeps its row, number and UID."""

    kind: ChangeKind
    standing: StandingMeeting | None
    meeting: PlacedMeeting | None

    @property
    def date(self) -> date:
        """Return the day the line is shown under: the new one, or the old of a removed one."""
        if self.meeting is not None:
            return self.meeting.date
        return self.standing.date if self.standing is not None else date.min


def difference(proposal: Proposal, standing: Iterable[StandingMeeting]) -> tuple[Change, ...]:
    """Compare a proposal with what stands, in the order of dates.

    Within a series a meeting on the same day and time is the same meeting whatever its number;
    the others are paired in order with the least movement, and what is left over is added or
    removed. Place alone is a move too: people must be told.
    """
    before: dict[SeriesKey, list[StandingMeeting]] = {}
    after: dict[SeriesKey, list[PlacedMeeting]] = {}
    for old in standing:
        before.setdefault(old.key, []).append(old)
    for new in proposal.meetings:
        after.setdefault(new.key, []).append(new)
    changes: list[Change] = []
    for key in sorted({*before, *after}, key=lambda k: (k[0], k[1] or "")):
        changes.extend(_series(before.get(key, []), after.get(key, [])))
    return tuple(sorted(changes, key=_order))


def _series(before: Sequence[StandingMeeting], after: Sequence[PlacedMeeting]) -> Iterable[Change]:
    left = sorted(before, key=lambda m: (m.date, m.start))
    new = []
    for meeting in sorted(after, key=lambda m: (m.date, m.start)):
        same = next((old for old in left if _same_time(old, meeting)), None)
        if same is None:
            new.append(meeting)
            continue
        left.remove(same)
        kind = ChangeKind.KEPT if same.place == meeting.place else ChangeKind.MOVED
        yield Change(kind, same, meeting)
    yield from _paired(left, new)


def _same_time(old: StandingMeeting, new: PlacedMeeting) -> bool:
    return (old.date, old.start, old.end) == (new.date, new.start, new.end)


def _paired(old: Sequence[StandingMeeting], new: Sequence[PlacedMeeting]) -> Iterable[Change]:
    """Pair in order so that as many as possible are paired and the days moved are fewest."""
    rows, columns = len(old), len(new)
    # Only the longer side skips, always by the same number, so a skip itself costs nothing.
    best = {(rows, columns): (0, "")}
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            tries = []
            if i < rows and j < columns:
                moved = abs((old[i].date - new[j].date).days)
                tries.append((best[i + 1, j + 1][0] + moved, "pair"))
            if i < rows and rows > columns:
                tries.append((best[i + 1, j][0], "old"))
            if j < columns and columns > rows:
                tries.append((best[i, j + 1][0], "new"))
            if tries:
                best[i, j] = min(tries)
            elif (i, j) != (rows, columns):
                best[i, j] = (_UNREACHABLE, "")
    i = j = 0
    while i < rows or j < columns:
        step = best[i, j][1]
        if step == "pair":
            yield Change(ChangeKind.MOVED, old[i], new[j])
            i, j = i + 1, j + 1
        elif step == "old":
            yield Change(ChangeKind.REMOVED, old[i], None)
            i += 1
        else:
            yield Change(ChangeKind.ADDED, None, new[j])
            j += 1


_UNREACHABLE = 10**9


def _order(change: Change) -> tuple[date, str, str, str]:
    source = change.meeting if change.meeting is not None else change.standing
    key = source.key if source is not None else ("", None)
    return (change.date, key[0], key[1] or "", change.kind.value)
