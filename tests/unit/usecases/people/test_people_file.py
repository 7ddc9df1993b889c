"""Lists of people: what they say, and every problem at once."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.people import (
    PeopleFileError,
    PersonRow,
    RowCode,
    RowProblem,
    read_people_file,
    say_row_problem,
)
from scheduler.usecases.people.words import ROW_MESSAGES


def problems(text: str) -> tuple[RowProblem, ...]:
    with pytest.raises(PeopleFileError) as refused:
        read_people_file(text.encode())
    return refused.value.problems


def test_norwegian_headings_and_dates_are_read() -> None:
    found = read_people_file(
        "Stilling;Navn;E-post;Fra;Til;Stedfortreder;Målform\n"
        "rektor;Åse  Bø;Ase.Bo@Fjordvik.example;01.08.2026;;;nn\n"
        "rektor;Per Vik;per@fjordvik.example;2026-08-01;2027-07-31;ja;\n".encode()
    )
    assert found == (
        PersonRow(
            row=2,
            position="rektor",
            name="Åse Bø",
            email="ase.bo@fjordvik.example",
            kind=HolderKind.HOLDER,
            from_on=date(2026, 8, 1),
            until_on=None,
            language=Language.NYNORSK,
        ),
        PersonRow(
            row=3,
            position="rektor",
            name="Per Vik",
            email="per@fjordvik.example",
            kind=HolderKind.DEPUTY,
            from_on=date(2026, 8, 1),
            until_on=date(2027, 7, 31),
            language=None,
        ),
    )


@pytest.mark.parametrize("word", ["per@fjordvik.example", "Per Vik", "PER VIK"])
def test_a_deputy_named_by_address_or_name_gets_a_row_more(word: str) -> None:
    found = read_people_file(
        f"position,name,email,deputy\nrektor,Åse Bø,ase@fjordvik.example,{word}\n"
        "styrer,Per Vik,per@fjordvik.example,\n".encode()
    )
    assert [(row.position, row.email, row.kind) for row in found] == [
        ("rektor", "ase@fjordvik.example", HolderKind.HOLDER),
        ("styrer", "per@fjordvik.example", HolderKind.HOLDER),
        ("rektor", "per@fjordvik.example", HolderKind.DEPUTY),
    ]


def test_every_mistake_is_reported_with_its_row_and_column() -> None:
    found = problems(
        "stilling,navn,e-post,fra,til,vara\n"
        ",Åse Bø,ase@fjordvik.example,,,\n"
        "rektor,Per Vik,per.fjordvik,1. mai,,\n"
        "rektor,Ola Li,ola@fjordvik.example,2027-02-01,2027-01-01,\n"
        "styrer,Kari Ås,ola@fjordvik.example,,,Ukjent Person\n"
        "styrer,Ola Li,ola@fjordvik.example,2027-02-01,,\n"
        "styrer,010190 12345,x@fjordvik.example,,,\n"
        "styrer,Eli Vik (mor til Ola),eli@fjordvik.example,,,\n"
        "styrer,<b>Liv Vik</b>,liv@fjordvik.example,,,\n"
    )
    assert found == (
        RowProblem(RowCode.MISSING_VALUE, 2, "stilling"),
        RowProblem(RowCode.BAD_DATE, 3, "fra", "1. mai"),
        RowProblem(RowCode.BAD_EMAIL, 3, "e-post", "per.fjordvik"),
        RowProblem(RowCode.WRONG_ORDER, 4, "til", "2027-01-01"),
        RowProblem(RowCode.UNKNOWN_DEPUTY, 5, "deputy", "Ukjent Person"),
        RowProblem(RowCode.TWO_NAMES, 5, "navn", "Kari Ås", "Ola Li"),
        RowProblem(RowCode.IDENTITY_NUMBER, 7, "navn"),
        RowProblem(RowCode.NOT_A_NAME, 8, "navn", "( )"),
        RowProblem(RowCode.NOT_A_NAME, 9, "navn", "< > /"),
    )


def test_a_name_of_several_lines_is_refused() -> None:
    (found,) = problems('stilling,navn,e-post\nrektor,"Per Vik\nMor til Ola",per@f.example\n')
    assert (found.code, found.column, found.value) == (RowCode.NOT_A_NAME, "navn", "↵")


def test_a_column_that_is_not_asked_for_is_refused_and_not_passed_over() -> None:
    known = "position, name, email, from, to, deputy, language"
    assert problems("stilling,navn,e-post,fødselsnummer\nrektor,Å,a@f.example,1\n") == (
        RowProblem(RowCode.UNKNOWN_COLUMN, 1, "fødselsnummer", "fødselsnummer", known),
    )


def test_a_list_without_a_needed_column_says_what_to_call_it() -> None:
    assert problems("stilling,navn\nrektor,Å\n") == (
        RowProblem(RowCode.MISSING_COLUMN, 1, "email", "email", "email, e-mail, e-post"),
    )


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_text_is_translated_with_the_same_fields(language: Language) -> None:
    assert set(ROW_MESSAGES) == set(RowCode)
    catalogue = read_catalogue(language)
    for text in (*ROW_MESSAGES.values(), "rad {row}"):
        message = catalogue.get(text)
        assert message is not None, text
        assert fields(str(message.string)) == fields(text)


def test_a_problem_is_one_line_with_its_place() -> None:
    problem = RowProblem(RowCode.BAD_DATE, 3, "fra", "1. mai")
    assert say_row_problem(problem, Language.BOKMAL) == (
        "rad 3, fra: «1. mai» er ikke en dato. Skriv 2027-03-09 eller 09.03.2027."
    )


def fields(text: str) -> list[str]:
    return sorted(set(re.findall(r"{\w+}", text)))
