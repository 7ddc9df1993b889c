"""From snapshots to calendar entries, with every text in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendars.entries import Detail, DutyEntry, Entry, MeetingEntry
from calendars.entry_bytes import entry_bytes
from calendars.feed import FeedHead, KeptEntry, join
from scheduler.domain.enums import FeedDetail
from scheduler.domain.language import Language, say_date, say_list
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.language import translations
from scheduler.language.titles import duty_title
from scheduler.usecases.feeds.contents import FeedContents

__all__ = ["PageAddress", "feed_bytes"]

PageAddress = Callable[[str, int], str | None]
"""Gives the address of a page: "meeting" or "duty" with its id, or None without a site."""


def feed_bytes(
    contents: FeedContents,
    *,
    language: Language,
    detail: FeedDetail,
    address_of: PageAddress,
) -> bytes:
    """Return the calendar of a feed; the same rows give the same bytes on every machine."""
    kept = [
        KeptEntry(
            entry.begins,
            entry.uid,
            entry_bytes(entry, language=language, detail=Detail(detail.value)),
        )
        for entry in _entries(contents, language, address_of)
    ]
    return join(_head(contents, language), kept)


def _head(contents: FeedContents, language: Language) -> FeedHead:
    _ = translations(language).gettext
    return FeedHead(
        name=_("Årshjulet i %(municipality)s: %(name)s")
        % {"municipality": say_list(contents.municipality_names, language), "name": contents.name},
        description=_("Møter og frister for %(name)s") % {"name": contents.name},
        language=language,
    )


def _entries(
    contents: FeedContents, language: Language, address_of: PageAddress
) -> Iterator[Entry]:
    for meeting in contents.meetings:
        yield _meeting(meeting, language, address_of("meeting", meeting.id))
    for duty in contents.duties:
        yield _duty(duty, language, address_of("duty", duty.id))


def _meeting(meeting: MeetingSnapshot, language: Language, url: str | None) -> MeetingEntry:
    return MeetingEntry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        title=meeting.title,
        starts_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        state=meeting.state,
        place=meeting.place or "",
        description=_meeting_lines(meeting, language),
        moved_from=say_date(meeting.moved_from, language) if meeting.moved_from else None,
        url=None if meeting.level.is_case else url,
        # A case-level meeting carries its title, time and place, and not a word more.
        categories=() if meeting.level.is_case else (meeting.forum_name,),
    )


def _meeting_lines(meeting: MeetingSnapshot, language: Language) -> tuple[str, ...]:
    if meeting.level.is_case:
        return ()
    _ = translations(language).gettext
    lines = [
        _("Møte %(number)s av %(of)s i %(period)s")
        % {"number": meeting.number, "of": meeting.of, "period": meeting.period}
    ]
    if meeting.agenda:
        lines += [_("Saksliste:"), *(f"– {item}" for item in meeting.agenda)]
    return tuple(lines)


def _duty(duty: DutySnapshot, language: Language, url: str | None) -> DutyEntry:
    _ = translations(language).gettext
    lines = []
    if duty.position_title:
        lines.append(_("Ansvar: %(position)s") % {"position": duty.position_title})
    if duty.legal_basis:
        lines.append(_("Hjemmel: %(basis)s") % {"basis": duty.legal_basis})
    return DutyEntry(
        uid=duty.uid,
        sequence=duty.sequence,
        changed_at=duty.changed_at,
        title=duty_title(duty, language),
        due_on=duty.due_on,
        state=duty.state,
        description=tuple(lines),
        url=url,
    )
