"""What is taken for an e-mail address."""

from __future__ import annotations

import pytest

from scheduler.domain.email_address import is_email


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("kari.ås@fjordvik.example", True),
        ("kari+møter@post.fjordvik.example", True),
        ("kari", False),
        ("kari@fjordvik", False),
        ("@fjordvik.example", False),
        ("kari@ola@fjordvik.example", False),
        ("kari ås@fjordvik.example", False),
        ("Kari <kari@fjordvik.example>", False),
        ("kari@fjordvik.example, ola@fjordvik.example", False),
        ("", False),
    ],
)
def test_an_address_is_one_name_at_one_domain(text: str, *, is_one: bool) -> None:
    assert is_email(text) is is_one
