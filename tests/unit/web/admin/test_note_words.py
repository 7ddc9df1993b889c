"""Why a mail took a step, in words: for every note that the programs write."""

from __future__ import annotations

import re
from pathlib import Path

from web.admin.note_words import NOTES

ROOT = Path(__file__).parents[4] / "scheduler" / "usecases"
WRITTEN = (
    r'\b(?:detail|because)="([^"]+)"',
    r'Verdict\(\s*OutboxState\.\w+,\s*"([^"]+)"',
    r'OutboxState\.\w+, now, "([^"]+)"',
    r'why_not or "([^"]+)"',
    r'why_not = "([^"]+)"',
)
# Files whose functions answer why a mail is no longer true.
ANSWERS = ("date_rounds/mail_of.py", "invitations/still_to_go.py", "outbox/reason.py")


def test_every_note_that_the_programs_write_is_said_in_words() -> None:
    texts = {path: path.read_text("utf-8") for path in ROOT.rglob("*.py")}
    found = {note for text in texts.values() for each in WRITTEN for note in re.findall(each, text)}
    for name in ANSWERS:
        returned = re.findall(r"^ +return (.+)$", texts[ROOT / name], re.M)
        found |= {note for line in returned for note in re.findall(r'"([a-z]+ [a-z ]+)"', line)}
    known = {"duty changed", "nobody to tell", "meeting over", "server down", "round closed"}
    assert (found & known, found - set(NOTES)) == (known, set())
