"""What an administrator does about a mail that did not go as it should."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import MailStop, Outbox
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.administration.mail_queue import NEEDS_A_PERSON, mail_details
from scheduler.usecases.invitations.bring_in_line import invite_person
from scheduler.usecases.invitations.standing import lost_messages
from scheduler.usecases.outbox.transition import take_step
from scheduler.usecases.viewer import Viewer

__all__ = ["allow_mail", "mail_arrived", "send_mail_again", "stop_mail"]

_AGAIN_FOR = timedelta(days=1)


def mail_arrived(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> bool:
    """Say that an uncertain mail came; tell whether it still was uncertain.

    Raises:
        NotHereError: it is none of the municipality's, or not for the reader.
    """
    row = _mail(session, acting, viewer, mail_id)
    if not take_step(
        session,
        mail_id,
        OutboxState.UNCERTAIN,
        OutboxState.SENT,
        at=acting.now,
        detail="a person says that it came",
        sent_at=row.message_at or acting.now,
    ):
        return False
    note(session, acting, "mail.arrived", entity="mail", entity_id=mail_id)
    return True


def send_mail_again(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> bool:
    """Put a mail that failed, came back or is uncertain in line once more; tell whether it was.

    It goes with the same bytes where they are still true and go to the same address, else it is
    written anew; where its reason is gone by now it is withdrawn instead. It is of use for a day
    more at least.

    Raises:
        NotHereError: it is none of the municipality's, or not for the reader.
    """
    row = _mail(session, acting, viewer, mail_id)
    state = OutboxState(row.state)
    if state not in NEEDS_A_PERSON or not _line_up(
        session,
        mail_id,
        state,
        now=acting.now,
        detail="sent again by a person",
        expires_at=max(row.expires_at, acting.now + _AGAIN_FOR),
    ):
        return False
    note(session, acting, "mail.again", entity="mail", entity_id=mail_id)
    return True


def stop_mail(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> bool:
    """Send no more of this municipality's mail to the person whom the mail was for.

    What is for that person goes to the next in line. Tells whether anything changed.

    Raises:
        NotHereError: it is none of the municipality's, not for the reader, or was for several.
    """
    person_id = _person(session, acting, viewer, mail_id)
    if session.get(MailStop, (acting.municipality_id, person_id)) is not None:
        return False
    session.add(
        MailStop(municipality_id=acting.municipality_id, person_id=person_id, stopped_at=acting.now)
    )
    note(session, acting, "mail.stopped", entity="person", entity_id=person_id)
    return True


def allow_mail(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> bool:
    """Let mail go to the person again; tell whether anything changed.

    What the person's calendar was not told meanwhile of meetings still ahead goes now: nothing else
    would put it right before the next change of each.

    Raises:
        NotHereError: it is none of the municipality's, not for the reader, or was for several.
    """
    person_id = _person(session, acting, viewer, mail_id)
    found = session.get(MailStop, (acting.municipality_id, person_id))
    if found is None:
        return False
    session.delete(found)
    session.flush()
    for lost in lost_messages(
        session, person_id, municipality_id=acting.municipality_id, now=acting.now
    ):
        _line_up(
            session,
            lost.row_id,
            lost.state,
            now=acting.now,
            detail="mail to the address is allowed",
        )
    invite_person(session, person_id, now=acting.now)
    note(session, acting, "mail.allowed", entity="person", entity_id=person_id)
    return True


def _line_up(
    session: Session,
    mail_id: int,
    state: OutboxState,
    *,
    now: datetime,
    detail: str,
    **values: Any,
) -> bool:
    return take_step(
        session,
        mail_id,
        state,
        OutboxState.SCHEDULED,
        at=now,
        detail=detail,
        next_at=now,
        attempt=0,
        last_error=None,
        smtp_reply=None,
        phase=None,
        **values,
    )


def _person(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> int:
    person_id = _mail(session, acting, viewer, mail_id).person_id
    if person_id is None:
        raise NotHereError(mail_id)
    return person_id


def _mail(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> Outbox:
    mail_details(session, acting, viewer, mail_id)
    # Locked, so that the second of two who press at once finds what the first has done.
    return session.get_one(Outbox, mail_id, populate_existing=True, with_for_update=True)
