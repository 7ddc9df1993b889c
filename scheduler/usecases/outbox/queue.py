"""Putting mails in line that no duty asks for: log-in links and the news of a published year."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import MailClass, ResendPolicy
from scheduler.store.tables import Municipality, Outbox, YearPlan
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND, Move
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["queue_login_mail", "queue_moves", "queue_summaries"]

_NEWS_FOR = timedelta(days=14)
_AT_ONCE = {
    "mail_class": MailClass.CHANGE.value,
    "priority": MailClass.CHANGE.priority,
    "resend_policy": ResendPolicy.ONCE.value,
}


def queue_login_mail(
    session: Session, *, person_id: int, url: str, expires_at: datetime, now: datetime
) -> None:
    """Put a log-in mail in line; it goes at any hour, and the address is wiped when it has gone."""
    upsert_rows(
        session,
        [
            {
                "municipality_id": None,
                "dedup_key": f"login:{person_id}:{now.isoformat()}",
                "kind": "login",
                "step": "login",
                "mail_class": MailClass.LOGIN.value,
                "person_id": person_id,
                "payload": json.dumps({"url": url}),
                "priority": MailClass.LOGIN.priority,
                "due_at": now,
                "expires_at": expires_at,
                "resend_policy": ResendPolicy.HOLD.value,
            }
        ],
        now=now,
        detail="asked for",
    )


def queue_summaries(
    session: Session,
    year_plan_id: int,
    meetings_of: Iterable[tuple[int, int]],
    *,
    near: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    now: datetime,
) -> int:
    """Put one mail about the published or changed year in line for each person; return how many.

    `meetings_of` gives each person's id and how many meetings they have in it. It goes at any hour
    to those in `near`, which names the meetings that come before they might hear of them else,
    each with its sequence.
    """
    news = _News.of(session, year_plan_id, now)
    rows = []
    for person_id, meetings in meetings_of:
        said = {"meetings": meetings, "published": news.year_plan.published_at == now}
        soon = near.get(person_id) if near else None
        row = news.row(person_id, said | {"near": list(soon)} if soon else said)
        rows.append(row | _AT_ONCE if soon else row)
    return upsert_rows(session, rows, now=now, detail="year published")


def queue_moves(
    session: Session,
    year_plan_id: int,
    moves_of: Mapping[int, Sequence[Move]],
    *,
    at_once: Mapping[int, datetime],
    now: datetime,
) -> dict[int, int]:
    """Put one mail about meetings that were moved together in line for each person.

    It goes at any hour to those in `at_once`, which tells until when it is of use to them, and
    else as other news of the year. The ids of the mails come back, by person.
    """
    news = _News.of(session, year_plan_id, now)
    rows = {}
    for person_id, moves in sorted(moves_of.items()):
        said = {
            "meetings": len(moves),
            "published": False,
            "moves": [move.as_record() for move in moves],
        }
        rows[person_id] = news.row(person_id, said)
        if person_id in at_once:
            rows[person_id] |= {**_AT_ONCE, "expires_at": at_once[person_id]}
    upsert_rows(session, list(rows.values()), now=now, detail="meetings moved")
    keys = {row["dedup_key"]: person_id for person_id, row in rows.items()}
    written = session.exec(
        select(Outbox.id, Outbox.dedup_key).where(col(Outbox.dedup_key).in_(keys))
    ).all()
    return {keys[key]: row_id for row_id, key in written if row_id is not None}


@dataclass(frozen=True, slots=True)
class _News:
    """What the mails about one change of a year have in common."""

    municipality: Municipality
    year_plan: YearPlan
    now: datetime

    @classmethod
    def of(cls, session: Session, year_plan_id: int, now: datetime) -> _News:
        year_plan = session.get_one(YearPlan, year_plan_id)
        return cls(session.get_one(Municipality, year_plan.municipality_id), year_plan, now)

    def row(self, person_id: int, said: dict[str, Any]) -> dict[str, Any]:
        return {
            "municipality_id": self.municipality.id,
            "dedup_key": f"{self.municipality.slug}:{SUMMARY_KIND}:{self.year_plan.id}"
            f":{person_id}:{self.year_plan.revision}",
            "kind": SUMMARY_KIND,
            "step": SUMMARY_KIND,
            "mail_class": MailClass.SUMMARY.value,
            "person_id": person_id,
            "payload": json.dumps({"period": self.year_plan.period, **said}),
            "priority": MailClass.SUMMARY.priority,
            "due_at": self.now,
            "expires_at": self.now + _NEWS_FOR,
            "resend_policy": ResendPolicy.HOLD.value,
        }
