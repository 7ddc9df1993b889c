"""Texts, comments and line numbers as they stand in a plan file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["comment_lines", "free_slug", "quoted", "spans", "title_lines"]


def spans(lines: Sequence[tuple[int, int]]) -> str:
    """Return spans of lines as a plan file writes them: "491-506, 606"."""
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in sorted(lines))


def free_slug(slug: str, taken: set[str]) -> str:
    """Return the slug, with a number where it is taken, and take it."""
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    taken.add(free)
    return free


def quoted(text: str) -> str:
    """Return a text on one line, already without control characters, as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_WIDTH = 96


def title_lines(text: str) -> Iterator[str]:
    """Yield the line that begins a part of the file."""
    yield ""
    yield f"# --- {text} ".ljust(_WIDTH, "-")


def comment_lines(text: str) -> Iterator[str]:
    """Yield a comment, folded."""
    line = "#"
    for word in text.split():
        if len(line) + len(word) >= _WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line
