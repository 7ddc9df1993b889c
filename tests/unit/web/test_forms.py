"""Forms are read into values, and every problem is said at once with its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from flask import Flask, g

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from tests.factories.identity_number import made_up_identity_number
from web.forms import FieldProblem, Form


@pytest.fixture(autouse=True)
def in_bokmal() -> Iterator[None]:
    """Read the forms as on a page in bokmål."""
    with Flask("forms").test_request_context():
        g.language = Language.BOKMAL
        yield


def test_good_fields_become_values() -> None:
    form = Form(
        {
            "name": "  Møte,  våren ",
            "email": " Kari.Ås@Kommune.example ",
            "on": "2027-03-09",
            "at": "09:30",
            "days": "10",
            "kind": "acting",
            "why": "Første linje\nandre linje",
            "tell": "1",
        }
    )
    assert form.line("name", "Navn") == "Møte, våren"
    assert form.email("email", "E-post") == "kari.ås@kommune.example"
    assert form.day("on", "Dato") == date(2027, 3, 9)
    assert form.clock("at", "Klokka") == time(9, 30)
    assert form.number("days", "Dager", least=0, most=60) == 10
    assert form.choice("kind", "Måte", HolderKind) is HolderKind.ACTING
    assert form.free_text("why", "Hvorfor") == "Første linje\nandre linje"
    assert form.ticked("tell")
    assert form.problems == []


def test_a_name_is_a_name_and_what_is_told_beside_it_is_refused_by_its_signs() -> None:
    form = Form({"good": " Åse-Marie  O’Dea ", "told": "Håkon Lien (mor til Ola)", "two": "Å\nBø"})
    read = [form.person_name(name, "Navn") for name in ("good", "told", "two", "none")]
    only = "Navn kan bare ha bokstaver, mellomrom, bindestrek, apostrof og punktum. Ta bort:"

    assert read == ["Åse-Marie O’Dea", "", "", ""]
    assert form.problems == [
        FieldProblem("told", f"{only} ( )"),
        FieldProblem("two", f"{only} ↵"),
        FieldProblem("none", "Navn må fylles ut"),
    ]


def test_all_problems_come_at_once_each_beginning_with_its_label() -> None:
    form = Form({"email": "kari", "on": "2027-02-30", "at": "25:00", "days": "61", "kind": "chief"})
    form.line("name", "Navn")
    form.email("email", "E-post")
    form.day("on", "Dato")
    form.clock("at", "Klokka")
    form.number("days", "Dager", least=0, most=60)
    form.choice("kind", "Måte", HolderKind)
    form.line("title", "Tittel", longest=200)
    assert form.problems == [
        FieldProblem("name", "Navn må fylles ut"),
        FieldProblem("email", "E-post må være en e-postadresse, som navn@kommune.no"),
        FieldProblem("on", "Dato må være en dato som finnes"),
        FieldProblem("at", "Klokka må være et klokkeslett, som 09:00"),
        FieldProblem("days", "Dager må være et helt tall fra 0 til 60"),
        FieldProblem("kind", "Måte må være et av valgene"),
        FieldProblem("title", "Tittel må fylles ut"),
    ]
    assert form.problem("on") == "Dato må være en dato som finnes"


def test_an_optional_field_may_be_left_out() -> None:
    form = Form()
    assert form.line("name", "Navn", required=False) == ""
    assert form.day("on", "Dato", required=False) is None
    assert form.number("days", "Dager", least=0, most=60, required=False) is None
    assert not form.ticked("tell")
    assert form.problems == []


def test_too_long_a_text_is_refused() -> None:
    form = Form({"name": "å" * 201})
    assert form.line("name", "Navn") == ""
    assert form.problems == [FieldProblem("name", "Navn kan ha høyst 200 tegn")]


@pytest.mark.parametrize("number", ["9" * 10, "1.5", "ti", "٣", "--1"])
def test_a_number_is_plain_digits(number: str) -> None:
    form = Form({"days": number})
    assert form.number("days", "Dager", least=0, most=60) is None
    assert form.problems == [FieldProblem("days", "Dager må være et helt tall fra 0 til 60")]


def test_a_text_with_an_identity_number_is_refused_everywhere() -> None:
    # A number made up for tests: its control digits are right, its day does not exist.
    number = made_up_identity_number()
    form = Form({"why": f"Gjelder {number[:6]} {number[6:]}", "name": number})
    assert form.free_text("why", "Hvorfor") == ""
    assert form.line("name", "Navn") == ""
    assert form.problems == [
        FieldProblem("why", "Hvorfor kan ikke inneholde fødselsnummer"),
        FieldProblem("name", "Navn kan ikke inneholde fødselsnummer"),
    ]


def test_an_identity_number_broken_by_what_cannot_be_seen_is_found() -> None:
    form = Form({"place": "\u200b".join(made_up_identity_number())})
    assert form.line("place", "Sted") == ""
    assert form.problems == [FieldProblem("place", "Sted kan ikke inneholde fødselsnummer")]


def test_what_cannot_be_seen_is_taken_out_of_a_text() -> None:
    form = Form({"place": "Rom\x00 2\u202e", "why": "Én\r\nto\x1b[31m", "digits": "\ud800"})
    assert form.line("place", "Sted") == "Rom 2"
    assert form.free_text("why", "Hvorfor") == "Én\nto[31m"
    assert form.line("digits", "Sak", required=False) == ""
    assert form.problems == []


@pytest.mark.parametrize("on", ["0001-01-01", "1949-12-31", "2100-01-01", "9999-12-31"])
def test_a_date_that_no_day_can_be_counted_from_is_refused(on: str) -> None:
    form = Form({"on": on})
    assert form.day("on", "Dato") is None
    assert form.problems == [FieldProblem("on", "Dato må være i årene 1950 til 2099")]


def test_a_date_is_said_in_words_with_its_week() -> None:
    form = Form({"on": "2027-03-09", "bad": "9. mars"})
    assert form.day_in_words("on") == "tirsdag 9. mars 2027, uke 10"
    assert form.day_in_words("bad") == ""
