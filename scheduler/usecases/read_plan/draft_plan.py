"""What a plan's text gives for a draft plan file, before it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.cadence import CadenceKind, to_json
from scheduler.domain.planfile.refused_text import is_about_one_child
from scheduler.usecases.read_plan.duty_guess import DutyGuess, guess_duties
from scheduler.usecases.read_plan.forum_names import ForumName
from scheduler.usecases.read_plan.forum_section import (
    NamedPassages,
    named_passages,
    section_of,
)
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm
from scheduler.usecases.read_plan.kept_words import kept
from scheduler.usecases.read_plan.level_guess import LevelGuess, guess_level
from scheduler.usecases.read_plan.passages import Passage
from scheduler.usecases.read_plan.plan_facts import PlanFacts, plan_facts
from scheduler.usecases.read_plan.seat_guess import SeatGuess, guess_seats

__all__ = ["DraftForum", "DraftPlan", "draft_plan", "is_elected"]

_MENTIONS = 3
_MOST_FORUMS = 60
_RHYTHMS = frozenset({CadenceKind.RECURRENCE, CadenceKind.PATTERN})


@dataclass(frozen=True, slots=True)
class DraftForum:
    """A forum with everything the text seems to say of it.

    `rhythm` is the one chosen among `rhythms`; None where the plan gives none. `lines` are where
    the forum is spoken of, as spans.
    """

    name: ForumName
    rhythm: FoundRhythm | None
    rhythms: tuple[FoundRhythm, ...]
    level: LevelGuess
    seats: tuple[SeatGuess, ...]
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A draft: its forums, its duties, the meetings about one child, and what has no place."""

    facts: PlanFacts
    forums: tuple[DraftForum, ...]
    duties: tuple[DutyGuess, ...]
    about_one_child: tuple[tuple[str, int], ...]
    unplaced: tuple[FoundRhythm, ...]


def draft_plan(passages: Sequence[Passage], found: Sequence[FoundRhythm]) -> DraftPlan:
    """Collect forums, seats, levels and duties from a plan's passages and its rhythms."""
    duties = guess_duties(found)
    of_duties = {id(duty.rhythm) for duty in duties}
    free = [rhythm for rhythm in found if id(rhythm) not in of_duties]
    named = named_passages(passages)
    names = _names(named, free)
    forums = tuple(
        forum
        for forum, has_parents in (_forum(name, named, free) for name in names[:_MOST_FORUMS])
        if not has_parents
    )
    placed = of_duties | {id(each) for forum in forums for each in forum.rhythms}
    return DraftPlan(
        facts=plan_facts(passages),
        forums=forums,
        duties=duties,
        about_one_child=_about_one_child(passages),
        unplaced=tuple(rhythm for rhythm in found if id(rhythm) not in placed),
    )


def _names(named: NamedPassages, found: Sequence[FoundRhythm]) -> list[ForumName]:
    """Return the forums in the order they first meet the reader, each by its best name."""
    mentioned: Counter[str] = Counter()
    names: dict[str, ForumName] = {}
    titled: set[str] = set()
    wanted: set[str] = set()
    of_rhythms = {rhythm.passage for rhythm in found}
    for number, (heading, in_text) in enumerate(zip(named.headings, named.names, strict=True)):
        here = [*([heading] if heading else []), *in_text]
        mentioned.update({name.key for name in here})
        for name in here:
            names[name.key] = _shorter(names.get(name.key), name)
        # A cell of a table may look like a heading, but then its rhythm stands in it.
        if heading and not heading.is_general and number not in of_rhythms:
            titled.add(heading.key)
    for rhythm in found:
        if rhythm.forum is not None and rhythm.is_of_meetings and rhythm.cadence.kind in _RHYTHMS:
            names[rhythm.forum.key] = _shorter(names.get(rhythm.forum.key), rhythm.forum)
            wanted.add(rhythm.forum.key)
    return [
        name
        for key, name in names.items()
        if (key in wanted or key in titled or mentioned[key] >= _MENTIONS)
        # "Samarbeidsmøtet på nivå 1" is what another forum's heading says.
        and (key in wanted or not (name.is_general or "nivå" in key))
        and kept(name.name)
        and not (is_about_one_child(name.name) or _OF_ONE_CHILD.search(name.name))
    ]


_PARENTS = re.compile(
    r"^(?:hvem|kven|deltakere|deltakarar|deltar|deltek|medlemmer|medlemer)\s*:[^.]*"
    r"\b(?:foreldre|foresatte|føresette)\b(?!utval|råd)",
    re.IGNORECASE,
)
_OF_ONE_CHILD = re.compile(r"enkeltbarn|enkeltelev|enkeltsak|einskildsak|individ", re.IGNORECASE)


def _shorter(earlier: ForumName | None, name: ForumName) -> ForumName:
    """Prefer "Ressursgruppe" to "Ressursgruppen for tverrfaglig samarbeid"."""
    return name if earlier is None or len(name.name) < len(earlier.name) else earlier


def _forum(
    name: ForumName, named: NamedPassages, found: Sequence[FoundRhythm]
) -> tuple[DraftForum, bool]:
    """Return the forum, and whether parents sit in it: then it is about one child."""
    rhythms = tuple(
        rhythm
        for rhythm in found
        if rhythm.forum is not None
        and rhythm.forum.key == name.key
        and rhythm.is_of_meetings
        and rhythm.cadence.kind in _RHYTHMS
    )
    runs = section_of(name.key, named, [rhythm.passage for rhythm in rhythms])
    section = [passage for run in runs for passage in run]
    forum = DraftForum(
        name=name,
        rhythm=max(rhythms, key=_fullness, default=None),
        rhythms=rhythms,
        level=guess_level(section),
        seats=() if is_elected(name) else guess_seats(section),
        lines=tuple((run[0].lines[0].number, run[-1].lines[-1].number) for run in runs)
        or _first_mention(name.key, named),
    )
    return forum, any(_PARENTS.search(passage.text) for passage in section)


_TASK = re.compile(r"evaluer|oppfølg|følges opp|rapport|gjøres|gjerast", re.IGNORECASE)


def _fullness(rhythm: FoundRhythm) -> tuple[bool, int]:
    """Prefer the rhythm of the meetings to that of a task in them, then what says the most."""
    return not _TASK.search(rhythm.sentence), len(to_json(rhythm.cadence))


def is_elected(name: ForumName) -> bool:
    """Tell whether members may be minors, and are never registered (privacy rule 7)."""
    return name.key.startswith(("ungdomsråd", "elevråd", "barn og unges"))


def _first_mention(key: str, named: NamedPassages) -> tuple[tuple[int, int], ...]:
    for passage, names in zip(named.passages, named.names, strict=True):
        for name in names:
            if name.key == key:
                line = passage.line_at(name.start).number
                return ((line, line),)
    return ()


_ONE_CHILD = {
    "ansvarsgruppe": "Ansvarsgruppe",
    "familieråd": "Familieråd",
    "nettverksråd": "Nettverksråd",
    "drøftingsmøte": "Drøftingsmøte",
    "drøftingsmøter": "Drøftingsmøte",
}


def _about_one_child(passages: Sequence[Passage]) -> tuple[tuple[str, int], ...]:
    """Return the meetings about one child that the plan names, with the first line of each."""
    found: dict[str, int] = {}
    for passage in passages:
        text = passage.text.lower()
        for words, name in _ONE_CHILD.items():
            at = text.find(words)
            if at >= 0:
                found.setdefault(name, passage.line_at(at).number)
    return tuple(found.items())
