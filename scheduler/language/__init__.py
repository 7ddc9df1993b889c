"""The texts shown to people: bokmål is the source, nynorsk and English are catalogues."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from scheduler.domain.language import Language

__all__ = ["translations"]


@cache
def translations(language: Language) -> NullTranslations:
    """Return the translations from bokmål to `language`; a text without one stays bokmål."""
    if language is Language.BOKMAL:
        return NullTranslations()
    # Imported here: what reads the catalogues takes a megabyte, and most need none.
    from babel.messages.mofile import write_mo

    from scheduler.language.catalogue import read_catalogue

    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
