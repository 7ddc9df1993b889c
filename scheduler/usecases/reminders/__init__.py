"""The reminders of duties and meetings: written with them, changed with them."""

from scheduler.usecases.reminders.action_link import (
    Action,
    LinkSpentError,
    MailedAction,
    WhoError,
    action_of_link,
    new_action_link,
    use_action_link,
)
from scheduler.usecases.reminders.announcement import announce_change
from scheduler.usecases.reminders.duty_states import (
    duty_done,
    duty_in_review,
    duty_not_applicable,
    duty_undone,
    postpone_duty,
)
from scheduler.usecases.reminders.errors import (
    AlreadyPostponedError,
    DutyNotFoundError,
    DutyStateError,
    NotAHolderError,
)
from scheduler.usecases.reminders.meeting import (
    follow_meetings,
)
from scheduler.usecases.reminders.named import name_holder, name_in_turn
from scheduler.usecases.reminders.schedule import (
    Scheduled,
    cancel_duty_reminders,
    schedule_duty_reminders,
)

__all__ = [
    "Action",
    "AlreadyPostponedError",
    "DutyNotFoundError",
    "DutyStateError",
    "LinkSpentError",
    "MailedAction",
    "NotAHolderError",
    "Scheduled",
    "WhoError",
    "action_of_link",
    "announce_change",
    "cancel_duty_reminders",
    "duty_done",
    "duty_in_review",
    "duty_not_applicable",
    "duty_undone",
    "follow_meetings",
    "name_holder",
    "name_in_turn",
    "new_action_link",
    "postpone_duty",
    "schedule_duty_reminders",
    "use_action_link",
]
