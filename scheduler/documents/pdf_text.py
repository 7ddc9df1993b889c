"""The lines of a PDF, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pypdf import PdfReader
from pypdf.errors import DependencyError

from scheduler.documents.document_text import (
    MOST_CHARACTERS,
    DocumentError,
    DocumentProblem,
    DocumentText,
)

__all__ = ["read_pdf_text"]

_MOST_PAGES = 2_000
_FEWEST_CHARACTERS_A_PAGE = 15
"""A scanned page has at most a stamp or a page number that is text."""


def read_pdf_text(data: bytes, on_progress: Callable[[int, int], None]) -> DocumentText:
    """Return the lines of every page; `on_progress` is told how many of how many are read.

    A PDF that is locked against changes only is read; one that asks for a password is not.

    Raises:
        DocumentError: the file is broken, encrypted, too large, or pictures of pages.
    """
    with _quiet():
        try:
            lines, pages = _lines_of(data, on_progress)
        except DocumentError:
            raise
        except DependencyError:
            # Newer encryption needs a package that this program does without.
            raise DocumentError(DocumentProblem.ENCRYPTED) from None
        except Exception:
            # A broken PDF makes the library raise most of the standard library's errors
            # beside its own, RecursionError among them.
            raise DocumentError(DocumentProblem.BROKEN) from None
    read = sum(len(line.strip()) for line in lines)
    if read < _FEWEST_CHARACTERS_A_PAGE * max(pages, default=1):
        raise DocumentError(DocumentProblem.SCANNED)
    return DocumentText(tuple(lines), tuple(pages))


def _lines_of(data: bytes, on_progress: Callable[[int, int], None]) -> tuple[list[str], list[int]]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(DocumentProblem.ENCRYPTED)
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise DocumentError(DocumentProblem.TOO_LARGE)
    lines: list[str] = []
    pages: list[int] = []
    length = 0
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        length += len(text)
        if length > MOST_CHARACTERS:
            raise DocumentError(DocumentProblem.TOO_LARGE)
        for line in text.splitlines():
            lines.append(line)
            pages.append(number)
        on_progress(number, count)
    return lines, pages


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's remarks on small faults of a file from the user's screen."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
