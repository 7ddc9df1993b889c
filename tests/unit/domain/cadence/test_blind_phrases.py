"""Phrases written and read by someone who had not seen the grammar.

249 phrases in both written forms, made from the domain notes and the plans alone and committed
before the grammar was tried on them. First score: 238 of 249 (95.6 %). Last score: 248 of 249
(99.6 %), after the grammar had learnt what the misses showed (a deadline with its subject, an
event that is only once, references with other words between, a moved space, words that say that
there is no rhythm, months that each have their meetings told from January). From then on the set
is no longer blind: it only keeps what was won. The one miss is read as one meeting each semester,
where the set has two a year; that keeps apart what the words keep apart.

`"kind": null` in the set is a phrase without a rhythm, which the reader calls unknown.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.domain.cadence import read, to_json

BLIND = Path(__file__).parents[3] / "data" / "blind_phrases.json"
LEAST = 0.95
KNOWN_MISSES = ["b201"]


def test_at_least_95_in_a_hundred_phrases_of_others_are_read_as_they_read_them() -> None:
    entries = json.loads(BLIND.read_text(encoding="utf-8"))

    missed = [entry["id"] for entry in entries if not is_read_as_expected(entry)]

    assert len(entries) == 249
    assert 1 - len(missed) / len(entries) >= LEAST
    assert missed == KNOWN_MISSES


def is_read_as_expected(entry: dict[str, Any]) -> bool:
    expected = {**entry["expected"]}
    expected["kind"] = expected["kind"] or "unknown"
    got = to_json(read(entry["phrase"]).cadence)
    return {key: got.get(key) for key in expected} == expected
