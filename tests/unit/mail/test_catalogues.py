"""Every text of the mails exists in the three written forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.ext import babel_extract

import scheduler.mail
from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue

TEMPLATES = sorted((Path(scheduler.mail.__file__).parent / "templates").glob("*.j2"))


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_text_of_a_template_is_translated(template: Path, language: Language) -> None:
    catalogue = read_catalogue(language)
    assert [text for text in texts_of(template) if not catalogue.get(text)] == []


def test_the_templates_hold_texts() -> None:
    assert len({text for template in TEMPLATES for text in texts_of(template)}) > 40


def texts_of(template: Path) -> list[str]:
    """Return the texts of a template, the singular where there are two."""
    with template.open("rb") as file:
        found = list(babel_extract(file, ("_", "ngettext"), [], {"trim_blocks": "true"}))
    return [text if isinstance(text, str) else text[0] for _, _, text, _ in found]
