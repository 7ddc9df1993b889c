"""A catalogue: the `.po` files in the folder of its written form, one per part of the program."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from scheduler.domain.language import Language

__all__ = ["read_catalogue"]

_FOLDER = Path(__file__).parent


def read_catalogue(language: Language) -> Catalog:
    """Return every message of one written form, from all its files.

    Raises:
        ValueError: a text is translated in two ways.
    """
    whole = Catalog(locale=language.value, charset="utf-8")
    for path in sorted((_FOLDER / language.value).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language.value, charset="utf-8"):
                if not message.id:
                    continue
                earlier = whole.get(message.id)
                if earlier is not None and earlier.string != message.string:
                    raise ValueError(f"{path.name}: two translations of {message.id!r}")
                whole[message.id] = message
    return whole
