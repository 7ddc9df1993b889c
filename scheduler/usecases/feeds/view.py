"""The name of what a subscription shows and how; the same name means the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.usecases.feeds.target import FeedTarget

__all__ = ["form_name", "view_name"]


def view_name(
    target: FeedTarget,
    options: FeedOptions,
    *,
    owner_id: int | None,
    options_changed_at: datetime | None = None,
) -> str:
    """Return the name of a view. What somebody may see is their own, so the owner is in it.

    When the options were last changed is in it too, where they ever were: the entries say so.
    """
    changed = (
        () if options_changed_at is None else (options_changed_at.astimezone(UTC).isoformat(),)
    )
    match target.scope:
        case FeedScope.PERSON:
            subject = target.person_id
        case FeedScope.POSITION:
            subject = target.position_id
        case FeedScope.FORUM:
            subject = target.forum_id
        case FeedScope.MUNICIPALITY | FeedScope.LEADERS:
            subject = target.municipality_id
    return ":".join(
        (
            target.scope.value,
            str(subject),
            "-" if owner_id is None else str(owner_id),
            form_name(options.language, options.detail, options.alarm),
            "duties" if options.with_duties else "meetings",
            "all" if options.with_cancelled else "standing",
            *changed,
        )
    )


def form_name(language: Language, detail: FeedDetail, alarm: FeedAlarm) -> str:
    """Return the name of the form in which a subscription writes each entry."""
    return f"{language.value}:{detail.value}:{alarm.value}"
