"""Recognises the names of standing groups in a plan's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.enums import ForumKind
from scheduler.usecases.read_plan.given_names import names_a_person

__all__ = ["ForumName", "forum_names_in", "heading_name", "row_name"]

_LONGEST = 70
_CELL = 300
_WHOLE = 6
"""A name of at most so many words is kept whole: "Ressursgruppe for barn i risiko"."""


@dataclass(frozen=True, slots=True)
class ForumName:
    """A name as the plan writes it, where it stands, and what makes two mentions the same.

    `is_general` tells that many groups could be called so ("samarbeidsmøte").
    """

    name: str
    start: int
    end: int
    key: str
    kind: ForumKind
    is_general: bool = False


def forum_names_in(text: str) -> Iterator[ForumName]:
    """Return the groups that a sentence names; "teamet" and "møtet" alone name none."""
    for match in _NAME.finditer(text):
        if match.group("plain"):
            yield _plain_team(match)
            continue
        if _is_no_forum(_indefinite(match.group("head").lower())):
            continue
        lead = " ".join((match.group("lead") or "").split())
        level = " ".join((match.group("level") or "").split()).lower()
        head = _BASE_OF_MEETINGS.sub("", match.group("head"))
        base = _indefinite(head.lower())
        name = _capital(" ".join(part for part in (lead, head, level) if part))
        general = base in _GENERAL
        if general and not (lead or level):
            continue
        key = f"{lead.lower()} {base} {level}".strip() if general else base
        yield ForumName(
            name, match.start(), match.end(), key, _kind(base), is_general=general and not level
        )


def _plain_team(match: re.Match[str]) -> ForumName:
    """Return "tverrfaglig team": a common noun that its adjective makes a name."""
    *adjectives, noun = match.group("plain").split()
    base = _indefinite(noun.lower())
    key = " ".join([*(word.lower().rstrip("et") for word in adjectives), base])
    name = _capital(" ".join(match.group("plain").split()))
    return ForumName(name, match.start(), match.end(), key, _kind(base))


def heading_name(text: str) -> ForumName | None:
    """Return the group that a heading names: "Nivå 1: TOG", "4.2 Styringsgruppe"."""
    plain = _capital(_tidy(_NUMBERING.sub("", text)))
    if not plain or names_a_person(plain) or len(plain) > _LONGEST:
        return None
    found = next(forum_names_in(plain), None)
    if found is not None and not found.is_general:
        whole = plain if len(plain.split()) <= _WHOLE else found.name
        return ForumName(whole, 0, len(text), found.key, found.kind)
    if _PLAIN_MEETING.search(plain):
        general = plain.isupper()
        return ForumName(
            plain, 0, len(text), plain.lower(), _kind(plain.lower()), is_general=general
        )
    return None


def row_name(text: str) -> ForumName | None:
    """Return what a row of a table of meetings is about, whatever it is called."""
    plain = _capital(_tidy(_without_repeat(text[:_CELL].split("  ")[0])))
    words = plain.split()
    if not words or not any(each.isalpha() for each in plain) or names_a_person(plain):
        return None
    if len(plain) > _LONGEST:
        plain = " ".join(words[:7])
    found = next(forum_names_in(plain), None)
    if found is not None and not found.is_general:
        begins = found.start == 0 and len(words) > _WHOLE
        return ForumName(found.name if begins else plain, 0, len(plain), found.key, found.kind)
    return ForumName(plain, 0, len(plain), plain.lower(), _kind(plain.lower()))


_GROUPS = (
    "styrings|ressurs|arbeids|koordinerings|leder|leiar|prosjekt|referanse|samordnings|plan"
    "|strategi|oppfølgings|kjerne|samarbeids|samhandlings|beredskaps|drøftings|fag|rådgivnings"
    "|innsats|implementerings|virksomhetsleder|einingsleiar|enhetsleder|nettverks|kontakt"
)
_LEADS = (
    r"(?:[Tt]verrfagleg|[Tt]verrfaglig|[Tt]verretatlig|[Tt]verrsektoriell?|[Ff]elles|[Rr]egional|[Ll]okal"
    r"|[Ii]nterkommunal|[Kk]ommunal|[Ss]entral|[Aa]dministrativ|[Uu]tvid[ae])[a-zæøå]{0,3}"
)
_TEAMS = (
    r"(?:[Tt]verrfagleg|[Tt]verrfaglig|[Tt]verretatlig|[Pp]edagogisk|[Pp]ed\.|[Oo]perativt?|[Pp]sykososial"
    r"|[Uu]tvidet)[a-zæøå]{0,2}\s+(?:(?:tverrfagleg|tverrfaglig|pedagogisk)\w{0,2}\s+)?"
    r"(?i:team(?:et)?|forum(?:et)?|gruppe[n]?|nettverk(?:et)?|møte[rt]?|møta)\b"
)
_NAME = re.compile(
    rf"(?<![\w-])(?:(?P<plain>{_TEAMS})"
    rf"|(?P<lead>{_LEADS}\s+(?:[A-ZÆØÅ]{{2,6}}[\s-]+)?|[A-ZÆØÅ]{{2,6}}[\s-]+"
    rf"|[Kk]ommunedirektørens\s+|[Rr]ådmannens\s+)?"
    rf"(?P<head>(?i:(?:{_GROUPS})grupp(?:en|a|e|er|ene)|[a-zæøå]{{2,30}}-?team(?:et|a|ene)?"
    r"|[a-zæøå]{3,30}møt(?:e|et|er|ene|a)|(?:politi|ungdoms|samarbeids|samordnings|folkehelse|oppvekst)"
    r"råd(?:et|a|ene)?|[a-zæøå]{3,30}(?:forum|forumet|fora)|[a-zæøå]{3,30}(?:konferanse|samling)"
    r"(?:n|r|en|er|ar|a)?|[a-zæøå]{3,30}nettverk(?:et|a|ene)?)))(?![\w])"
    r"(?P<level>\s+(?i:på\s+)?(?i:nivå)\s+\d)?"
)
_ENDINGS = (
    ("gruppen", "gruppe"), ("gruppa", "gruppe"), ("grupper", "gruppe"), ("gruppene", "gruppe"),
    ("teamet", "team"), ("teama", "team"), ("teamene", "team"),
    ("møtet", "møte"), ("møter", "møte"), ("møtene", "møte"), ("møta", "møte"),
    ("rådet", "råd"), ("råda", "råd"), ("rådene", "råd"),
    ("forumet", "forum"), ("fora", "forum"),
    ("konferansen", "konferanse"), ("konferanser", "konferanse"), ("konferansar", "konferanse"),
    ("samlingen", "samling"), ("samlinger", "samling"), ("samlinga", "samling"),
    ("nettverket", "nettverk"), ("nettverka", "nettverk"), ("nettverkene", "nettverk"),
)  # fmt: skip
# "Styringsgruppemøtene" are those of the styringsgruppe.
_BASE_OF_MEETINGS = re.compile(r"(?:(?<=gruppe)|(?<=team))møt(?:e|et|er|ene|a)$", re.IGNORECASE)
_GENERAL = frozenset(
    {
        "samarbeidsmøte", "samarbeidsteam", "kontaktmøte", "dialogmøte", "oppfølgingsmøte",
        "fellesmøte", "statusmøte", "arbeidsgruppe", "samarbeidsforum", "fagnettverk",
        "planleggingsmøte", "nettverksmøte",
    }
)  # fmt: skip
# Meetings with parents or about one family, groups of children, and words that only look alike.
_NO_FORUM = re.compile(
    r"(?:ansvarsgruppe|foreldre|personal|leder|leiar|nettverks|oppstarts|hjemme|drøftings|avklarings"
    r"|inntaks|famili|barselgruppe|kommunestyre|formannskaps|utvalgs|dialog|teams|for|avdelings)møte$"
    r"|(?:familie|kontakt|sosial|venne|foreldre)nettverk$|(?:plattform|system)"
    r"|behandlings?team$|fagsamling$|foreldresamling$|folkesamling$|klassemøte$|^steam$|^fagforum$"
)
_PLAIN_MEETING = re.compile(
    r"(?i:samarbeidsmøte|kontaktmøte|dialogmøte|nettverk for|møte mellom|team\b)|^[A-ZÆØÅ]{2,6}$"
)
_NUMBERING = re.compile(
    r"^(?:(?:vedlegg|kapittel|del|nivå|trinn)\s+[\d.]+\s*[:–-]?\s+|\d{1,2}(?:\.\d{1,2})*[.)]?\s+)",
    re.IGNORECASE,
)


def _indefinite(head: str) -> str:
    for ending, base in _ENDINGS:
        if head.endswith(ending):
            return head.removesuffix(ending) + base
    return head


def _is_no_forum(base: str) -> bool:
    return base not in _GENERAL - {"nettverksmøte"} and _NO_FORUM.search(base) is not None


def _tidy(text: str) -> str:
    plain = " ".join(re.sub(r"\([^)]*\)|[|*#]", " ", text).split())
    if plain.isupper() and " " in plain:
        plain = plain.lower()
    first, *rest = re.split(r"\s[–-]\s|\sv/", plain)
    if rest and " " not in first.strip() and _PLAIN_MEETING.search(first):
        # "Samarbeidsmøte – helsestasjon og skole": the first part alone names none.
        first = f"{first} {rest[0]}"
    return first.strip(" .,:;–-")


def _without_repeat(text: str) -> str:
    """Cut the next cell away where a flattened row begins it with the same word."""
    words = text.split()
    for place in range(2, len(words)):
        if words[place] == words[0] and words[place][0].isupper():
            return " ".join(words[:place])
    return text


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _kind(base: str) -> ForumKind:
    for part, kind in _KINDS:
        if part in base:
            return kind
    return ForumKind.OTHER


_KINDS = (
    ("styringsgruppe", ForumKind.STEERING_GROUP),
    ("ressursgruppe", ForumKind.RESOURCE_GROUP),
    ("ledergruppe", ForumKind.LEADERS),
    ("leiargruppe", ForumKind.LEADERS),
    ("team", ForumKind.TEAM),
    ("kontaktmøte", ForumKind.CONTACT),
    ("nettverk", ForumKind.NETWORK),
    ("konferanse", ForumKind.CONFERENCE),
    ("møte", ForumKind.COOPERATION),
    ("råd", ForumKind.COUNCIL),
)
