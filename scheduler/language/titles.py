"""What duties are called, alike in calendars, mails and pages."""

from __future__ import annotations

from scheduler.domain.enums import DutyKind
from scheduler.domain.language import Language, say_day
from scheduler.domain.snapshots import DutySnapshot
from scheduler.language import translations

__all__ = ["duty_task", "duty_title"]


def duty_title(duty: DutySnapshot, language: Language) -> str:
    """Return what is to be done and what it is about: "Referat: Styringsgruppe 9. mars"."""
    about = duty.subject
    if duty.meeting_on is not None and about:
        about = f"{about}, {say_day(duty.meeting_on, language)}"
    task = duty_task(duty.kind, language)
    return f"{task}: {about}" if about else task


def duty_task(kind: DutyKind, language: Language) -> str:
    """Return the name of a kind of duty."""
    _ = translations(language).gettext
    tasks = {
        DutyKind.NOTICE: _("Innkalling"),
        DutyKind.AGENDA: _("Saker til møtet"),
        DutyKind.MINUTES: _("Referat"),
        DutyKind.PLAN_REVIEW: _("Årlig gjennomgang av planen"),
        DutyKind.EVALUATION: _("Evaluering av tiltak"),
        DutyKind.COUNCIL_REPORT: _("Rapport til kommunestyret"),
        DutyKind.REVISION: _("Rullering av planen"),
        DutyKind.SURVEY: _("Undersøkelse"),
        DutyKind.FOLLOW_UP: _("Oppfølgingspunkt i planen"),
        DutyKind.FORUM_ITEM: _("Sak i møtet"),
    }
    return tasks[kind]
