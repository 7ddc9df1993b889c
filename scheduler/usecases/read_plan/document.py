"""From a plan's file, in any of the formats plans come in, to its lines."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.documents.document_text import (
    MOST_BYTES,
    DocumentError,
    DocumentProblem,
    DocumentText,
)
from scheduler.documents.docx_text import read_docx_text
from scheduler.documents.pdf_text import read_pdf_text
from scheduler.documents.plain_text import read_plain_text

__all__ = ["read_document"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"SQLite format 3",
)
_WEB_PAGES = (b"<!doctype html", b"<html")


def read_document(data: bytes, on_progress: Callable[[int, int], None]) -> DocumentText:
    """Return the lines of a plain text, a docx or a PDF; the bytes tell which, not the name.

    `on_progress` is told how many of how many parts (pages, paragraphs) are read.

    Raises:
        DocumentError: the file is none of these, is empty, encrypted, scanned or too large.
    """
    if not data:
        raise DocumentError(DocumentProblem.EMPTY)
    if len(data) > MOST_BYTES:
        raise DocumentError(DocumentProblem.TOO_LARGE)
    # A PDF may begin with some bytes of a mail program or a web server.
    if b"%PDF-" in data[:1024]:
        return read_pdf_text(data, on_progress)
    if data.startswith(b"PK\x03\x04"):
        return read_docx_text(data, on_progress)
    if data.startswith(_OLE):
        # Word keeps a docx with a password inside the package that old documents are.
        locked = _ENCRYPTED_PACKAGE in data
        raise DocumentError(DocumentProblem.ENCRYPTED if locked else DocumentProblem.OLD_WORD)
    if data.startswith(_OTHERS) or data[:200].lstrip().lower().startswith(_WEB_PAGES):
        raise DocumentError(DocumentProblem.OTHER_FORMAT)
    return read_plain_text(data)
