"""The demo's mailbox as pages; there is no such thing outside the demo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Blueprint, abort, render_template
from markupsafe import Markup, escape

from scheduler.domain.civil_time import NORWAY

__all__ = ["Letter", "mailbox_pages", "read_letters"]

_NAME = re.compile(r"\d{6}-[0-9a-f]{16}\.eml")
_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the mailbox; `key` is its file's name without the ending.

    `sent_at` is in Norwegian time.
    """

    key: str
    to: str
    subject: str
    sent_at: datetime
    text: str


def mailbox_pages(folder: Path) -> Blueprint:
    """Return the pages that show the mails in a folder, the newest first."""
    pages = Blueprint("mailbox", __name__, url_prefix="/demo/post")

    @pages.get("/")
    def index() -> str:
        return render_template("demo/mailbox.html", letters=read_letters(folder))

    @pages.get("/<key>")
    def letter(key: str) -> str:
        path = folder / f"{key}.eml"
        if _NAME.fullmatch(path.name) is None or not path.is_file():
            abort(404)
        return render_template(
            "demo/letter.html", letter=_read(path), text=_with_links(_read(path).text)
        )

    return pages


def read_letters(folder: Path) -> list[Letter]:
    """Return every mail of the folder, the newest first."""
    if not folder.is_dir():
        return []
    paths = sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    return [_read(path) for path in paths]


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    part = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    return Letter(
        key=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=message["Date"].datetime.astimezone(NORWAY),
        text=part.get_content() if part is not None else "",
    )


def _with_links(text: str) -> Markup:
    """Return the text with its addresses as links, everything else escaped."""
    parts: list[str | Markup] = []
    done = 0
    for found in _LINK.finditer(text):
        parts.append(escape(text[done : found.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(found[0]))
        done = found.end()
    parts.append(escape(text[done:]))
    return Markup("").join(parts)
