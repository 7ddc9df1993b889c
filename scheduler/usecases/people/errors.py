"""Why a change of who holds a position is refused."""

from __future__ import annotations

from enum import StrEnum

from scheduler.domain.errors import AarshjulError

__all__ = ["HoldingError", "HoldingRefusal"]


class HoldingRefusal(StrEnum):
    """What is wrong with the change."""

    NO_SUCH_POSITION = "no_such_position"
    NO_SUCH_HOLDING = "no_such_holding"
    BAD_EMAIL = "bad_email"
    NO_NAME = "no_name"
    IDENTITY_NUMBER = "identity_number"
    NOT_A_NAME = "not_a_name"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OUTSIDE_THE_HOLDING = "outside_the_holding"
    ALREADY_HOLDS = "already_holds"
    NOBODY_LEAVES = "nobody_leaves"
    LAST_ADMINISTRATOR = "last_administrator"
    NAME_IS_THEIR_OWN = "name_is_their_own"


class HoldingError(AarshjulError):
    """A change that cannot be made."""

    def __init__(self, refusal: HoldingRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
