"""The worker: takes what is due, sends it, and writes down how it went."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from scheduler.domain.reminders import OutboxState
from scheduler.mail import Outcome, SendResult, Transport
from scheduler.mail.transport import PointReached, pass_by
from scheduler.store.database import Database
from scheduler.store.schema import SchemaChangedError, applied_revision
from scheduler.usecases.outbox.circuit import (
    Circuit,
    circuit_at,
    close_circuit,
    open_circuit,
    take_probe,
)
from scheduler.usecases.outbox.claim import Claim, claim_due, give_back, renew
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.outbox.envelope import sender_address
from scheduler.usecases.outbox.freeze import Frozen, freeze
from scheduler.usecases.outbox.leap import LeapGuard
from scheduler.usecases.outbox.recover import expire_due, recover_left
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.outbox.settle import settle
from scheduler.usecases.outbox.stop_points import StopPoint
from scheduler.usecases.outbox.transition import FREE, take_step
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["StepResult", "Worker"]

# Seconds to wait before each new try. Nothing is lost when a claim is given up; that a mail went
# must be written down, and is tried for about ten minutes.
_SHORT_PATIENCE = (0.2, 0.5, 1, 2, 5)
_LONG_PATIENCE = (*_SHORT_PATIENCE, 10, 20, 30, 60, 60, 60, 60, 60, 60, 60, 60, 60)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step did. `found` counts every row it touched; 0 means that nothing is due."""

    found: int = 0
    sent: int = 0
    server_down: bool = False

    def __add__(self, other: StepResult) -> StepResult:
        """Return both together."""
        return StepResult(
            self.found + other.found,
            self.sent + other.sent,
            self.server_down or other.server_down,
        )


