"""The lines of a PDF, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader
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
        of_page = _with_gaps(_placed_lines(page))
        length += sum(map(len, of_page))
        if length > MOST_CHARACTERS:
            raise DocumentError(DocumentProblem.TOO_LARGE)
        lines += of_page
        pages += [number] * len(of_page)
        on_progress(number, count)
    return lines, pages


_SAME_LINE = 2.0
_PARAGRAPH = 1.4
"""How much more than the usual distance between lines opens a paragraph."""


def _placed_lines(page: PageObject) -> list[tuple[str, float]]:
    """Return the lines of a page, each with its height above the page's foot."""
    lines: list[tuple[str, float]] = []
    here: list[str] = []
    height = 0.0

    def visit(
        text: str, outer: Sequence[float], inner: Sequence[float], _font: Any, _size: float
    ) -> None:
        nonlocal height
        for piece in text.splitlines(keepends=True):
            if piece.strip() and not "".join(here).strip():
                height = inner[5] * outer[3] + outer[5]
            here.append(piece)
            if piece.endswith(("\n", "\r")):
                lines.append(("".join(here).strip("\r\n"), height))
                here.clear()

    page.extract_text(visitor_text=visit)
    return [*lines, ("".join(here), height)]


def _with_gaps(lines: list[tuple[str, float]]) -> list[str]:
    """Return the lines with an empty one where the page has a gap between two paragraphs."""
    lines = [line for line in lines if line[0].strip()]
    steps = [
        above - below for (_, above), (_, below) in pairwise(lines) if above - below > _SAME_LINE
    ]
    usual = median(steps) if steps else 0.0
    result: list[str] = []
    before: float | None = None
    for text, height in lines:
        if before is not None and before - height > usual * _PARAGRAPH:
            result.append("")
        result.append(text)
        before = height
    return result


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
