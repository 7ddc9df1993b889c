"""Who gets which mail of a change, in sentences."""

from __future__ import annotations

from scheduler.usecases.meetings.mails import ChangeMails
from web.language import ngettext

__all__ = ["said_cancellation", "said_mails"]


def said_mails(mails: ChangeMails) -> tuple[str, ...]:
    """Say how many people get which mail; nothing where nobody does."""
    invitations = mails.invitations - mails.recalls
    invited = ngettext(
        "%(num)d person får kalenderinvitasjon på e-post.",
        "%(num)d personer får kalenderinvitasjon på e-post.",
        invitations,
    )
    recalled = ngettext(
        "%(num)d person får en avlysning på e-post, som tar møtet ut av kalenderen.",
        "%(num)d personer får en avlysning på e-post, som tar møtet ut av kalenderen.",
        mails.recalls,
    )
    return _said(mails, (invitations, invited), (mails.recalls, recalled))


def said_cancellation(mails: ChangeMails) -> tuple[str, ...]:
    """Say the same of a meeting that is called off."""
    invited = ngettext(
        "%(num)d person får avlysningen i kalenderen på e-post.",
        "%(num)d personer får avlysningen i kalenderen på e-post.",
        mails.invitations,
    )
    return _said(mails, (mails.invitations, invited))


def _said(mails: ChangeMails, *calendar: tuple[int, str]) -> tuple[str, ...]:
    one_each = ngettext(
        "%(num)d person får 1 e-post.", "%(num)d personer får 1 e-post hver.", mails.one_each
    )
    rooms = ngettext(
        "%(num)d rom får beskjed i postkassen sin.",
        "%(num)d rom får beskjed i postkassene sine.",
        mails.rooms,
    )
    counted = ((mails.one_each, one_each), *calendar, (mails.rooms, rooms))
    return tuple(text for count, text in counted if count)
