"""Who gets which mail of a change, in sentences."""

from __future__ import annotations

from scheduler.usecases.meetings.mails import ChangeMails
from web.language import ngettext

__all__ = ["said_mails"]


def said_mails(mails: ChangeMails) -> tuple[str, ...]:
    """Say how many people get which mail; nothing where nobody does."""
    said = []
    if mails.one_each:
        said.append(
            ngettext(
                "%(num)d person får 1 e-post.",
                "%(num)d personer får 1 e-post hver.",
                mails.one_each,
            )
        )
    if mails.invitations:
        said.append(
            ngettext(
                "%(num)d person får endringen som kalenderinvitasjon.",
                "%(num)d personer får endringen som kalenderinvitasjon.",
                mails.invitations,
            )
        )
    if mails.rooms:
        said.append(
            ngettext(
                "%(num)d rom får beskjed i postkassen sin.",
                "%(num)d rom får beskjed i postkassene sine.",
                mails.rooms,
            )
        )
    return tuple(said)
