"""What stands in the way of a year, and the ways out, in the three written forms."""

from __future__ import annotations

from collections.abc import Collection

from scheduler.domain.cadence.kinds import Weekday
from scheduler.domain.language import Language, say_list, say_short_day
from scheduler.planning.checks import Finding, FindingCode
from scheduler.planning.loosening import Rule, RuleCode, Way, WayCode

__all__ = ["say_finding", "say_rule", "say_way"]

Three = tuple[str, str, str]

_FINDINGS: dict[FindingCode, Three] = {
    FindingCode.PERIOD_BACKWARDS: (
        "Perioden slutter før den begynner. Rett datoene.",
        "Perioden sluttar før han byrjar. Rett datoane.",
        "The period ends before it begins. Correct the dates.",
    ),
    FindingCode.PERIOD_TOO_LONG: (
        "Perioden er lengre enn et år. Planlegg ett år om gangen.",
        "Perioden er lengre enn eit år. Planlegg eitt år om gongen.",
        "The period is longer than a year. Plan one year at a time.",
    ),
    FindingCode.PERIOD_OVER: (
        "Perioden er over. Velg en periode som ikke er ferdig.",
        "Perioden er over. Vel ein periode som ikkje er ferdig.",
        "The period is over. Choose one that has not ended.",
    ),
    FindingCode.ALL_CLOSED: (
        "{forum} har ingen åpen dag: alle dagene forumet kan møtes, er møtefrie. "
        "Gjør en møtefri periode kortere, eller la forumet møtes i den.",
        "{forum} har ingen open dag: alle dagane forumet kan møtast, er møtefrie. "
        "Gjer ein møtefri periode kortare, eller la forumet møtast i han.",
        "{forum} has no open day: every day it could meet is closed. "
        "Shorten a closed period, or let the forum meet in it.",
    ),
    FindingCode.TOO_MANY: (
        "{forum} skal ha {count} møter, men det er bare {room} åpne dager. Velg færre møter.",
        "{forum} skal ha {count} møte, men det er berre {room} opne dagar. Vel færre møte.",
        "{forum} is to meet {count} times, but there are only {room} open days. "
        "Choose fewer meetings.",
    ),
    FindingCode.TOO_FAR_APART: (
        "{forum} skal ha {count} møter, men med avstanden som er satt, er det plass til {room}. "
        "Velg kortere avstand eller færre møter.",
        "{forum} skal ha {count} møte, men med avstanden som er sett, er det plass til {room}. "
        "Vel kortare avstand eller færre møte.",
        "{forum} is to meet {count} times, but so far apart only {room} fit. "
        "Choose a shorter distance or fewer meetings.",
    ),
    FindingCode.GAPS_CROSS: (
        "{forum} skal ha minst {count} og høyst {room} dager mellom møtene. Rett ett av tallene.",
        "{forum} skal ha minst {count} og høgst {room} dagar mellom møta. Rett eitt av tala.",
        "{forum} is to have at least {count} and at most {room} days between meetings. "
        "Correct one of the numbers.",
    ),
    FindingCode.LONGER_THAN_DAY: (
        "Møtene i {forum} varer lenger enn kjernetiden. "
        "Gjør møtet kortere, eller velg et klokkeslett selv.",
        "Møta i {forum} varer lenger enn kjernetida. "
        "Gjer møtet kortare, eller vel eit klokkeslett sjølv.",
        "The meetings of {forum} last longer than core time. "
        "Make them shorter, or choose a time yourself.",
    ),
    FindingCode.LINK_CIRCLE: (
        "{forums} venter på hverandre i ring. Ta bort en av koblingene.",
        "{forums} ventar på kvarandre i ring. Ta bort ei av koplingane.",
        "{forums} wait for each other in a circle. Remove one of the links.",
    ),
    FindingCode.LINK_WITHOUT_SOURCE: (
        "{forum} skal komme etter {other}, som ikke har noen datoer. "
        "Velg en rytme for {other}, eller ta bort koblingen.",
        "{forum} skal kome etter {other}, som ikkje har nokon datoar. "
        "Vel ein rytme for {other}, eller ta bort koplinga.",
        "{forum} is to follow {other}, which has no dates. "
        "Choose a rhythm for {other}, or remove the link.",
    ),
}

