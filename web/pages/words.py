"""States, functions and kinds in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.domain.enums import (
    AttendanceRule,
    DutyKind,
    DutyState,
    ForumKind,
    ForumLevel,
    Function,
    MeetingState,
    MinutesRule,
)
from scheduler.domain.language import say_date, say_day, say_time
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot, SlotState
from scheduler.language.titles import duty_task, duty_title
from web.language import N_, current_language, gettext

__all__ = [
    "StateWords",
    "attends_words",
    "closed_name",
    "duty_state",
    "finish_words",
    "function_words",
    "kind_words",
    "level_words",
    "meeting_state",
    "minutes_words",
    "paper_title",
    "task_of_paper",
    "title_of_duty",
]

_SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state in words, and the kind of tag it is shown as."""

    text: str
    kind: str


_FUNCTIONS = {
    Function.LEADER: N_("leder"),
    Function.CHAIR: N_("møteleder"),
    Function.CONVENER: N_("ansvarlig for innkalling"),
    Function.SECRETARY: N_("sekretær"),
    Function.MINUTE_TAKER: N_("referent"),
    Function.COORDINATOR: N_("koordinator"),
    Function.MEMBER: N_("medlem"),
    Function.GUEST: N_("gjest"),
}
_ATTENDS = {
    AttendanceRule.EVERY_MEETING: N_("hvert møte"),
    AttendanceRule.ONCE_A_MONTH: N_("én gang i måneden"),
    AttendanceRule.ON_CALL: N_("kontaktes ved behov"),
}
_KINDS = {
    ForumKind.STEERING_GROUP: N_("Styringsgruppe"),
    ForumKind.RESOURCE_GROUP: N_("Ressursgruppe"),
    ForumKind.TEAM: N_("Team"),
    ForumKind.COOPERATION: N_("Samarbeidsmøte"),
    ForumKind.CONTACT: N_("Kontaktmøte"),
    ForumKind.NETWORK: N_("Nettverk"),
    ForumKind.LEADERS: N_("Ledergruppe"),
    ForumKind.COUNCIL: N_("Råd"),
    ForumKind.CONFERENCE: N_("Konferanse"),
    ForumKind.OTHER: N_("Annet forum"),
}
_LEVELS = {
    ForumLevel.SYSTEM: N_("Systemnivå: ingen enkeltsaker"),
    ForumLevel.CASE_ELSE_ANONYMOUS: N_("Saksnivå: med samtykke, ellers anonymt"),
    ForumLevel.CASE_ELSE_NOT: N_("Saksnivå: bare med samtykke"),
}
_MINUTES = {
    MinutesRule.ALWAYS: N_("Skrives alltid"),
    MinutesRule.IF_NEEDED: N_("Skrives når det trengs"),
    MinutesRule.NEVER: N_("Skrives ikke"),
}
_MEETING_STATES = {
    MeetingState.PROPOSED: (N_("foreslått"), "neutral"),
    MeetingState.PLANNED: (N_("planlagt"), "neutral"),
    MeetingState.MOVED: (N_("flyttet"), "warning"),
    MeetingState.CANCELLED: (N_("avlyst"), "cancelled"),
    MeetingState.HELD: (N_("avholdt"), "done"),
}
_SLOTS = {
    SlotState.RESERVED: (N_("reservert"), "neutral"),
    SlotState.FREE: (N_("ledig"), "neutral"),
}


def function_words(function: Function) -> str:
    """Return what a seat is called."""
    return gettext(_FUNCTIONS[function])


def attends_words(rule: AttendanceRule) -> str:
    """Return how often a seat attends."""
    return gettext(_ATTENDS[rule])


def kind_words(kind: ForumKind) -> str:
    """Return what sort of forum it is."""
    return gettext(_KINDS[kind])


def level_words(level: ForumLevel) -> str:
    """Return what a forum may speak of."""
    return gettext(_LEVELS[level])


def minutes_words(rule: MinutesRule) -> str:
    """Return whether a forum writes minutes."""
    return gettext(_MINUTES[rule])


def meeting_state(meeting: MeetingSnapshot) -> StateWords:
    """Return where a meeting stands; a slot held if needed is reserved or free, never used."""
    if meeting.slot is not None:
        text, kind = _SLOTS[meeting.slot]
        return StateWords(gettext(text), kind)
    text, kind = _MEETING_STATES[meeting.state]
    if meeting.state is not MeetingState.MOVED:
        return StateWords(gettext(text), kind)
    first = meeting.was_first
    if first is None and meeting.moved_from_starts is not None:
        # It is back where it was.
        text, kind = _MEETING_STATES[MeetingState.PLANNED]
    elif first is not None and first.held_on == meeting.held_on:
        said = gettext("flyttet fra kl. %(time)s", time=say_time(first.starts, current_language()))
        return StateWords(said, kind)
    elif first is not None:
        is_another_year = first.held_on.year != meeting.held_on.year
        say = say_date if is_another_year else say_day
        day = say(first.held_on, current_language())
        return StateWords(gettext("flyttet fra %(day)s", day=day), kind)
    return StateWords(gettext(text), kind)


def closed_name(name: str) -> str:
    """Return the name of closed days; two holidays on one day are joined by a slash."""
    return " / ".join(gettext(part) for part in name.split(" / "))


def duty_state(duty: DutySnapshot, today: date) -> StateWords:
    """Return where a duty stands on a day."""
    if duty.state is DutyState.DONE:
        return StateWords(gettext("ferdig"), "done")
    if duty.state is DutyState.NOT_APPLICABLE:
        return StateWords(gettext("ikke aktuelt"), "neutral")
    if duty.state is DutyState.CANCELLED:
        return StateWords(gettext("falt bort"), "neutral")
    if duty.state is DutyState.IN_REVIEW:
        # It waits for somebody else: whoever sent it round has done their part, late or not.
        return StateWords(
            gettext("til gjennomlesing"), "warning" if duty.is_late(today) else "info"
        )
    if duty.is_late(today):
        return StateWords(gettext("forsinket"), "late")
    if (duty.due_on - today).days <= _SOON_DAYS:
        return StateWords(gettext("snart frist"), "warning")
    return StateWords(gettext("kommer"), "neutral")


def finish_words(duty: DutySnapshot) -> str | None:
    """Return what the button says that finishes a duty, or None when there is nothing to do."""
    if not duty.is_unfinished:
        return None
    return gettext("Sendt") if duty.kind is DutyKind.NOTICE else gettext("Ferdig")


def paper_title(duty: DutySnapshot) -> str:
    """Return what is to be done where the page already says for which forum."""
    if duty.meeting_on is None:
        return title_of_duty(duty)
    about = f"{task_of_paper(duty)}, {say_day(duty.meeting_on, current_language())}"
    return f"{about} ({duty.unit_name})" if duty.unit_name else about


def task_of_paper(duty: DutySnapshot) -> str:
    """Return what is to be done where the page already says for which meeting."""
    task = duty_task(duty.kind, current_language())
    return f"{task}: {duty.item_name}" if duty.item_name else task


def title_of_duty(duty: DutySnapshot) -> str:
    """Return what is to be done and what it is about."""
    return duty_title(duty, current_language())
