"""What a link in a mail is about, for somebody who is not logged in but has the mail."""

from __future__ import annotations

from sqlmodel import Session, col

from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.tables import Duty
from scheduler.usecases.pages.duties import read_duties
from scheduler.usecases.reminders import LinkSpentError, MailedAction

__all__ = ["duty_of_link"]


def duty_of_link(session: Session, mailed: MailedAction) -> DutySnapshot:
    """Return the duty of a link that is still good.

    Whoever has the mail has read its title, so this is the one place that shows a duty without
    asking who is looking; it shows no more than the mail did.

    Raises:
        LinkSpentError: the duty is gone.
    """
    found = read_duties(session, col(Duty.id) == mailed.duty_id)
    if not found:
        raise LinkSpentError
    return found[0]
