"""What a person's name may hold."""

from __future__ import annotations

import pytest

from scheduler.domain.person_name import unfit_in_name


@pytest.mark.parametrize(
    "name",
    [
        "Åse-Marie Bø Ødegård",
        "Per Chr. Vik jr.",
        "Siobhán O'Brien",
        "D’Angelo Ngũgĩ wa Thiong’o",
        "Žofia Łękawska",
        "Ma\u0308rta Vik",
        "Nguyễn Thị Ánh",
        "Ольга Петрова",
        "محمد علی‌زاده",
        "அருண்",
        "क्‍षमा शर्मा",
        "李 小龍",
        "Gal·la Puig",
        "Jan\u2010Erik\u00a0Lie",
    ],
)
def test_real_names_of_every_script_are_fit(name: str) -> None:
    assert unfit_in_name(name) == ()


@pytest.mark.parametrize(
    ("name", "unfit"),
    [
        ("<b>Åse</b>", ("<", ">", "/")),
        ("Håkon Lien (mor til Ola)", ("(", ")")),
        ("Håkon [vikar] {x}", ("[", "]", "{", "}")),
        ("Håkon （mor）", ("（", "）")),
        ("Håkon Lien, mor til Ola", (",",)),
        ("Håkon 2", ("2",)),
        ("Håkon ٣", ("٣",)),
        ("hakon.lien@x.example", ("@",)),
        ("Håkon\nMor til Ola", ("↵",)),
        ("Håkon\r\nMor", ("↵",)),
        ("Håkon\u2028Mor", ("↵",)),
        ("Håkon \u202eneil", ("U+202E",)),
        ("Håkon 🙂", ("🙂",)),
        ("kari_bakken", ("_",)),
        ("Åse: mor & far = 'x' \"y\"", (":", "&", "=", '"')),
        ("-", ("-",)),
        ("...", (".",)),
    ],
)
def test_what_no_name_holds_is_named_once_and_so_that_it_is_seen(
    name: str, unfit: tuple[str, ...]
) -> None:
    assert unfit_in_name(name) == unfit


def test_nothing_is_left_for_the_field_itself_to_refuse() -> None:
    assert unfit_in_name("") == ()
    assert unfit_in_name(" \t ") == ()
