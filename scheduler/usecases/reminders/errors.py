"""What can be wrong with a duty that somebody wants to change."""

from __future__ import annotations

from scheduler.domain.enums import DutyState
from scheduler.domain.errors import AarshjulError

__all__ = ["AlreadyPostponedError", "DutyNotFoundError", "DutyStateError", "NotAHolderError"]


class DutyNotFoundError(AarshjulError):
    """There is no duty with `duty_id`."""

    def __init__(self, duty_id: int) -> None:
        """Keep the id that was asked for."""
        super().__init__(str(duty_id))
        self.duty_id = duty_id


class DutyStateError(AarshjulError):
    """The duty is in `state`, from which it cannot go where it was asked to."""

    def __init__(self, duty_id: int, state: DutyState) -> None:
        """Keep the duty and where it stands."""
        super().__init__(f"{duty_id}: {state}")
        self.duty_id = duty_id
        self.state = state


class AlreadyPostponedError(AarshjulError):
    """The one postponement of the duty has been used."""

    def __init__(self, duty_id: int) -> None:
        """Keep the duty."""
        super().__init__(str(duty_id))
        self.duty_id = duty_id


class NotAHolderError(AarshjulError):
    """The person does not answer for the duty's position today."""
