"""The solver's process as seen from here: started when needed, kept warm, stopped at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from types import TracebackType
from typing import Any, Protocol, Self

from scheduler.domain.errors import AarshjulError
from scheduler.planning.days_model import DaysModel

__all__ = ["DaySolver", "PartAnswer", "PartStatus", "SolverStoppedError", "SolvesDays", "part_form"]


class PartStatus(StrEnum):
    """What the solver found out about one part."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """A day for each slot of a part (none when there is no plan), and a bound on the cost."""

    status: PartStatus
    days: tuple[int, ...] | None
    bound: int


class SolverStoppedError(AarshjulError):
    """The solver's process was stopped, or died, before it had answered."""


class SolvesDays(Protocol):
    """What planning asks of a solver."""

    def solve(
        self,
        parts: Sequence[dict[str, Any]],
        *,
        on_part: Callable[[int, PartAnswer], None] = ...,
    ) -> tuple[PartAnswer, ...]:
        """Solve parts written by `part_form`; `on_part` hears of each as it is done."""


class DaySolver:
    """A process that solves choices of days; usable again and again, from one thread at a time.

    `stop` may be called from another thread to give up what is under way: the one who waits
    gets `SolverStoppedError`, and what is asked later starts a new process.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = Lock()
        self._stops = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def run(self) -> SolvesDays:
        """Begin a piece of work of several questions that one `stop` ends, also between them."""
        return _Run(self, self._stops)

    @property
    def stops(self) -> int:
        """Return how often the solver has been stopped."""
        return self._stops

    def warm(self) -> None:
        """Start the process and load the solver, so that the first plan need not wait."""
        self.solve([])

    def solve(
        self,
        parts: Sequence[dict[str, Any]],
        *,
        on_part: Callable[[int, PartAnswer], None] = lambda number, answer: None,
    ) -> tuple[PartAnswer, ...]:
        """Solve parts written by `part_form`; `on_part` hears of each as it is done."""
        with self._lock:
            process = self._started()
            answers: list[PartAnswer] = []
            try:
                self._write(process, json.dumps({"parts": list(parts)}))
                while True:
                    reply = self._read(process)
                    if reply.get("done"):
                        return tuple(answers)
                    days = reply["days"]
                    answer = PartAnswer(
                        status=PartStatus(reply["status"]),
                        days=tuple(days) if days is not None else None,
                        bound=reply["bound"],
                    )
                    answers.append(answer)
                    on_part(reply["part"], answer)
            except BaseException:
                # What was asked may still be under way there; nobody may read it as an answer
                # to the next question.
                self._end()
                raise

    def stop(self) -> None:
        """End the process at once, whatever it is doing."""
        self._stops += 1
        self._end()

    def _end(self) -> None:
        process = self._process
        self._process = None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scheduler.planning.solver"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def _write(self, process: subprocess.Popen[str], line: str) -> None:
        if process.stdin is None:
            raise SolverStoppedError
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except (OSError, ValueError) as error:
            raise SolverStoppedError from error

    def _read(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        if process.stdout is None:
            raise SolverStoppedError
        try:
            line = process.stdout.readline()
        except (OSError, ValueError) as error:
            raise SolverStoppedError from error
        if not line:
            raise SolverStoppedError
        reply: dict[str, Any] = json.loads(line)
        return reply


@dataclass(frozen=True, slots=True)
class _Run:
    solver: DaySolver
    stops: int

    def solve(
        self,
        parts: Sequence[dict[str, Any]],
        *,
        on_part: Callable[[int, PartAnswer], None] = lambda number, answer: None,
    ) -> tuple[PartAnswer, ...]:
        if self.solver.stops != self.stops:
            raise SolverStoppedError
        return self.solver.solve(parts, on_part=on_part)


def part_form(model: DaysModel, *, start: Sequence[int] | None, limit: float) -> dict[str, Any]:
    """Write a part for the solver: numbers only.

    `start` is a plan to begin from, `limit` is in the solver's deterministic seconds.
    """
    return {
        "domains": [sorted(domain.items()) for domain in model.domains],
        "gaps": [[gap.first, gap.second, gap.least, gap.most] for gap in model.gaps],
        "shadows": [[s.source, s.target, s.days] for s in model.shadows],
        # Meetings of one series are never on the same day either, which makes larger groups.
        "apart": [list(pair) for pair in (*model.apart, *_same_series(model))],
        "needs": [
            [
                need.target,
                [
                    [day, first, last, list(need.sources)]
                    for day, (first, last) in sorted(need.spans.items())
                    if need.target is None or day in model.domains[need.target]
                ],
            ]
            for need in model.needs
        ],
        "cuts": [
            [list(cut.slots), cut.most, sorted(cut.days) if cut.days is not None else None]
            for cut in model.cuts
        ],
        "start": list(start) if start is not None else None,
        "limit": limit,
    }


def _same_series(model: DaysModel) -> Iterator[tuple[int, int]]:
    for second, series in enumerate(model.series_of):
        first = second - 1
        while first >= 0 and model.series_of[first] == series:
            yield (first, second)
            first -= 1
