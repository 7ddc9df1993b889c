"""What a plan says of itself: whose it is, what it is called, and its written form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.language import Language
from scheduler.usecases.read_plan.kept_words import kept
from scheduler.usecases.read_plan.passages import Passage

__all__ = ["PlanFacts", "plan_facts"]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Guesses; what the text does not show is None."""

    municipality: str | None
    title: str | None
    language: Language


def plan_facts(passages: Sequence[Passage]) -> PlanFacts:
    """Look for the municipality's name, the title on the first page and the written form."""
    text = "\n".join(passage.text for passage in passages)
    return PlanFacts(_municipality(text), _title(passages), _language(text))


_MUNICIPALITY = re.compile(
    r"\b([A-ZÆØÅÁŠČŊ][\wæøåáščŋ]{1,30}(?:[ -][A-ZÆØÅÁŠČŊ][\wæøåáščŋ]{1,30}){0,2})\s+"
    r"(?:[Kk]ommune|KOMMUNE|[Hh]erad|[Ss]uohkan)\b"
)
_NOT_A_NAME = frozenset(
    {
        "for", "fra", "frå", "hos", "ved", "til", "denne", "hver", "kvar", "en", "ein", "vår",
        "din", "alle", "av", "den", "det", "hvilken", "som", "når", "og", "norsk", "norske",
        "mange", "flere", "fleire",
    }
)  # fmt: skip
_FIRST_PAGES = 40
_TITLE = re.compile(r"^(?:[\w-]+\s+){0,2}[a-zæøå]*plan(?:en)?\b", re.IGNORECASE)
_OTHER_PLAN = re.compile(
    r"kommuneplan|økonomiplan|individuell plan|^innhold|\b(?:skal|er|har|om|av) ", re.IGNORECASE
)
_NYNORSK = re.compile(r"\b(?:ikkje|eit|ein|kvar|kvart|frå|skal vere|barneverntenesta|tenester)\b")
_BOKMAL = re.compile(r"\b(?:ikke|et|en|hver|hvert|fra|skal være|barneverntjenesten|tjenester)\b")


def _municipality(text: str) -> str | None:
    count: Counter[str] = Counter()
    for match in _MUNICIPALITY.finditer(text):
        words = match.group(1).split()
        while words and words[0].lower() in _NOT_A_NAME:
            words.pop(0)
        name = " ".join(words)
        if name.isupper():
            name = name.title()
        if name and (safe := kept(name, longest=40)):
            count[safe] += 1
    return count.most_common(1)[0][0] if count else None


def _title(passages: Sequence[Passage]) -> str | None:
    for passage in passages[:_FIRST_PAGES]:
        words = passage.text.split()
        if not 1 < len(words) <= 16 or passage.text.rstrip().endswith((".", ",", ":")):
            continue
        if _TITLE.search(passage.text) and not _OTHER_PLAN.search(passage.text):
            plain = kept(passage.text)
            if plain is not None:
                return plain.capitalize() if plain.isupper() else plain
    return None


def _language(text: str) -> Language:
    nynorsk, bokmal = len(_NYNORSK.findall(text)), len(_BOKMAL.findall(text))
    return Language.NYNORSK if nynorsk > bokmal else Language.BOKMAL
