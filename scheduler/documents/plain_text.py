"""The lines of a plain text, in whatever encoding it was saved."""

from __future__ import annotations

import codecs

from scheduler.documents.document_text import (
    MOST_CHARACTERS,
    DocumentError,
    DocumentProblem,
    DocumentText,
)

__all__ = ["read_plain_text"]


def read_plain_text(data: bytes) -> DocumentText:
    """Return the lines as an editor numbers them: a form feed ends a page and no line.

    UTF-8, UTF-16 and UTF-32 are read with or without a byte order mark (UTF-32 with one);
    anything else as Windows saves text in Western Europe.

    Raises:
        DocumentError: there is no text, it is too long, or the bytes are no text at all.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c "):
        raise DocumentError(DocumentProblem.EMPTY)
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(DocumentProblem.TOO_LARGE)
    if not text.strip("\ufeff \t\n\x0b\x0c"):
        raise DocumentError(DocumentProblem.EMPTY)
    lines = text.removesuffix("\n").split("\n")
    if not any("\f" in line for line in lines):
        return DocumentText(tuple(lines))
    pages: list[int] = []
    page = 1
    for line in lines:
        # The form feed stands at the beginning of a page's first line.
        page += line.count("\f")
        pages.append(page)
    return DocumentText(tuple(line.replace("\f", " ") for line in lines), tuple(pages))


_MARKS = (
    # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_SEEN = 4096


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    sample = data[:_SEEN]
    if b"\x00" in sample:
        # Norwegian text in UTF-16 has a zero in every second byte; anything else with zeros
        # is a program, a picture or a database.
        zeros_first, zeros_second = sample[::2].count(0), sample[1::2].count(0)
        enough = len(sample) // 4
        if zeros_second > enough and zeros_first == 0:
            return _strictly(data, "utf-16-le")
        if zeros_first > enough and zeros_second == 0:
            return _strictly(data, "utf-16-be")
        raise DocumentError(DocumentProblem.NOT_A_DOCUMENT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    controls = sum(text.count(chr(code)) for code in range(1, 32) if code not in _SPACES)
    if controls + text.count("\ufffd") > _FEW + len(text) // 100:
        raise DocumentError(DocumentProblem.NOT_A_DOCUMENT)
    return text


_FEW = 4
_SPACES = {9, 10, 11, 12, 13}


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(DocumentProblem.BROKEN) from None
