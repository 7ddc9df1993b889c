"""The searches for better plans that this process has under way, each in a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock, Thread

from flask import current_app

from scheduler.planning import (
    Conflict,
    DaySolver,
    Progress,
    Proposal,
    SolverStoppedError,
    YearInput,
)
from scheduler.store.database import Database
from scheduler.usecases.year.best_proposal import best_proposal, explained
from scheduler.usecases.year.kept_proposals import (
    SearchState,
    end_search,
    is_asked_to_stop,
    note_progress,
)
from web.parts import current_parts

__all__ = ["Searches", "current_searches"]

_KEY = "aarshjul.searches"
_LOG = logging.getLogger("web.planning")
_LOOK_EVERY = 0.5
_BEAT_EVERY = 6


class Searches:
    """Runs the solver for proposals; what it finds is written to each proposal's own row.

    The solver itself is a process that the thread waits for. A thread is a daemon: when the
    program ends, the search ends with it, and its row goes silent.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Keep what the searches write to, and the clock they go by."""
        self._database = database
        self._clock = clock
        self._threads: dict[int, Thread] = {}
        self._lock = Lock()

    def begin(self, proposal_id: int, year: YearInput, first: Proposal) -> None:
        """Begin to improve a first plan."""
        search = _Search(self._database, self._clock, proposal_id, year, first)
        thread = Thread(target=search.run, name=f"search-{proposal_id}", daemon=True)
        with self._lock:
            self._threads = {key: one for key, one in self._threads.items() if one.is_alive()}
            self._threads[proposal_id] = thread
        thread.start()

    def wait(self, proposal_id: int, seconds: float) -> None:
        """Wait for a search that this process runs; one that it does not is not waited for."""
        thread = self._threads.get(proposal_id)
        if thread is not None:
            thread.join(seconds)


def current_searches() -> Searches:
    """Return the searches of the application that serves this request."""
    parts = current_parts()
    found: Searches = current_app.extensions.setdefault(_KEY, Searches(parts.database, parts.clock))
    return found


class _Search:
    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        proposal_id: int,
        year: YearInput,
        first: Proposal,
    ) -> None:
        self._database = database
        self._clock = clock
        self._id = proposal_id
        self._year = year
        self._first = first
        self._over = Event()
        self._progress = Progress(0, 0)

    def run(self) -> None:
        with DaySolver() as solver:
            watcher = Thread(target=self._watch, args=(solver,), daemon=True)
            watcher.start()
            try:
                state, better, conflicts = self._search(solver)
            finally:
                self._over.set()
                watcher.join()
            with self._database.write() as session:
                end_search(session, self._id, state, proposal=better, conflicts=conflicts)

    def _search(
        self, solver: DaySolver
    ) -> tuple[SearchState, Proposal | None, tuple[Conflict, ...]]:
        try:
            better = best_proposal(
                self._year, solver, first=self._first, on_progress=self._on_progress
            )
            return SearchState.DONE, better, explained(self._year, better, solver)
        except SolverStoppedError:
            return SearchState.STOPPED, None, ()
        except Exception:
            # Whoever waits at the page must be told; the fault itself is for the log.
            _LOG.exception("the search for proposal %s failed", self._id)
            return SearchState.FAILED, None, ()

    def _on_progress(self, progress: Progress) -> None:
        self._progress = progress

    def _watch(self, solver: DaySolver) -> None:
        """Say now and then that the search is alive, and stop it when somebody asks for that."""
        shown, looks = self._progress, 0
        while not self._over.wait(_LOOK_EVERY):
            looks += 1
            with self._database.read() as session:
                stop = is_asked_to_stop(session, self._id)
            if stop:
                solver.stop()
                return
            if self._progress != shown or looks % _BEAT_EVERY == 0:
                shown = self._progress
                with self._database.write() as session:
                    note_progress(
                        session,
                        self._id,
                        parts_done=shown.parts_done,
                        parts=shown.parts,
                        now=self._clock(),
                    )
