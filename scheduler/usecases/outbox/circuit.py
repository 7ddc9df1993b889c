"""Leaving a mail server that is down alone, for all workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col

from scheduler.domain.reminders import circuit_delay
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import SmtpCircuit
from scheduler.store.upsert import insert_into

__all__ = ["Circuit", "circuit_at", "close_circuit", "open_circuit", "take_probe"]

_PROBE_TIME = timedelta(minutes=2)


class Circuit(StrEnum):
    """Whether mails may be tried."""

    CLOSED = "closed"
    OPEN = "open"
    MAY_PROBE = "may_probe"


def circuit_at(session: Session, server: str, *, now: datetime) -> Circuit:
    """Return whether the server may be tried: by all, by nobody, or by one to see."""
    circuit = session.get(SmtpCircuit, server, populate_existing=True)
    if circuit is None or circuit.opened_at is None or circuit.retry_at is None:
        return Circuit.CLOSED
    # A clock that was put back must not keep the mail waiting for longer than was meant.
    longest = circuit_delay(circuit.failures) + _PROBE_TIME
    if circuit.retry_at <= now or circuit.retry_at > now + longest:
        return Circuit.MAY_PROBE
    return Circuit.OPEN


def take_probe(session: Session, server: str, *, now: datetime) -> bool:
    """Be the one that tries; the others are kept away while it does."""
    circuit = session.get_one(SmtpCircuit, server)
    return guarded_update(
        session,
        SmtpCircuit,
        col(SmtpCircuit.server) == server,
        col(SmtpCircuit.retry_at) == circuit.retry_at,
        retry_at=now + _PROBE_TIME,
    )


def open_circuit(session: Session, server: str, *, now: datetime, reason: str) -> None:
    """Note that the server is down, and leave it alone a little longer each time."""
    session.connection().execute(
        insert_into(session, SmtpCircuit)
        .values(server=server, failures=0)
        .on_conflict_do_nothing(index_elements=["server"])
    )
    circuit = session.get_one(SmtpCircuit, server, populate_existing=True, with_for_update=True)
    circuit.failures += 1
    circuit.opened_at = circuit.opened_at or now
    circuit.retry_at = now + circuit_delay(circuit.failures)
    circuit.reason = reason
    session.add(circuit)


def close_circuit(session: Session, server: str) -> None:
    """Note that the server takes mail."""
    guarded_update(
        session,
        SmtpCircuit,
        col(SmtpCircuit.server) == server,
        col(SmtpCircuit.failures) > 0,
        opened_at=None,
        retry_at=None,
        failures=0,
        reason=None,
    )
