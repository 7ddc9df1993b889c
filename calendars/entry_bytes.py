"""One meeting or duty as the bytes of its VEVENT, the same for the same values for ever."""

from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from icalendar import Alarm as AlarmComponent
from icalendar import Event, vCategory, vUri

from calendars.entries import Alarm, Detail, DutyEntry, Entry, MeetingEntry
from calendars.errors import EntryCountError
from calendars.text import ExactText, many_lines, one_line, web_address
from calendars.timezone import TZID
from calendars.wording import Words, words
from scheduler.domain.enums import UNFINISHED_STATES, DutyState, MeetingState
from scheduler.domain.language import Language

_LONGEST_TITLE: Final = 200
_LONGEST_PLACE: Final = 200
_LONGEST_DESCRIPTION: Final = 8000
_LONGEST_CATEGORY: Final = 100
_MOST_CATEGORIES: Final = 10

_NO_LONGER_NEEDED: Final = {DutyState.NOT_APPLICABLE, DutyState.CANCELLED}

# Counted from the start: of the meeting, or of the day a duty is due (00:00).
_MEETING_TRIGGERS: Final = {
    Alarm.QUARTER_HOUR: timedelta(minutes=-15),
    Alarm.HOUR: timedelta(hours=-1),
    Alarm.DAY: timedelta(days=-1),
}
# A duty has no hour, so the short alarms ring at 08:00 on the day, the long one at 08:00 before.
_DUTY_TRIGGERS: Final = {
    Alarm.QUARTER_HOUR: timedelta(hours=8),
    Alarm.HOUR: timedelta(hours=8),
    Alarm.DAY: timedelta(hours=-16),
}


def entry_bytes(
    entry: Entry,
    *,
    language: Language,
    detail: Detail = Detail.FULL,
    alarm: Alarm = Alarm.NONE,
) -> bytes:
    """Return one VEVENT, folded and with CRLF, ready to be kept and joined into feeds.

    The bytes depend on the arguments alone: DTSTAMP and LAST-MODIFIED are the stored change time
    (RFC 5545 section 3.8.7.2, for a calendar without METHOD).
    Raises EntryCountError if the bytes would hold anything but one entry.
    """
    match entry:
        case MeetingEntry():
            event = meeting_event(entry, language=language, detail=detail)
            stands = entry.state is not MeetingState.CANCELLED
            trigger = _MEETING_TRIGGERS.get(alarm) if stands else None
        case DutyEntry():
            event = _duty_event(entry, language=language, detail=detail)
            trigger = _DUTY_TRIGGERS.get(alarm) if entry.state in UNFINISHED_STATES else None
        case _:
            assert_never(entry)
    if trigger is not None:
        event.add_component(_alarm(event, trigger))
    content: bytes = event.to_ical(sorted=False)
    return _only_one(content)


def changed_later(content: bytes, changed_at: datetime, later: datetime) -> bytes:
    """Return one VEVENT that was made as changed at one instant, as changed at a later one.

    Both are aware. It is as if it had been made so: no other byte of it says when that was.
    """
    before, after = _changed_lines(changed_at), _changed_lines(later)
    # They stand before any text of people's.
    return content.replace(before, after, 1)


def meeting_event(entry: MeetingEntry, *, language: Language, detail: Detail) -> Event:
    """Return a meeting as an icalendar component, the same for a feed and for a mail."""
    text = words(language)
    cancelled = entry.state is MeetingState.CANCELLED
    event = _identified(entry)
    event.add("dtstart", entry.begins, {"TZID": TZID})
    event.add("dtend", datetime.combine(entry.starts_on, entry.ends), {"TZID": TZID})
    title = text.busy if detail is Detail.BUSY else _title(entry.title, text)
    # Outlook shows a cancelled meeting as any other, so the title has to say it.
    _add_text(event, "summary", f"{text.cancelled}: {title}" if cancelled else title)
    if detail is Detail.FULL:
        conference = web_address(entry.conference_url)
        place = one_line(entry.place, _LONGEST_PLACE)
        _add_text(event, "location", place or conference or "")
        moved = [f"{text.moved_from} {entry.moved_from}"] if entry.moved_from else []
        _add_description(event, [*moved, *entry.description], _links(entry, text))
        _add_links(event, entry.url, conference, text)
        _add_categories(event, entry.categories)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    _add_availability(event, "FREE" if cancelled else "BUSY")
    return event


