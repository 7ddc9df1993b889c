"""The rules of the reminders: which mail a duty gives, when, to whom, and for how long."""

from scheduler.domain.reminders.delivery import Delivery
from scheduler.domain.reminders.duty_facts import DutyFacts
from scheduler.domain.reminders.retry import circuit_delay, retry_delay
from scheduler.domain.reminders.settings import ReminderSettings, reminder_settings
from scheduler.domain.reminders.states import (
    ACCEPTED_STATES,
    GONE_STATES,
    IN_HAND_STATES,
    LIVE_STATES,
    LOST_STATES,
    NEVER_WENT_STATES,
    REVIVABLE_STATES,
    TELLS_NOBODY_STATES,
    OutboxState,
)
from scheduler.domain.reminders.step import Audience, MailClass, ReminderStep, ResendPolicy, Tone
from scheduler.domain.reminders.steps import steps_of

__all__ = [
    "ACCEPTED_STATES",
    "GONE_STATES",
    "IN_HAND_STATES",
    "LIVE_STATES",
    "LOST_STATES",
    "NEVER_WENT_STATES",
    "REVIVABLE_STATES",
    "TELLS_NOBODY_STATES",
    "Audience",
    "Delivery",
    "DutyFacts",
    "MailClass",
    "OutboxState",
    "ReminderSettings",
    "ReminderStep",
    "ResendPolicy",
    "Tone",
    "circuit_delay",
    "reminder_settings",
    "retry_delay",
    "steps_of",
]
