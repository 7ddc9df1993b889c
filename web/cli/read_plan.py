"""`aarshjul read-plan`: the rhythms of a plan's text, and a draft plan file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from scheduler.domain.cadence import to_json
from scheduler.domain.language import Language
from scheduler.language.rhythm_words import say_ambiguity
from scheduler.usecases.read_plan import (
    MOST_BYTES,
    DocumentError,
    DocumentProblem,
    FoundRhythm,
    read_plan_text,
)
from web.cli.draft_file import check_free, write_draft
from web.cli.norwegian import Command
from web.cli.output import as_json

__all__ = ["read_plan"]

_LONG = 300_000
"""Bytes from which reading takes long enough to say how far it has come."""


@click.command("read-plan", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="Skriv rytmene som JSON.")
@click.option(
    "--draft",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.toml",
    help="Skriv et utkast til planfil, som rettes for hånd.",
)
def read_plan(file: Path, *, in_json: bool, draft: Path | None) -> None:
    """Finn møterytmene i en plan (ren tekst, .docx eller PDF).

    Viser linje, setning, hvordan rytmen leses, og hvilket forum den kan gjelde. Et utkast til
    planfil kan prøves med «aarshjul load OUT.toml --dry-run».
    """
    if draft is not None:
        check_free(draft)
    size = file.stat().st_size
    if size > MOST_BYTES:
        # Not read at all: a file of many gigabytes would fill the memory first.
        raise DocumentError(DocumentProblem.TOO_LARGE)
    data = file.read_bytes()
    plan = read_plan_text(data, _progress(is_long=size >= _LONG))
    if not plan.rhythms and file.suffix.lower() == ".pdf" and b"%PDF-" not in data[:1024]:
        # Its bytes passed for a plain text, but "no rhythms" would hide that the PDF is broken.
        raise DocumentError(DocumentProblem.BROKEN)
    if draft is not None:
        write_draft(draft, plan.draft())
        click.echo(f"Utkastet er skrevet til {draft}. Rett det for hånd.", err=True)
    if in_json:
        click.echo(as_json([rhythm.as_json() for rhythm in plan.rhythms]))
        return
    for rhythm in plan.rhythms:
        _say(rhythm)
    click.echo(f"Rytmer funnet: {len(plan.rhythms)}")


def _progress(*, is_long: bool) -> Callable[[int], None]:
    """Return what says on stderr how far a long document is read, once for every ten per cent."""
    said = 0

    def say(percent: int) -> None:
        nonlocal said
        if is_long and percent // 10 > said:
            said = percent // 10
            click.echo(f"Leser planen: {said * 10} %", err=True)

    return say


def _say(rhythm: FoundRhythm) -> None:
    place = f"linje {rhythm.lines}"
    if rhythm.page is not None:
        place += f", side {rhythm.page}"
    click.echo(f"{place}: «{rhythm.phrase}»")
    if rhythm.forum is not None:
        click.echo(f"    forum: {rhythm.forum.name}")
    click.echo(f"    setning: {rhythm.sentence}")
    read = ", ".join(f"{key}: {value}" for key, value in to_json(rhythm.cadence).items())
    click.echo(f"    lest som: {read}")
    if rhythm.ambiguity is not None:
        click.echo(f"    spør: {say_ambiguity(rhythm.ambiguity, Language.BOKMAL)}")