def _duty_event(entry: DutyEntry, *, language: Language, detail: Detail) -> Event:
    text = words(language)
    event = _identified(entry)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    title = text.deadline if detail is Detail.BUSY else _title(entry.title, text)
    if entry.state is DutyState.DONE:
        title = f"{text.done}: {title}"
    elif entry.state in _NO_LONGER_NEEDED:
        title = f"{text.not_needed}: {title}"
    _add_text(event, "summary", title)
    if detail is Detail.FULL:
        _add_description(event, list(entry.description), _links(entry, text))
        _add_links(event, entry.url, None, text)
        _add_categories(event, entry.categories)
    event.add("status", "CANCELLED" if entry.state in _NO_LONGER_NEEDED else "CONFIRMED")
    # A deadline takes no time of the day: busy from midnight to midnight would block meetings.
    _add_availability(event, "FREE")
    event.add("x-microsoft-cdo-alldayevent", "TRUE")
    return event


def _identified(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    changed_at = entry.changed_at.astimezone(UTC)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.sequence)
    return event


def _changed_lines(changed_at: datetime) -> bytes:
    said = changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"DTSTAMP:{said}\r\nLAST-MODIFIED:{said}\r\n".encode()


def _title(title: str, text: Words) -> str:
    return one_line(title, _LONGEST_TITLE) or text.untitled


def _links(entry: Entry, text: Words) -> list[str]:
    # Google and Outlook show neither URL nor CONFERENCE of a subscription, so both are text too.
    conference = entry.conference_url if isinstance(entry, MeetingEntry) else None
    named = ((text.conference, web_address(conference)), (text.page, web_address(entry.url)))
    return [f"{name}: {address}" for name, address in named if address]


def _add_description(event: Event, lines: list[str], links: list[str]) -> None:
    # The links stand last and are never cut off by a long agenda.
    tail = "\n".join(links)
    body = many_lines("\n".join(lines), _LONGEST_DESCRIPTION - len(tail))
    _add_text(event, "description", "\n\n".join(part for part in (body, tail) if part))


def _add_links(event: Event, url: str | None, conference: str | None, text: Words) -> None:
    page = web_address(url)
    if page:
        event.add("url", page)
    if conference:
        # RFC 7986 section 5.11.
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": text.conference}
        event.add("conference", vUri(conference), parameters)


def _add_categories(event: Event, categories: tuple[str, ...]) -> None:
    clean = [one_line(category, _LONGEST_CATEGORY) for category in categories]
    kept = list(dict.fromkeys(category for category in clean if category))[:_MOST_CATEGORIES]
    if kept:
        value = vCategory([])
        value.cats = [ExactText(category) for category in kept]
        event.add("categories", value)


def _add_availability(event: Event, status: str) -> None:
    event.add("transp", "TRANSPARENT" if status == "FREE" else "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", status)


def _add_text(event: Event, name: str, value: str) -> None:
    if value:
        event.add(name, ExactText(value))


def _alarm(event: Event, trigger: timedelta) -> AlarmComponent:
    alarm = AlarmComponent()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", trigger)
    return alarm


def _only_one(content: bytes) -> bytes:
    # An injected entry is valid iCalendar, so no parser would ever notice it: count.
    found = f"\r\n{content.decode()}".count("\r\nBEGIN:VEVENT\r\n")
    if found != 1:
        raise EntryCountError(expected=1, found=found)
    return content
