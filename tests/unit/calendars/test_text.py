"""What is left of a text, an address and a name."""

from __future__ import annotations

import pytest

from calendars.text import ExactText, mail_address, many_lines, one_line, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Møte, nr. 2; del \\ A", "Møte, nr. 2; del \\ A"),
        (" a\t b  c ", "a b c"),
        ("a\r\nb\rc\nd\u2028e\x0bf\x85g", "a b c d e f g"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\ud800b\ufeffc\ufffed\U0001fffee", "abcde"),
        ("👩‍👩‍👧 \u202eabc\u202c 🇳🇴", "👩‍👩‍👧 \u202eabc\u202c 🇳🇴"),
        ("12345678901", "123456789…"),
        ("12345678 01", "12345678…"),
        ("1234567890", "1234567890"),
    ],
)
def test_a_title_stays_on_one_line(text: str, expected: str) -> None:
    assert one_line(text, 10 if text.startswith("123") else 100) == expected


def test_a_note_keeps_its_lines() -> None:
    assert many_lines("\r\na\r\nb\rc\x85d\u2029e\n\n f\tg\x00 \n", 100) == "a\nb\nc\nd\ne\n\n f g"
    assert many_lines("abc\n\ndef", 6) == "abc…"


@pytest.mark.parametrize("value", ["a\\Nb", "a\\nb", "a\nb", "a,b;c\\", "\\\\N", ""])
def test_a_text_comes_back_as_it_was(value: str) -> None:
    written = ExactText(value).to_ical().decode()

    assert "\n" not in written
    assert _unescaped(written) == value


def _unescaped(text: str) -> str:
    """Undo the escapes of RFC 5545 one by one, from the left."""
    letters = iter(text)
    return "".join(_letter(next(letters)) if letter == "\\" else letter for letter in letters)


def _letter(escaped: str) -> str:
    return {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}[escaped]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.example/a?b=1,2;3#c", "https://x.example/a?b=1,2;3#c"),
        ("http://x.example/møte%20å", "http://x.example/m%C3%B8te%20%C3%A5"),
        ("https://x.example/" + "a" * 1982, "https://x.example/" + "a" * 1982),
        ("https://x.example/" + "a" * 1983, None),
        ('https://x.example/"<a>', "https://x.example/%22%3Ca%3E"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///a", None),
        ("https://[", None),
        ("x.example/a", None),
        ("https://x.example/a b", None),
        ("https://x.example/\r\nUID:1", None),
        ("https://x.example/\u2028a", None),
        ("https://x.example/\ud800", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_whole_or_left_out(text: str | None, expected: str | None) -> None:
    assert web_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kari.å+b@x.example", "kari.%C3%A5+b@x.example"),
        ("kari@x.example", "kari@x.example"),
        ("kari", None),
        ("kari@x@y", None),
        ("kari@x.example\r\nATTENDEE:a", None),
        ("kari @x.example", None),
        ("<kari@x.example>", None),
        ("a,b@x.example", None),
        ("a" * 250 + "@x.no", None),
        ("kari@x.example\ud800", None),
        ("", None),
    ],
)
def test_a_mail_address_is_one_address_or_none(text: str, expected: str | None) -> None:
    assert mail_address(text) == expected
