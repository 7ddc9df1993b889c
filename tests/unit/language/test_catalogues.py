"""Every text that people are shown exists in nynorsk and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract

from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue

ROOT = Path(__file__).parents[3]
PACKAGES = ("scheduler", "calendars", "web")
TEMPLATES = ("web/templates", "scheduler/mail/templates")
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
OTHERS = [Language.NYNORSK, Language.ENGLISH]


def texts_in(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield each text that a Python file or a template marks for translation."""
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    with path.open("rb") as file:
        for _line, text, _comments, _context in extract(
            method,
            file,
            keywords={"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)},
            options={"encoding": "utf-8", "newstyle_gettext": "true", "trimmed": "true"},
        ):
            yield text


def sources() -> list[Path]:
    """Return every file that may hold a text for people."""
    python = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    templates = [
        path for folder in TEMPLATES for path in (ROOT / folder).rglob("*") if path.is_file()
    ]
    return sorted(python + templates)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: Language) -> None:
    catalogue = read_catalogue(language)
    missing: dict[str, list[str]] = {}
    for path in sources():
        for text in texts_in(path):
            message = catalogue.get(text if isinstance(text, str) else text[0])
            strings = () if message is None else message.string
            if not strings or not all([strings] if isinstance(strings, str) else strings):
                missing.setdefault(path.relative_to(ROOT).as_posix(), []).append(str(text))
    lines = [f"{path}: {text}" for path, texts in missing.items() for text in texts]
    assert not lines, f"not in {language.value}:\n" + "\n".join(lines)


def test_the_search_for_texts_finds_those_of_a_page_and_of_a_program() -> None:
    page = set(texts_in(ROOT / "web/templates/login/ask.html"))
    program = set(texts_in(ROOT / "web/login/views.py"))
    assert {"Send meg en lenke"} & page == {"Send meg en lenke"}
    assert {"Du er logget ut."} & program == {"Du er logget ut."}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_for_values(language: Language) -> None:
    differing = []
    for message in read_catalogue(language):
        if not message.id:
            continue
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        # The singular may leave out the number that the plural has.
        places = set(PLACE.findall(forms[-1]))
        differing += [
            (forms[0], string) for string in strings[-1:] if set(PLACE.findall(string)) != places
        ]
    assert differing == []
