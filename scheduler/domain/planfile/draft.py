"""Writes a draft plan file from the rhythms found in a plan's text, for a person to finish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.planfile.refused_text import is_about_one_child, refusal
from scheduler.domain.planfile.table_reader import suggested_slug

__all__ = ["DraftForum", "draft_plan_file"]

_HEAD = """# Utkast laget av planens tekst. Gå gjennom hvert forum: navn, nivå, rytme og deltakere.
# Nivået er satt til mixed, som regnes som enkeltsaker, til noen har avgjort det.
# Se malen (mal.toml) for alle felt.

[municipality]
slug = "min-kommune"
name = "Min kommune"

[plan]
title = "Plan for forebyggende arbeid for barn og unge"
"""


@dataclass(frozen=True, slots=True)
class DraftForum:
    """A rhythm that was found: its words, the line it stands on, and whose it may be."""

    words: str
    line: int
    name: str | None = None


def draft_plan_file(found: Iterable[DraftForum]) -> str:
    """Return a plan file in TOML that can be loaded as it is, with one forum for each rhythm.

    Words that may not be kept (an address, an identity number, one child) are left out. A meeting
    about one child becomes a rule.
    """
    parts = [_HEAD]
    taken: set[str] = set()
    for number, each in enumerate(found, start=1):
        name = _plain(each.name or "")
        if not name or refusal(name):
            name = f"Forum {number}"
        slug = _free(suggested_slug(name) or f"forum-{number}", taken)
        is_rule = is_about_one_child(name)
        rhythm = _plain(each.words)
        rhythm = "" if refusal(rhythm) else rhythm
        lines = [
            "[[rule]]" if is_rule else "[[forum]]",
            f"slug = {_quoted(slug)}",
            f"name = {_quoted(name)}",
        ]
        if is_rule:
            lines.append('text = "Gjelder ett barn eller én familie. Planlegges aldri her."')
        else:
            lines.append('level = "mixed"')
            lines += [f"rhythm = {_quoted(rhythm)}"] if rhythm else []
        parts.append("\n".join([*lines, f'lines = "{each.line}"']) + "\n")
    return "\n".join(parts)


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    taken.add(free)
    return free


def _plain(text: str) -> str:
    """Return the text on one line, without what no line shows."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
