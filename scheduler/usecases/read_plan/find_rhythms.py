"""Finds the sentences of a plan that say how often."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from scheduler.domain.cadence import Reading, read_all
from scheduler.usecases.read_plan.forum_guess import ForumGuesser
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm
from scheduler.usecases.read_plan.passages import Passage
from scheduler.usecases.read_plan.relevance import is_rhythm

__all__ = ["find_rhythms"]

_AT_A_TIME = 200
_LONGEST_SENTENCE = 600
_BETWEEN = "\n\n"


def find_rhythms(
    passages: Sequence[Passage], on_progress: Callable[[int, int], None]
) -> tuple[FoundRhythm, ...]:
    """Return every rhythm in the order of the document.

    `on_progress` is told how many of how many passages are read. Never raises, whatever the text.
    """
    guesser = ForumGuesser(passages)
    found: list[FoundRhythm] = []
    for first in range(0, len(passages), _AT_A_TIME):
        batch = passages[first : first + _AT_A_TIME]
        for place, start, reading in _readings(batch):
            rhythm = _found(batch[place], first + place, start, reading, guesser)
            if rhythm is not None:
                found.append(rhythm)
        on_progress(first + len(batch), len(passages))
    return tuple(found)


def _readings(passages: Sequence[Passage]) -> Iterator[tuple[int, int, Reading]]:
    """Read passages together; yield which of them, the place in its text, and the reading."""
    starts: list[int] = []
    length = 0
    for passage in passages:
        starts.append(length)
        length += len(passage.text) + len(_BETWEEN)
    for reading in read_all(_BETWEEN.join(passage.text for passage in passages)):
        if reading.span is not None:
            place = bisect_right(starts, reading.span[0]) - 1
            yield place, reading.span[0] - starts[place], reading


def _found(
    passage: Passage, number: int, start: int, reading: Reading, guesser: ForumGuesser
) -> FoundRhythm | None:
    end = min(start + len(reading.words), len(passage.text))
    first, last = passage.sentence_at(start, end)
    before, after = passage.text[first:start], passage.text[end:last]
    if not is_rhythm(reading.cadence, phrase=passage.text[start:end], before=before, after=after):
        return None
    return FoundRhythm(
        first_line=passage.line_at(start).number,
        last_line=passage.line_at(end - 1).number,
        page=passage.line_at(start).page,
        sentence=_short(before, passage.text[start:end], after),
        phrase=_plain(passage.text[start:end]),
        cadence=reading.cadence,
        ambiguity=reading.ambiguity,
        forum=guesser.guess(
            number, sentence=(first, last), phrase=start, kind=reading.cadence.kind
        ),
        passage=number,
        is_of_meetings=guesser.is_of_meetings(number, (first, last)),
    )


def _short(before: str, phrase: str, after: str) -> str:
    """Return the sentence on one line; of a very long one, what stands around the words."""
    whole = _plain(before + phrase + after)
    if len(whole) <= _LONGEST_SENTENCE:
        return whole
    room = max(0, (_LONGEST_SENTENCE - len(phrase)) // 2)
    head = before if len(before) <= room else "…" + before[len(before) - room :]
    tail = after if len(after) <= room else after[:room] + "…"
    return _plain(head + phrase + tail)


def _plain(text: str) -> str:
    return " ".join(text.replace("|", " ").split())
