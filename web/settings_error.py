"""What is wrong with a setting."""

from __future__ import annotations

from scheduler.domain.errors import AarshjulError

__all__ = ["SettingsError", "SeveralSettingsError"]


class SettingsError(AarshjulError):
    """A setting that is missing or bad: its name in the environment and what is wrong with it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


class SeveralSettingsError(AarshjulError):
    """Several settings that are missing or bad, each with what is wrong with it."""

    def __init__(self, problems: tuple[SettingsError, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
