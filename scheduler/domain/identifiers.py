"""Names that never change: the UIDs of meetings and duties in every calendar."""

from typing import Final
from uuid import UUID, uuid5

__all__ = ["duty_uid", "meeting_uid"]

UID_DOMAIN: Final = "aarshjul"

# Changing this number gives every meeting a new identity in every subscribed calendar.
_NAMESPACE: Final = UUID("6f0c9c1e-0d6c-5c0e-9a44-2f6d1c7b8e21")


def meeting_uid(
    *, municipality: str, forum: str, unit: str | None, period: str, number: int
) -> str:
    """Return the UID a new meeting is stored with (RFC 7986 section 5.3).

    The first three are slugs, `unit` is None for a forum with one series, `period` is "2027" or
    "2027/28", and `number` counts from 1 within the series and period. The answer is stored with
    the meeting and never made again: moving or renaming the meeting does not change it.
    Raises ValueError for a slug with a slash, or a number below 1.
    """
    if number < 1:
        raise ValueError(number)
    return _uid(_slug(municipality), _slug(forum), _slug(unit or ""), period, str(number))


def duty_uid(*, municipality: str, kind: str, period: str, subject: str) -> str:
    """Return the UID a new duty is stored with.

    `subject` is what the duty is about: the UID of a meeting, or the slug of a service, measure
    or plan. The position is no part of it, so a duty that is handed on keeps its identity.
    Raises ValueError where municipality, kind or subject holds a slash.
    """
    # The leading word keeps duties apart from meetings: no municipality is called that.
    return _uid("duty:", _slug(municipality), _slug(kind), _slug(subject), period)


def _uid(*parts: str) -> str:
    return f"{uuid5(_NAMESPACE, '/'.join(parts))}@{UID_DOMAIN}"


def _slug(text: str) -> str:
    # A slash inside a part would let two different meetings share one name.
    if "/" in text:
        raise ValueError(text)
    return text
