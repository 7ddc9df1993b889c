"""From a duty to every reminder it may give."""

from __future__ import annotations

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.domain.reminders.delivery import Delivery
from scheduler.domain.reminders.duty_facts import DutyFacts
from scheduler.domain.reminders.papers import approval_steps, minutes_steps, notice_steps
from scheduler.domain.reminders.rounds import review_steps, round_steps
from scheduler.domain.reminders.settings import ReminderSettings
from scheduler.domain.reminders.step import ReminderStep

__all__ = ["steps_of"]


def steps_of(
    duty: DutyFacts, settings: ReminderSettings, delivery: Delivery
) -> tuple[ReminderStep, ...]:
    """Return the steps of a duty in the order they fall due; none where it is done or cancelled.

    Steps in the past are among them: what is too late to make is for the caller to say.
    """
    if duty.state is DutyState.IN_REVIEW:
        steps = approval_steps(duty, settings, delivery)
    elif duty.state is not DutyState.OPEN:
        return ()
    elif duty.kind is DutyKind.NOTICE:
        steps = notice_steps(duty, settings, delivery)
    elif duty.kind is DutyKind.MINUTES:
        steps = minutes_steps(duty, settings, delivery)
    elif duty.kind is DutyKind.PLAN_REVIEW:
        steps = review_steps(duty, settings, delivery)
    else:
        steps = round_steps(duty, delivery)
    return tuple(sorted(steps, key=lambda step: (step.due_at, step.name)))
