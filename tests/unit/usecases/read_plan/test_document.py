"""A file that cannot be read is refused with one reason, whatever is wrong with it."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfWriter

from scheduler.documents.document_text import MOST_BYTES, MOST_CHARACTERS
from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.read_plan import DocumentError, DocumentProblem, read_plan_text
from scheduler.usecases.read_plan.words import MESSAGES, say_document_problem
from tests.unit.usecases.read_plan.documents import docx_of, locked_pdf, pdf_of, saved

PAGE = ["Styringsgruppa møtes to ganger i året for å gå gjennom planen."] * 3


def zipped(names: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in names.items():
            packed.writestr(name, data)
    return file.getvalue()


def blank_pdf() -> bytes:
    """Return a PDF of pages without text, as a scanner makes."""
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", DocumentProblem.EMPTY, id="no bytes"),
        pytest.param(b" \r\n\t\n", DocumentProblem.EMPTY, id="white space"),
        pytest.param(b"\xef\xbb\xbf\n", DocumentProblem.EMPTY, id="a mark alone"),
        pytest.param(b"\xff\xfe\x0a\x00", DocumentProblem.EMPTY, id="UTF-16 white space"),
        pytest.param(docx_of(["", " "]), DocumentProblem.EMPTY, id="empty docx"),
        pytest.param(b"x" * (MOST_BYTES + 1), DocumentProblem.TOO_LARGE, id="too many bytes"),
        pytest.param(
            b"ord " * (MOST_CHARACTERS // 4 + 1), DocumentProblem.TOO_LARGE, id="too long"
        ),
        pytest.param(b"\x7fELF\x02\x01\x00\x00", DocumentProblem.NOT_A_DOCUMENT, id="program"),
        pytest.param(bytes(range(1, 32)) * 9, DocumentProblem.NOT_A_DOCUMENT, id="controls"),
        pytest.param(b"\xff\xfeM\x00\x00\xd8", DocumentProblem.BROKEN, id="broken UTF-16"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, DocumentProblem.OTHER_FORMAT, id="PNG"),
        pytest.param(rb"{\rtf1\ansi plan}", DocumentProblem.OTHER_FORMAT, id="RTF"),
        pytest.param(b"<!DOCTYPE html><p>plan", DocumentProblem.OTHER_FORMAT, id="web page"),
        pytest.param(
            zipped({"xl/workbook.xml": b"<x/>"}), DocumentProblem.OTHER_FORMAT, id="spreadsheet"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, DocumentProblem.OLD_WORD, id="doc"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            DocumentProblem.ENCRYPTED,
            id="docx with a password",
        ),
        pytest.param(b"PK\x03\x04 and no more", DocumentProblem.BROKEN, id="broken zip"),
        pytest.param(
            zipped({"word/document.xml": b"<w:document"}), DocumentProblem.BROKEN, id="broken docx"
        ),
        pytest.param(b"%PDF-1.7 and no more", DocumentProblem.BROKEN, id="broken PDF"),
        pytest.param(
            pdf_of([PAGE])[:-400].replace(b"/Pages", b"/Sidor"),
            DocumentProblem.BROKEN,
            id="cut PDF",
        ),
        pytest.param(blank_pdf(), DocumentProblem.SCANNED, id="scanned PDF"),
        pytest.param(locked_pdf(pdf_of([PAGE]), "hemmelig"), DocumentProblem.ENCRYPTED, id="PDF"),
    ],
)
def test_the_reason_is_named(data: bytes, problem: DocumentProblem) -> None:
    with pytest.raises(DocumentError) as caught:
        read_plan_text(data, lambda percent: None)
    assert caught.value.problem is problem


def test_a_docx_that_unpacks_to_more_than_fits_is_refused() -> None:
    bomb = zipped({"word/document.xml": b" " * 61_000_000})
    with pytest.raises(DocumentError) as caught:
        read_plan_text(bomb, lambda percent: None)
    assert caught.value.problem is DocumentProblem.TOO_LARGE


def test_a_pdf_that_is_locked_against_changes_only_is_read() -> None:
    data = locked_pdf(pdf_of([PAGE]), "")
    assert [each.phrase for each in read_plan_text(data, lambda percent: None).rhythms] == [
        "to ganger i året"
    ] * 3


def test_inserted_words_of_a_docx_are_read_and_struck_ones_are_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("Teamet møtes ")
    paragraph.add_run("hver uke.")
    xml = paragraph._p.xml
    assert xml.count("<w:r>") == 2
    run = paragraph.runs[1]._r
    inserted = paragraph._p.makeelement(run.tag.replace("}r", "}ins"))
    run.addprevious(inserted)
    inserted.append(run)
    struck = paragraph._p.makeelement(run.tag.replace("}r", "}del"))
    paragraph._p.append(struck)
    struck.append(paragraph.add_run("Hver måned.")._r)
    found = read_plan_text(saved(document), lambda percent: None).rhythms
    assert [each.sentence for each in found] == ["Teamet møtes hver uke."]


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_reason_is_translated(language: Language) -> None:
    catalogue = read_catalogue(language)
    assert [
        text for text in MESSAGES.values() if not getattr(catalogue.get(text), "string", "")
    ] == []


def test_each_reason_is_one_line() -> None:
    said = {problem: say_document_problem(problem, Language.BOKMAL) for problem in DocumentProblem}
    assert [problem for problem, text in said.items() if "\n" in text or "{" in text] == []
    assert said[DocumentProblem.TOO_LARGE].startswith("Filen er for stor (grensen er 40 MB")
