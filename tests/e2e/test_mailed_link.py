"""The link in a mail acts on a plain POST from a mail program, and never on a GET."""

from __future__ import annotations

import re
import time
import urllib.request
from pathlib import Path

from tests.e2e.program import Program, fetch
from tests.factories.ports import free_port


def test_a_mail_program_can_press_the_button_and_a_scanner_cannot(tmp_path: Path) -> None:
    port = free_port()
    program = Program(tmp_path)
    with program.serving("demo", "--port", str(port), port=port):
        link = _wait_for_link(f"http://127.0.0.1:{port}")
        assert fetch(link).status == 200
        assert fetch(link).status == 200
        request = urllib.request.Request(link, data=b"List-Unsubscribe=One-Click")  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
        assert fetch(link).status == 410


def _wait_for_link(site: str) -> str:
    """Return the link that marks the late minutes done, once its mail has come."""
    for _ in range(300):
        index = fetch(f"{site}/demo/post/").body.decode()
        found = re.search(r'href="(/demo/post/[^"]+)">Purring', index)
        if found is not None:
            letter = fetch(site + found[1]).body.decode()
            return re.findall(rf"{site}/handling/[\w-]+", letter)[0]
        time.sleep(0.2)
    raise AssertionError("no reminder came")
