"""What is wrong with a setting."""

from __future__ import annotations

from scheduler.domain.errors import AarshjulError

__all__ = ["SettingsError"]


class SettingsError(AarshjulError):
    """A setting that is missing or bad: its name in the environment and what is wrong with it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem
