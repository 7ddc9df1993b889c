"""Cuts a text into words, numbers and marks, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Token", "tokenise"]

_PIECE = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+)"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_][^\W\d_\u0300-\u036f\u00ad]*(?:[\u0300-\u036f\u00ad]+[^\W\d_]*)*)"
    r"|(?P<mark>[^\s\u200b\u200c\u200d\ufeff])"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣-⁃⸺"), "-")
_QUOTES = dict.fromkeys(map(ord, "´`’‘"), "'")
_MARKS = _DASHES | _QUOTES
_LARGEST = 999_999_999


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or one mark, with its place in the text.

    `text` is in lower case and composed form. `number` is set for digits only, and capped.
    `gap` tells whether white space stands before it, `new_line` a line break, `new_paragraph`
    an empty line. A web address is one token without meaning.
    """

    text: str
    start: int
    end: int
    number: int | None
    gap: bool
    new_line: bool
    new_paragraph: bool
    capital: bool


def tokenise(text: str) -> list[Token]:
    """Cut a text into tokens in one pass; nothing but white space is lost."""
    tokens: list[Token] = []
    end = 0
    for match in _PIECE.finditer(text):
        raw = match.group()
        start = match.start()
        between = text[end:start]
        number = None
        if match.lastgroup == "link":
            value = ""
        elif match.lastgroup == "number":
            number = int(raw) if len(raw) <= 9 else _LARGEST
            value = raw
        elif match.lastgroup == "word":
            value = raw.lower() if raw.isascii() else _composed(raw)
        else:
            value = raw.translate(_MARKS)
        tokens.append(
            Token(
                value,
                start,
                match.end(),
                number,
                start > end,
                "\n" in between,
                between.count("\n") > 1,
                raw[0].isupper(),
            )
        )
        end = match.end()
    return tokens


def _composed(raw: str) -> str:
    return unicodedata.normalize("NFC", raw).replace("\u00ad", "").lower()
