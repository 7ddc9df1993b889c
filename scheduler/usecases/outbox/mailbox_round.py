"""One look into the mailbox where returned mail and answers to invitations come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.calendar_reply import ReadReply
from scheduler.mail import Mailbox, MailboxError, OpenMailbox, read_bounces, read_reply_mail
from scheduler.store.database import Database
from scheduler.usecases.invitations.calendar_answer import answer_by_calendar
from scheduler.usecases.invitations.reply_verdict import ReplyVerdict
from scheduler.usecases.outbox.bounced import BounceVerdict, write_down_bounces
from scheduler.usecases.outbox.mailbox_fault import mailbox_failed, mailbox_was_read

__all__ = ["MailboxRound", "read_mailbox"]

_AT_ONCE = 50


@dataclass(slots=True)
class MailboxRound:
    """Reports and replies read, mails found to have come back, answers kept, what went wrong."""

    read: int = 0
    bounced: int = 0
    answered: int = 0
    problem: str | None = None


def read_mailbox(
    database: Database, mailbox: Mailbox, *, read_reply: ReadReply, now: datetime
) -> MailboxRound:
    """Write down what the unread messages tell, fifty of each kind; never raises for a mailbox.

    A message is marked as read after what it tells is committed; one that is read twice changes
    nothing. What is not understood is left unread for people. A mailbox that cannot be read is
    noted for the auditor.
    """
    done = MailboxRound()
    try:
        with mailbox.opened() as box:
            _read_reports(database, box, done, now)
            _read_replies(database, box, done, read_reply, now)
    except MailboxError as error:
        done.problem = error.reason
        with database.write() as session:
            mailbox_failed(session, mailbox.server, reason=error.reason, now=now)
        return done
    with database.write() as session:
        mailbox_was_read(session, mailbox.server)
    return done


def _read_reports(database: Database, box: OpenMailbox, done: MailboxRound, now: datetime) -> None:
    for name, report in box.reports(_AT_ONCE):
        verdicts = write_down_bounces(database, read_bounces(report), now=now)
        done.read += 1
        done.bounced += verdicts.count(BounceVerdict.BOUNCED)
        if BounceVerdict.LATER not in verdicts:
            box.put_away(name)


def _read_replies(
    database: Database, box: OpenMailbox, done: MailboxRound, read_reply: ReadReply, now: datetime
) -> None:
    for name, letter in box.letters(_AT_ONCE):
        verdict = _answer(database, letter, read_reply, now)
        if verdict is ReplyVerdict.STRANGE:
            box.leave(name)
            continue
        done.read += 1
        done.answered += verdict is ReplyVerdict.ANSWERED
        box.put_away(name)


def _answer(
    database: Database, letter: bytes, read_reply: ReadReply, now: datetime
) -> ReplyVerdict:
    mail = read_reply_mail(letter)
    reply = read_reply(mail.calendar) if mail is not None else None
    if mail is None or reply is None:
        return ReplyVerdict.STRANGE
    with database.write() as session:
        return answer_by_calendar(session, reply, sender=mail.sender, now=now)
