"""From snapshots to calendar entries, with every text in the reader's language."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from typing import Final

from calendars.entries import DutyEntry, Entry, MeetingEntry
from calendars.errors import BadEntryError
from calendars.feed import FeedHead
from scheduler.domain.language import Language, say_date, say_list, say_time
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.language import translations
from scheduler.language.titles import duty_title
from scheduler.usecases.feeds.contents import FeedContents

__all__ = ["PageAddress", "entries_of", "head_of", "meeting_entry"]

PageAddress = Callable[[str, int], str | None]
"""Gives the address of a page: "meeting" or "duty" with its id, or None without a site."""

_LOG = logging.getLogger("web.feeds")
_ADDRESS: Final = re.compile(r"https://[^\s<>\"«»]+")
# What people write after an address, and which is no part of it.
_ENDS_SENTENCE: Final = ".,;:!?)]}'"


def head_of(contents: FeedContents, language: Language) -> FeedHead:
    """Return what the calendar says of itself."""
    _ = translations(language).gettext
    name = contents.name
    if contents.of_leaders:
        name = _("gjennomganger og rapporter")
    if contents.municipality_names:
        municipality = say_list(contents.municipality_names, language)
        name = (
            # The whole municipality's needs not say it twice.
            _("Årshjulet i %(municipality)s") % {"municipality": municipality}
            if name == municipality
            else _("Årshjulet i %(municipality)s: %(name)s")
            % {"municipality": municipality, "name": name}
        )
    return FeedHead(
        name=name,
        description=_("Møter og frister for %(name)s") % {"name": contents.name},
        language=language,
    )


def entries_of(
    contents: FeedContents, language: Language, address_of: PageAddress
) -> Iterator[Entry]:
    """Yield an entry for each row; one that no calendar can show is left out and logged.

    Of two rows with one UID the first is shown: a calendar program would drop either.
    """
    seen: set[str] = set()
    rows: tuple[MeetingSnapshot | DutySnapshot, ...] = (*contents.meetings, *contents.duties)
    for row in rows:
        try:
            if row.uid in seen:
                raise BadEntryError(uid=row.uid, field="uid")
            entry = _entry(row, language, address_of)
        except BadEntryError as error:
            _LOG.error("left out of a feed: %s", error)
            continue
        seen.add(row.uid)
        yield entry


def meeting_entry(meeting: MeetingSnapshot, language: Language, url: str | None) -> MeetingEntry:
    """Return the entry of a meeting, alike in feeds, invitations and downloads.

    A case-level meeting carries its title, time and place, and not a word more (privacy rule 4).

    Raises:
        BadEntryError: it has a value that no calendar can show.
    """
    is_case = meeting.level.is_case
    return MeetingEntry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        changed_at=meeting.said_at,
        title=meeting.title,
        starts_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        state=meeting.state,
        place=meeting.place or "",
        description=() if is_case else _meeting_lines(meeting, language),
        moved_from=_was_first(meeting, language),
        url=None if is_case else url,
        categories=() if is_case else (meeting.forum_name,),
        conference_url=None if is_case else _conference(meeting.place),
    )


def _entry(
    row: MeetingSnapshot | DutySnapshot, language: Language, address_of: PageAddress
) -> Entry:
    if isinstance(row, MeetingSnapshot):
        return meeting_entry(row, language, address_of("meeting", row.id))
    return _duty(row, language, address_of("duty", row.id))


def _was_first(meeting: MeetingSnapshot, language: Language) -> str | None:
    """Return when a moved meeting was to begin first: the day, the clock time, or both."""
    _ = translations(language).gettext
    first = meeting.was_first
    if first is None:
        return None
    said = {"date": say_date(first.held_on, language), "time": say_time(first.starts, language)}
    if first.held_on == meeting.held_on:
        return _("kl. %(time)s") % said
    return said["date"] if first.starts == meeting.starts else _("%(date)s kl. %(time)s") % said


def _conference(place: str | None) -> str | None:
    """Return the first address to join at that stands in the place, alone or among words."""
    found = _ADDRESS.search(place or "")
    return found[0].rstrip(_ENDS_SENTENCE) if found else None


def _meeting_lines(meeting: MeetingSnapshot, language: Language) -> tuple[str, ...]:
    _ = translations(language).gettext
    # Not of how many: one more meeting would change the entries of all the others.
    which = {"number": meeting.number, "period": meeting.period}
    lines = [_("Møte %(number)s i %(period)s") % which]
    if meeting.agenda:
        lines += [_("Saksliste:"), *(f"– {item}" for item in meeting.agenda)]
    return tuple(lines)


def _duty(duty: DutySnapshot, language: Language, url: str | None) -> DutyEntry:
    is_case = duty.level is not None and duty.level.is_case
    return DutyEntry(
        uid=duty.uid,
        sequence=duty.sequence,
        changed_at=duty.said_at,
        title=duty_title(duty, language),
        due_on=duty.due_on,
        state=duty.state,
        description=() if is_case else _duty_lines(duty, language),
        url=None if is_case else url,
    )


def _duty_lines(duty: DutySnapshot, language: Language) -> tuple[str, ...]:
    _ = translations(language).gettext
    lines = []
    if duty.position_title:
        lines.append(_("Ansvar: %(position)s") % {"position": duty.position_title})
    if duty.legal_basis:
        lines.append(_("Hjemmel: %(basis)s") % {"basis": duty.legal_basis})
    return tuple(lines)
