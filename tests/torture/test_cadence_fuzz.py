"""Feeds the reader a million made-up phrases and prints what it took; `make torture` runs it.

Each phrase is built from words of the language, slips, numbers, marks and other alphabets. The
reader must answer every one, its JSON must come back equal, and its dates must be in the span.
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass
from datetime import date

from scheduler.domain.cadence import ClosedDayRule, from_json, occurrences, read, to_json

VOCABULARY = """
2 3-4 0 14. 5-3 32. 53 54 2026 0900 9.30 25:99 99999999999 en to tre tolv ganger gang møter
møte hver hvert annenhver andre tredje fjortende siste første i pr per / om uke uka måned
måneden kvartal tertial halvår semester år året dag dager skoleåret mandag tirsdager ons
fredag hverdager helg partallsuker oddetallsuker januar mars okt. desember vår høst jul
påske før etter innen senest minst maks opptil ca kl klokka halv kvart på over fra til
mellom og eller , . ; : - – — ( ) + & ved behov etter behov jevnlig kontinuerlig se årshjul
varierer utgangen av 1. mars 31. februar den 15. hver unntatt juli ikke gagner mnaed tirsag
uek kvar annankvar veke månad gong gonger ein éin innan seinast møtet referat innkalling
dagen møtedag nye ansatte når planen er vedtatt skoleferier daglig ukentlig årlig
"""
WORDS = VOCABULARY.split()
ALPHABETS = [
    "каждую неделю",
    "每两周",
    "كل أسبوع",
    "🎉",
    "a\u0308",
    "\u00ad",
    "\x00",
    "٣ ganger",
    "ﬁ",
]
PHRASES = int(os.environ.get("CADENCE_PHRASES", "1000000"))
CLOSED = {date(2026, 5, 1), date(2026, 12, 25)}


def test_a_million_phrases_are_answered_and_dated() -> None:
    figures = run(PHRASES)
    print(  # noqa: T201 - the figures are what a person runs this for.
        f"{figures.phrases} phrases in {figures.seconds:.0f} s, "
        f"slowest {figures.slowest_ms:.1f} ms, {dict(sorted(figures.kinds.items()))}"
    )
    assert sum(figures.kinds.values()) == PHRASES


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run found."""

    phrases: int
    seconds: float
    slowest_ms: float
    kinds: dict[str, int]


def phrase_of(rng: random.Random) -> str:
    """Make one phrase of up to twelve pieces, now and then with a slip or a strange character."""
    pieces = [rng.choice(WORDS) for _ in range(rng.randint(0, 12))]
    if rng.random() < 0.1:
        pieces.insert(rng.randint(0, len(pieces)), rng.choice(ALPHABETS))
    text = rng.choice((" ", " ", " ", "", "\n")).join(pieces)
    if text and rng.random() < 0.3:
        at = rng.randrange(len(text))
        text = (
            text[:at] + rng.choice(("", chr(rng.randint(1, 0x2FFF)), text[at] * 2)) + text[at + 1 :]
        )
    return text


def run(count: int, seed: int = 1) -> Figures:
    """Read `count` phrases; raises on the first that breaks a promise, with the phrase in it."""
    rng = random.Random(seed)  # noqa: S311 - repeatable test data, not a secret.
    kinds: dict[str, int] = {}
    slowest = 0.0
    started = time.perf_counter()
    for number in range(count):
        text = phrase_of(rng)
        before = time.perf_counter()
        try:
            cadence = read(text).cadence
            if from_json(to_json(cadence)) != cadence:
                raise AssertionError("the JSON does not come back equal")
            if number % 10 == 0:
                check_dates(text)
        except Exception as error:
            raise AssertionError(f"{text!r}: {error!r}") from error
        slowest = max(slowest, (time.perf_counter() - before) * 1000)
        kinds[cadence.kind] = kinds.get(cadence.kind, 0) + 1
    return Figures(count, time.perf_counter() - started, slowest, kinds)


def check_dates(text: str) -> None:
    """Date a phrase in a year with 53 weeks; every day must be in the year and open."""
    for anchor_on in (None, date(2025, 12, 29)):
        found = occurrences(
            read(text).cadence,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            anchor_on=anchor_on,
            is_closed=CLOSED.__contains__,
            on_closed=ClosedDayRule.EARLIER,
        )
        days = [planned.date for planned in found.dates]
        edges = [day for window in found.windows for day in (window.starts_on, window.ends_on)]
        if any(day.year != 2026 for day in (*days, *edges)) or days != sorted(set(days)):
            raise AssertionError(f"dates outside the year or out of order: {days} {edges}")
        if any(window.starts_on > window.ends_on for window in found.windows):
            raise AssertionError("a window ends before it starts")
