"""What is wrong with a stored cadence that cannot be read back."""

from __future__ import annotations

from scheduler.domain.errors import AarshjulError

__all__ = ["CadenceFormatError"]


class CadenceFormatError(AarshjulError):
    """A JSON object that is no cadence: the key at fault and its value."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(key, value)
        self.key = key
        self.value = value
