"""If-None-Match, as clients and proxies write it."""

from __future__ import annotations

import pytest

from calendars import already_has

TAG = '"0a1b"'


@pytest.mark.parametrize(
    "header",
    [
        '"0a1b"',
        'W/"0a1b"',
        ' "0a1b" ',
        '"x", "0a1b"',
        '"x","0a1b","y"',
        'W/"x" , W/"0a1b"',
        '"with,comma", "0a1b"',
        ', , "0a1b" , ,',
        "*",
        " * ",
    ],
)
def test_a_client_that_names_the_tag_has_it_already(header: str) -> None:
    assert already_has(header, TAG)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        " ",
        ",",
        '"x"',
        "0a1b",
        "'0a1b'",
        'w/"0a1b"',
        'W / "0a1b"',
        '"0a1b',
        '0a1b"',
        '"0a1b-gzip"',
        '"0A1B"',
        '"x" "0a1b"',
        '"0a1b", garbage',
        'garbage, "0a1b"',
        '*, "0a1b"',
        '"0a1b", *',
        ", *",
        '"0a1b\n"',
        '"0a1b"; q=1',
        '"a blank is not allowed", "0a1b"',
    ],
)
def test_anything_else_gets_the_whole_answer(header: str | None) -> None:
    assert not already_has(header, TAG)


def test_the_tag_of_a_header_inside_another_is_not_taken_for_it() -> None:
    assert not already_has('"a,"0a1b","', TAG)


@pytest.mark.parametrize("header", ['"' * 60_000, ", " * 30_000, '"a",' * 15_000, "W/" * 30_000])
def test_a_long_header_of_nothing_names_no_tag(header: str) -> None:
    assert not already_has(header, TAG)
