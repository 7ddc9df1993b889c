"""Where a mail about a changed meeting stands, in words."""

from __future__ import annotations

from scheduler.domain.reminders import OutboxState
from scheduler.usecases.pages.delivery import Delivery
from web.language import N_, gettext
from web.pages.instants import said_instant
from web.pages.words import StateWords

__all__ = ["delivery_state"]

_WAITS = StateWords(N_("e-posten er ikke sendt ennå"), "info")
_NOT_SENT = StateWords(N_("ikke sendt"), "late")
_STATES = {
    OutboxState.SCHEDULED: _WAITS,
    OutboxState.LEASED: _WAITS,
    OutboxState.SENDING: _WAITS,
    OutboxState.HANDED_ON: StateWords(N_("får kalenderinvitasjon"), "info"),
    OutboxState.BOUNCED: StateWords(N_("kom ikke fram"), "late"),
    OutboxState.UNCERTAIN: StateWords(N_("er kanskje ikke sendt"), "warning"),
}


_CALLED_OFF = StateWords(N_("får avlysningen i kalenderen"), "info")


def delivery_state(delivery: Delivery, *, is_cancelled: bool) -> StateWords:
    """Return whether the mail has gone, and when; the meeting is off where `is_cancelled`."""
    if delivery.state is OutboxState.SENT and delivery.sent_at is not None:
        return StateWords(gettext("sendt %(when)s", when=said_instant(delivery.sent_at)), "done")
    if is_cancelled and delivery.state is OutboxState.HANDED_ON:
        return StateWords(gettext(_CALLED_OFF.text), _CALLED_OFF.kind)
    words = _STATES.get(delivery.state, _NOT_SENT)
    return StateWords(gettext(words.text), words.kind)
