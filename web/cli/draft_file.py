"""The draft plan file that `aarshjul read-plan` writes: never over one that is there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from scheduler.domain.errors import AarshjulError

__all__ = ["DraftFileError", "DraftFileProblem", "check_free", "write_draft"]


class DraftFileProblem(StrEnum):
    """Why a draft cannot be written."""

    EXISTS = "exists"
    UNWRITABLE = "unwritable"


class DraftFileError(AarshjulError):
    """The draft cannot be written to `path`."""

    def __init__(self, problem: DraftFileProblem, path: Path) -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path


def check_free(path: Path) -> None:
    """Raise `DraftFileError` where a file is: somebody may have corrected it by hand."""
    if path.exists() or path.is_symlink():
        raise DraftFileError(DraftFileProblem.EXISTS, path)
    if not path.absolute().parent.is_dir():
        raise DraftFileError(DraftFileProblem.UNWRITABLE, path)


def write_draft(path: Path, text: str) -> None:
    """Write the draft as a new file.

    Raises:
        DraftFileError: the file is there already, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise DraftFileError(DraftFileProblem.EXISTS, path) from None
    except OSError:
        raise DraftFileError(DraftFileProblem.UNWRITABLE, path) from None
