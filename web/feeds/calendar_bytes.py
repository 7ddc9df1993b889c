"""From the rows of a feed to its bytes, with the entries that are kept put in as they are."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from calendars.entries import Alarm, Detail, Entry
from calendars.entry_bytes import changed_later, entry_bytes
from calendars.errors import EntryCountError
from calendars.feed import KeptEntry, join
from scheduler.domain.enums import FeedDetail
from scheduler.domain.feeds import FeedOptions
from scheduler.domain.language import Language
from scheduler.usecases.feeds.contents import FeedContents
from scheduler.usecases.feeds.kept import EntryKey, digest_of_entry
from scheduler.usecases.feeds.view import form_name
from web.feeds.entries import PageAddress, entries_of, head_of

__all__ = ["Entries", "feed_bytes", "join_feed"]

_LOG = logging.getLogger("web.feeds")
_NOTHING: Final[Mapping[EntryKey, tuple[str, bytes]]] = {}


def feed_bytes(
    contents: FeedContents, *, language: Language, detail: FeedDetail, address_of: PageAddress
) -> bytes:
    """Return the calendar of a feed; the same rows give the same bytes on every machine."""
    options = FeedOptions(language=language, detail=detail)
    entries = Entries.of(contents, options, address_of)
    return join_feed(contents, entries, _NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The entries of a feed in the form that was asked for; `made` are those that were new.

    Before `options_changed_at` none of them was written as it is. What is kept of an entry knows
    nothing of that, so that all subscriptions in one form share it.
    """

    options: FeedOptions
    program: str
    by_key: dict[EntryKey, Entry]
    options_changed_at: datetime | None = None
    made: dict[EntryKey, tuple[str, bytes]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        contents: FeedContents,
        options: FeedOptions,
        address_of: PageAddress,
        *,
        program: str = "",
        options_changed_at: datetime | None = None,
    ) -> Entries:
        """Return the entries of these rows; `program` names the program that writes them."""
        form = form_name(options.language, options.detail, options.alarm)
        entries = entries_of(contents, options.language, address_of)
        return cls(
            options=options,
            program=program,
            options_changed_at=options_changed_at,
            by_key={EntryKey(entry.uid, form): entry for entry in entries},
        )


def join_feed(
    contents: FeedContents, entries: Entries, kept: Mapping[EntryKey, tuple[str, bytes]]
) -> bytes:
    """Return the whole calendar; what was not kept, or kept of other values, is made."""
    return join(head_of(contents, entries.options.language), _contents(entries, kept))


def _contents(entries: Entries, kept: Mapping[EntryKey, tuple[str, bytes]]) -> Iterable[KeptEntry]:
    for key, entry in entries.by_key.items():
        digest = digest_of_entry((entry, entries.program), entry.changed_at)
        known, content = kept.get(key, ("", b""))
        if known != digest:
            try:
                content = _made(entry, entries.options)
            except EntryCountError as error:
                _LOG.error("left out of a feed: %s: %s", entry.uid, error)
                continue
            entries.made[key] = (digest, content)
        changed_at = entries.options_changed_at
        if changed_at is not None and changed_at > entry.changed_at:
            content = changed_later(content, entry.changed_at, changed_at)
        yield KeptEntry(entry.begins, entry.uid, content)


def _made(entry: Entry, options: FeedOptions) -> bytes:
    return entry_bytes(
        entry,
        language=options.language,
        detail=Detail(options.detail.value),
        alarm=Alarm(options.alarm.value),
    )
