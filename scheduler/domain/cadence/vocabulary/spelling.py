"""Finds the known word that a word one slip away from it was meant to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Spelling", "is_slip_of"]

_PLAIN = str.maketrans({"å": "a", "ø": "o", "æ": "a", "ä": "a", "ö": "o", "é": "e", "è": "e"})
_SHORTEST = 5
_LONGEST = 24

# Ordinary words that stand one slip from a word of time without being one.
_ORDINARY_WORDS = """
andra aprils august bandage barene beker beste bidende bokstaver buken byråer daglige dette
duken dårlege dårlig dårlige enkelt enkelte enste farlig farlige fasta faste fasten femte
femti fente fest festen fjerde fjerne fjerner fjert fjordene fjorten fordag forste fravær
fredag fredet første ganske gjerde gjerdet halvert halvår haster hender herlig hest hester
husk hverdagen hvorav høste høyest høyt innhold innspill inntill julia julie juridisk kommer
kost kvarter kvartett kveldene kvinner langen leker lest leste lette lidende luker maksima
mandat mandater mandatet marsj maske meste minste minutt moneter mulig mulige måle målene
målet månen månge måten måtene måter møne neste niende nåde omtalt ondag opptak opptil
partner prest regel regelen rette ridende rost ruker runde rundet sakte samle samlet seker
sekvens semesteret sette siden sider siende sinte siste sjette sjetter somme sommer sondag
særleg særlege særlig særlige takst terminer termisk test teste tiende tilstand tolvte
tredel ukjent varlig veker verken vesentleg vesentlege vesentlig vesentlige vest vidende
vinger vinkel vinkler vinner årene årets årlig årsak ærlig ærlige
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Spelling:
    """An index of words with one letter left out, so that a look-up costs the word's length."""

    forms: Mapping[str, tuple[str, ...]]
    known: Collection[str]

    @classmethod
    def of(cls, words: Iterable[str], *, known: Collection[str]) -> Spelling:
        """Index the words that may be misspelt; `known` words are never corrected."""
        forms: dict[str, tuple[str, ...]] = {}
        for word in words:
            for form in {*_without_one(_plain(word)), _plain(word)}:
                forms[form] = (*forms.get(form, ()), word)
        return cls(forms, known)

    def meant_by(self, word: str) -> list[str]:
        """The nearest known words: one letter wrong, missing, doubled, or two swapped."""
        if not _SHORTEST <= len(word) <= _LONGEST or word in _ORDINARY or word in self.known:
            return []
        plain = _plain(word)
        found: dict[str, int] = {}
        for form in {*_without_one(plain), plain}:
            for candidate in self.forms.get(form, ()):
                slips = _slips(plain, _plain(candidate))
                if slips is not None and (len(word) >= 6 or slips == 0):
                    found[candidate] = slips
        least = min(found.values(), default=0)
        return [
            candidate
            for candidate, slips in found.items()
            if slips == least and _plain(candidate)[0] == plain[0]
        ]


def is_slip_of(word: str, meant: str) -> bool:
    """Tell whether a word is one slip from another; of three letters only two swapped ones."""
    plain, other = _plain(word), _plain(meant)
    if plain[:1] != other[:1] or _slips(plain, other) is None:
        return False
    return len(plain) >= 4 or (len(plain) == len(other) and sorted(plain) == sorted(other))


def _plain(word: str) -> str:
    return word.translate(_PLAIN)


def _without_one(word: str) -> Iterator[str]:
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _slips(first: str, second: str) -> int | None:
    """0 when equal, 1 for one edit or one swap of neighbours, else None."""
    if first == second:
        return 0
    if abs(len(first) - len(second)) > 1:
        return None
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    rest_first, rest_second = first[start:], second[start:]
    one_edit = (
        rest_first[1:] == rest_second[1:]
        or rest_first[1:] == rest_second
        or rest_first == rest_second[1:]
        or (rest_first[:2] == rest_second[1::-1] and rest_first[2:] == rest_second[2:])
    )
    return 1 if one_edit else None