class Worker:
    """Sends what is due, from one database over one transport; several may run at once.

    No transaction is open while a mail is handed over. `at_point` is called with the name of each
    point in `StopPoint` as it is passed. With `steady` (seconds of a clock that is never set) a
    leap of the wall clock is waited out.
    """

    def __init__(
        self,
        database: Database,
        transport: Transport,
        *,
        now: Callable[[], datetime],
        settings: WorkerSettings,
        holidays_of: HolidaysOf,
        random: Random | None = None,
        at_point: PointReached = pass_by,
        steady: Callable[[], float] | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Keep the parts; nothing is opened yet."""
        self._database = database
        self._transport = transport
        self._now = now
        self._settings = settings
        self._holidays_of = cache(holidays_of)
        self._random = random or Random()  # noqa: S311 - it spreads retries, it guards nothing.
        self._at_point = at_point
        self._leap = LeapGuard(steady) if steady is not None else None
        self._stopping = threading.Event()
        self._probing = False
        self._revision: str | None = None
        self._wait = wait

    def stop(self) -> None:
        """Finish the message in hand and give the rest back; may be called from any thread."""
        self._stopping.set()

    def run_once(self) -> StepResult:
        """Do everything that is due now, and return what was done."""
        total = StepResult()
        while not self._stopping.is_set():
            step = self.step()
            total += step
            if step.found == 0 or step.server_down:
                break
        return total

    def step(self) -> StepResult:
        """Do one batch of what is due.

        Raises:
            SchemaChangedError: the schema is no longer the one this worker began with; nothing is
                claimed, and it must be started anew.
            sqlalchemy.exc.DBAPIError: the database cannot be used; what was in hand comes back when
                its lease ends.
        """
        now = self._now()
        if self._leap is not None and not self._leap.believes(now):
            return StepResult()
        tidied = self._patiently(self._tidy, _SHORT_PATIENCE)
        claims = self._patiently(self._claim, _SHORT_PATIENCE)
        if claims:
            self._at_point(StopPoint.AFTER_CLAIM)
        try:
            return StepResult(found=tidied) + self._send_all(claims)
        finally:
            # One connection carries a batch; none is held while nothing is due.
            self._transport.close()

    def _tidy(self) -> int:
        now = self._now()
        with self._database.write() as session:
            return recover_left(session, now=now) + expire_due(session, now=now)

    def _claim(self) -> tuple[Claim, ...]:
        now, server = self._now(), self._transport.server
        with self._database.write() as session:
            self._check_revision(session)
            circuit = circuit_at(session, server, now=now)
            if circuit is Circuit.OPEN:
                return ()
            limit = self._settings.batch if circuit is Circuit.CLOSED else 1
            claims = claim_due(session, self._settings, now=now, limit=limit)
            self._probing = bool(claims) and circuit is Circuit.MAY_PROBE
            if self._probing and not take_probe(session, server, now=now):
                give_back(session, claims, now=now, detail="another tries")
                claims = ()
            self._at_point(StopPoint.BEFORE_CLAIM_COMMIT)
        return claims

    def _check_revision(self, session: Session) -> None:
        # Asked in the transaction that claims, so that no row is taken after an upgrade.
        revision = applied_revision(session)
        self._revision = self._revision or revision
        if revision != self._revision:
            raise SchemaChangedError

    def _send_all(self, claims: Sequence[Claim]) -> StepResult:
        total = StepResult()
        deliveries = Deliveries(self._holidays_of)
        renewed_at = self._now()
        for number, claim in enumerate(claims):
            now = self._now()
            if self._stopping.is_set() or total.server_down:
                self._give_back(claims[number:])
                break
            if not renewed_at <= now < renewed_at + self._settings.lease / 3:
                with self._database.write() as session:
                    renew(session, claims[number:], self._settings, now=now)
                renewed_at = now
            total += self._send_one(claim, deliveries)
        return total

    def _send_one(self, claim: Claim, deliveries: Deliveries) -> StepResult:
        frozen = self._patiently(lambda: self._freeze(claim, deliveries), _SHORT_PATIENCE)
        if frozen is None:
            return StepResult(found=1)
        self._at_point(StopPoint.AFTER_SENDING)
        if self._now() >= frozen.until:
            # The process was asleep: the row is somebody else's by now.
            return StepResult(found=1)
        result = self._transport.send(
            sender_address(self._settings), frozen.recipients, frozen.message
        )
        self._at_point(StopPoint.BEFORE_SENT)
        state = self._patiently(lambda: self._settle(frozen, result), _LONG_PATIENCE)
        return StepResult(
            found=1,
            sent=int(state is OutboxState.SENT),
            server_down=result.outcome is Outcome.SERVER_DOWN,
        )

    def _freeze(self, claim: Claim, deliveries: Deliveries) -> Frozen | None:
        now = self._now()
        try:
            with self._database.write() as session:
                return freeze(
                    session, claim, settings=self._settings, deliveries=deliveries, now=now
                )
        except DBAPIError:
            raise
        except Exception as error:
            self._put_aside(claim, error)
            return None

    def _put_aside(self, claim: Claim, error: Exception) -> None:
        now = self._now()
        with self._database.write() as session:
            take_step(
                session,
                claim.row_id,
                OutboxState.LEASED,
                OutboxState.SCHEDULED,
                at=now,
                token=claim.token,
                detail=f"could not be made: {type(error).__name__}",
                next_at=now + self._settings.put_aside,
                last_error=f"{type(error).__name__}: {error}"[:500],
                **FREE,
            )

    def _settle(self, frozen: Frozen, result: SendResult) -> OutboxState | None:
        now, server = self._now(), self._transport.server
        with self._database.write() as session:
            state = settle(session, frozen, result, now=now, random=self._random)
            if result.outcome is Outcome.SERVER_DOWN:
                reason = f"{result.phase}: {result.code or ''} {result.reply}"
                open_circuit(session, server, now=now, reason=reason)
            elif self._probing:
                close_circuit(session, server)
            return state

    def _patiently(self, write: Callable[[], _Result], patience: Sequence[float]) -> _Result:
        """Write, and try again while the database is busy or gone for a moment."""
        for seconds in patience:
            try:
                return write()
            except DBAPIError:
                self._wait(seconds)
        return write()

    def _give_back(self, claims: Sequence[Claim]) -> None:
        now = self._now()
        with self._database.write() as session:
            give_back(session, claims, now=now, detail="given back")
