"""The one mail that greets somebody who begins in a position, on the first day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from scheduler.domain.enums import INCUMBENT_KINDS
from scheduler.domain.reminders import MailClass, ResendPolicy
from scheduler.store.tables import Holder, Municipality
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["WELCOME_KIND", "queue_welcome"]

WELCOME_KIND = "welcome"
_MORNING = time(8)
_OF_USE_FOR = timedelta(days=14)


def queue_welcome(session: Session, holder: Holder, municipality_id: int, *, now: datetime) -> None:
    """Put the welcome of a holding in line, for its first day or, where that has been, for now.

    Somebody who begins in several positions on one day has one mail. Deputies and those who act on
    behalf of others are not greeted, nor is anybody whose time is over. Who is still in a position
    is looked at when the mail goes.
    """
    municipality = session.get_one(Municipality, municipality_id)
    zone = ZoneInfo(municipality.timezone)
    today = now.astimezone(zone).date()
    if holder.kind not in INCUMBENT_KINDS or _is_over(holder, today):
        return
    first_day = max(holder.from_on, today)
    due_at = max(datetime.combine(first_day, _MORNING, tzinfo=zone).astimezone(now.tzinfo), now)
    upsert_rows(
        session,
        [
            {
                "municipality_id": municipality_id,
                "dedup_key": f"{municipality.slug}:{WELCOME_KIND}:{holder.person_id}:"
                f"{first_day.isoformat()}",
                "kind": WELCOME_KIND,
                "step": WELCOME_KIND,
                "mail_class": MailClass.SUMMARY.value,
                "person_id": holder.person_id,
                "priority": MailClass.SUMMARY.priority,
                "due_at": due_at,
                "expires_at": due_at + _OF_USE_FOR,
                "resend_policy": ResendPolicy.HOLD.value,
            }
        ],
        now=now,
        detail="begins",
    )


def _is_over(holder: Holder, today: date) -> bool:
    return holder.until_on is not None and holder.until_on < max(today, holder.from_on)
