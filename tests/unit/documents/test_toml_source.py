"""TOML with the line of every value."""

from __future__ import annotations

from datetime import date, time

import pytest

from scheduler.documents.toml_source import BadLine, TomlSyntaxError, read_toml
from scheduler.domain.planfile.source import SourceList, SourceScalar, SourceTable


def test_every_kind_of_value_keeps_its_line() -> None:
    source = read_toml(
        """# Første linje er en kommentar
title = "Plan for barn, unge og familier"
[choices]
notice_days = 10
open = true
"from" = 2027-03-09
at = 09:30:00
""".encode()
    )
    assert source == SourceTable(
        1,
        {
            "title": SourceScalar("Plan for barn, unge og familier", 2),
            "choices": SourceTable(
                3,
                {
                    "notice_days": SourceScalar(10, 4),
                    "open": SourceScalar(True, 5),
                    "from": SourceScalar(date(2027, 3, 9), 6),
                    "at": SourceScalar(time(9, 30), 7),
                },
            ),
        },
    )


def test_tables_in_lists_and_in_braces_keep_the_line_they_begin_on() -> None:
    source = read_toml(
        b"""[[forum]]
slug = "a"
seats = [
    { position = "x" }, # the first
    { position = "y", function = ["leader", "chair"] },
]
[[forum]]
slug = "b"
[[forum.seats]]
position = "z"
"""
    )
    functions = SourceList((SourceScalar("leader", 5), SourceScalar("chair", 5)), 5)
    assert source.entries["forum"] == SourceList(
        (
            SourceTable(
                1,
                {
                    "slug": SourceScalar("a", 2),
                    "seats": SourceList(
                        (
                            SourceTable(4, {"position": SourceScalar("x", 4)}),
                            SourceTable(
                                5, {"position": SourceScalar("y", 5), "function": functions}
                            ),
                        ),
                        3,
                    ),
                },
            ),
            SourceTable(
                7,
                {
                    "slug": SourceScalar("b", 8),
                    "seats": SourceList((SourceTable(9, {"position": SourceScalar("z", 10)}),), 9),
                },
            ),
        ),
        1,
    )


def test_dotted_keys_and_long_texts_are_read_as_toml_says() -> None:
    source = read_toml(b'plan.title = """\nfirst \\\n  second"""\nplan."odd key" = \'\\d\'\n')
    assert source.entries["plan"] == SourceTable(
        1, {"title": SourceScalar("first second", 1), "odd key": SourceScalar("\\d", 4)}
    )


def test_every_line_that_is_no_toml_is_named() -> None:
    with pytest.raises(TomlSyntaxError) as refused:
        read_toml(b'good = 1\nbad =\nfine = "x"\nworse = = 3\n')
    assert refused.value.lines == (BadLine(2, "bad ="), BadLine(4, "worse = = 3"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = 2\na = 3\n", 3),
        ("[plan]\n[plan]\n", 2),
        ("day = 2027-02-30\n", 1),
        ('a = "never closed\n', 1),
    ],
)
def test_what_the_grammar_lets_through_is_still_refused(text: str, line: int) -> None:
    with pytest.raises(TomlSyntaxError) as refused:
        read_toml(text.encode())
    assert [bad.line for bad in refused.value.lines] == [line]


def test_a_file_in_another_encoding_is_refused_at_the_line_where_it_shows() -> None:
    with pytest.raises(TomlSyntaxError) as refused:
        read_toml('name = "Aurland"\nplace = "Sør-Fron"\n'.encode("latin-1"))
    assert refused.value.lines == (BadLine(2, 'place = "S\N{REPLACEMENT CHARACTER}r-Fron"'),)


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_problem() -> None:
    source = read_toml(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert source == SourceTable(1, {"a": SourceScalar(1, 1), "b": SourceScalar(2, 2)})


@pytest.mark.parametrize("opening", [b"[", b"{a = "])
def test_brackets_inside_brackets_by_the_thousand_are_refused_at_their_line(
    opening: bytes,
) -> None:
    with pytest.raises(TomlSyntaxError) as refused:
        read_toml(b"a = 1\nb = " + opening * 20_000 + b"\n")
    assert refused.value.lines[0].line == 2


def test_a_file_too_large_to_be_a_plan_is_refused() -> None:
    with pytest.raises(TomlSyntaxError) as refused:
        read_toml(b"#" * 2_000_001)
    assert refused.value.lines == (BadLine(1, ""),)
