"""Why a document cannot be read, as one line with what to do."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.documents.document_text import MOST_BYTES, DocumentProblem
from scheduler.domain.language import Language
from scheduler.language import translations

__all__ = ["MESSAGES", "say_document_problem"]


def say_document_problem(problem: DocumentProblem, language: Language) -> str:
    """Return the problem in words."""
    text = translations(language).gettext(MESSAGES[problem])
    return text.format(limit=MOST_BYTES // 1_000_000)


MESSAGES: Mapping[DocumentProblem, str] = {
    DocumentProblem.EMPTY: "Filen er tom. Velg filen med planens tekst.",
    DocumentProblem.TOO_LARGE: (
        "Filen er for stor (grensen er {limit} MB og 2 millioner tegn). Lagre bare planens tekst,"
        " uten bilder, og prøv igjen."
    ),
    DocumentProblem.NOT_A_DOCUMENT: (
        "Filen er ikke en tekst. Velg en ren tekstfil, et Word-dokument (.docx) eller en PDF."
    ),
    DocumentProblem.OLD_WORD: (
        "Filen er fra en eldre versjon av Word (.doc). Åpne den i Word og lagre som .docx."
    ),
    DocumentProblem.OTHER_FORMAT: (
        "Filtypen kan ikke leses. Lagre planen som .docx, PDF eller ren tekst."
    ),
    DocumentProblem.BROKEN: (
        "Filen er skadet og kan ikke leses. Hent den på nytt, eller lagre den på nytt."
    ),
    DocumentProblem.ENCRYPTED: (
        "Filen er beskyttet med passord. Lagre en kopi uten passord, og prøv igjen."
    ),
    DocumentProblem.SCANNED: (
        "PDF-en har ingen tekst, bare bilder av sidene (den er skannet). Kjør tekstgjenkjenning,"
        " eller bruk dokumentet den ble laget av."
    ),
}
