"""Putting mails in line that no duty asks for: log-in links and the news of a published year."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.domain.reminders import MailClass, ResendPolicy
from scheduler.store.tables import Municipality, YearPlan
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["queue_login_mail", "queue_summaries"]

_NEWS_FOR = timedelta(days=14)


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
    session: Session, year_plan_id: int, meetings_of: Iterable[tuple[int, int]], *, now: datetime
) -> int:
    """Put one mail about the published or changed year in line for each person; return how many.

    `meetings_of` gives each person's id and how many meetings they have in it. A change that comes
    before the last news has gone takes its place.
    """
    year_plan = session.get_one(YearPlan, year_plan_id)
    municipality = session.get_one(Municipality, year_plan.municipality_id)
    rows = [
        {
            "municipality_id": municipality.id,
            "dedup_key": f"{municipality.slug}:summary:{year_plan_id}:{person_id}:"
            f"{year_plan.revision}",
            "kind": "summary",
            "step": "summary",
            "mail_class": MailClass.SUMMARY.value,
            "person_id": person_id,
            "payload": json.dumps(
                {
                    "period": year_plan.period,
                    "meetings": meetings,
                    "published": year_plan.published_at == now,
                }
            ),
            "priority": MailClass.SUMMARY.priority,
            "due_at": now,
            "expires_at": now + _NEWS_FOR,
            "resend_policy": ResendPolicy.HOLD.value,
        }
        for person_id, meetings in meetings_of
    ]
    return upsert_rows(session, rows, now=now, detail="year published")