_RULES: dict[RuleCode, Three] = {
    RuleCode.COUNT: (
        "{forum} skal møtes så ofte som planen sier",
        "{forum} skal møtast så ofte som planen seier",
        "{forum} is to meet as often as the plan says",
    ),
    RuleCode.WEEKDAY: (
        "{forum} møtes bare på {weekday}",
        "{forum} møtest berre på {weekday}",
        "{forum} only meets on {weekday}",
    ),
    RuleCode.TIME: (
        "{forum} har fast klokkeslett",
        "{forum} har fast klokkeslett",
        "{forum} has a fixed time",
    ),
    RuleCode.CLOSED: (
        "{forum} møtes ikke når det er {other}",
        "{forum} møtest ikkje når det er {other}",
        "{forum} does not meet in {other}",
    ),
    RuleCode.EXCLUSION: (
        "{forum} har datoer som er utelukket",
        "{forum} har datoar som er utelukka",
        "{forum} has excluded dates",
    ),
    RuleCode.LEAST_GAP: (
        "{forum} har minst {value} dager mellom møtene",
        "{forum} har minst {value} dagar mellom møta",
        "{forum} has at least {value} days between meetings",
    ),
    RuleCode.MOST_GAP: (
        "{forum} har høyst {value} dager mellom møtene",
        "{forum} har høgst {value} dagar mellom møta",
        "{forum} has at most {value} days between meetings",
    ),
    RuleCode.LINK: (
        "{forum} kommer minst {value} dager etter {other}",
        "{forum} kjem minst {value} dagar etter {other}",
        "{forum} comes at least {value} days after {other}",
    ),
    RuleCode.DEADLINE: (
        "{forum} skal møtes i de siste {value} dagene før saken leveres til {other} {day}",
        "{forum} skal møtast i dei siste {value} dagane før saka blir levert til {other} {day}",
        "{forum} is to meet in the last {value} days before the case is delivered to {other}"
        " on {day}",
    ),
    RuleCode.PERSON: (
        "{person} skal være med i {forum} og i andre møter",
        "{person} skal vere med i {forum} og i andre møte",
        "{person} attends {forum} and other meetings",
    ),
    RuleCode.PLACE: (
        "{forum} bruker {other}, som andre også bruker",
        "{forum} bruker {other}, som andre òg bruker",
        "{forum} uses {other}, which others use too",
    ),
    RuleCode.FIXED: (
        "{person} er opptatt i møter som ikke kan flyttes",
        "{person} er oppteken i møte som ikkje kan flyttast",
        "{person} is busy in meetings that cannot be moved",
    ),
}

_WAYS: dict[WayCode, Three] = {
    WayCode.FEWER_MEETINGS: (
        "la {forum} møtes {value} ganger",
        "la {forum} møtast {value} gonger",
        "let {forum} meet {value} times",
    ),
    WayCode.OTHER_WEEKDAY: (
        "la {forum} møtes på {new_weekday}",
        "la {forum} møtast på {new_weekday}",
        "let {forum} meet on {new_weekday}",
    ),
    WayCode.FREE_TIME: (
        "la {forum} møtes på et annet klokkeslett",
        "la {forum} møtast på eit anna klokkeslett",
        "let {forum} meet at another time",
    ),
    WayCode.MEET_IN_CLOSED: (
        "la {forum} møtes også når det er {other}",
        "la {forum} møtast òg når det er {other}",
        "let {forum} meet in {other} too",
    ),
    WayCode.DROP_EXCLUSION: (
        "bruk datoene som er utelukket for {forum}",
        "bruk datoane som er utelukka for {forum}",
        "use the dates excluded for {forum}",
    ),
    WayCode.SHORTER_GAP: (
        "la det gå {value} dager mellom møtene i {forum}",
        "la det gå {value} dagar mellom møta i {forum}",
        "let {value} days pass between meetings of {forum}",
    ),
    WayCode.LONGER_GAP: (
        "la det gå opptil {value} dager mellom møtene i {forum}",
        "la det gå opptil {value} dagar mellom møta i {forum}",
        "let up to {value} days pass between meetings of {forum}",
    ),
    WayCode.FEWER_DAYS: (
        "la {forum} komme {value} dager etter {other}",
        "la {forum} kome {value} dagar etter {other}",
        "let {forum} come {value} days after {other}",
    ),
    WayCode.DROP_LINK: (
        "la {forum} møtes uten å vente på {other}",
        "la {forum} møtast utan å vente på {other}",
        "let {forum} meet without waiting for {other}",
    ),
    WayCode.MORE_DAYS: (
        "la {forum} behandle saken opptil {value} dager før den leveres {day}",
        "la {forum} behandle saka opptil {value} dagar før ho blir levert {day}",
        "let {forum} treat the case up to {value} days before it is delivered on {day}",
    ),
    WayCode.DROP_DEADLINE: (
        "la {forum} møtes uten hensyn til at saken leveres {day}",
        "la {forum} møtast utan omsyn til at saka blir levert {day}",
        "let {forum} meet regardless of the case delivered on {day}",
    ),
    WayCode.ON_CALL: (
        "la {person} være med i {forum} bare ved behov",
        "la {person} vere med i {forum} berre ved behov",
        "let {person} attend {forum} only when needed",
    ),
    WayCode.OTHER_PLACE: (
        "finn et annet sted til {forum}",
        "finn ein annan stad til {forum}",
        "find another place for {forum}",
    ),
    WayCode.MOVE_FIXED: (
        "flytt møtene som opptar {person}",
        "flytt møta som opptek {person}",
        "move the meetings that keep {person} busy",
    ),
    WayCode.LEAVE_OUT: (
        "la {forum} være uten møter i perioden",
        "la {forum} vere utan møte i perioden",
        "let {forum} have no meetings in the period",
    ),
}

_PLURAL_DAYS: dict[Weekday, Three] = {
    Weekday.MON: ("mandager", "måndagar", "Mondays"),
    Weekday.TUE: ("tirsdager", "tysdagar", "Tuesdays"),
    Weekday.WED: ("onsdager", "onsdagar", "Wednesdays"),
    Weekday.THU: ("torsdager", "torsdagar", "Thursdays"),
    Weekday.FRI: ("fredager", "fredagar", "Fridays"),
    Weekday.SAT: ("lørdager", "laurdagar", "Saturdays"),
    Weekday.SUN: ("søndager", "sundagar", "Sundays"),
}


def say_finding(finding: Finding, language: Language) -> str:
    """Say what is wrong and how to mend it."""
    return _FINDINGS[finding.code][_at(language)].format(
        forum=finding.forums[0] if finding.forums else "",
        other=finding.forums[-1] if finding.forums else "",
        forums=say_list(finding.forums, language),
        count=finding.count,
        room=finding.room,
    )


def say_rule(rule: Rule, language: Language, *, visible: Collection[str] | None = None) -> str:
    """Say one of the rules that contradict each other.

    A forum for members alone is named only when its slug is in `visible`.
    """
    return _RULES[rule.code][_at(language)].format(**_values(rule, language, visible))


def say_way(way: Way, language: Language, *, visible: Collection[str] | None = None) -> str:
    """Say one way out, as something to do."""
    values = _values(way.rule, language, visible)
    if way.weekday is not None:
        values["new_weekday"] = _PLURAL_DAYS[way.weekday][_at(language)]
    values["value"] = str(way.value)
    return _WAYS[way.code][_at(language)].format(**values)


def _at(language: Language) -> int:
    return list(Language).index(language)


def _values(rule: Rule, language: Language, visible: Collection[str] | None) -> dict[str, str]:
    unseen = ("et annet forum", "eit anna forum", "another forum")[_at(language)]
    named = rule.key[0] in visible if visible is not None else not rule.hidden
    other_named = True
    if rule.other_slug is not None:
        other_named = rule.other_slug in visible if visible is not None else not rule.other_hidden
    weekday = _PLURAL_DAYS[rule.weekday][_at(language)] if rule.weekday is not None else ""
    return {
        "forum": rule.forum if named else unseen,
        "other": rule.other if other_named else unseen,
        "person": rule.other or rule.person,
        "weekday": weekday,
        "value": str(rule.value),
        "day": say_short_day(rule.deadline.due_on, language) if rule.deadline is not None else "",
    }
