"""Recognises names of people, which a draft plan file never repeats."""

from __future__ import annotations

import re

__all__ = ["names_a_person"]


def names_a_person(text: str) -> bool:
    """Tell whether a text seems to name a person.

    A common given name before another name, initials before one, or a name after "v/" or a
    comma and a title. What it cannot know is a rare name that stands alone.
    """
    return _PERSON.search(text) is not None or any(
        match.group(1).lower() in _GIVEN_NAMES for match in _TWO_NAMES.finditer(text)
    )


_NAME = r"[A-ZÆØÅÖÄÉ][a-zæøåöäé]+"
_PERSON = re.compile(rf"\bv/\s*{_NAME}\s+{_NAME}|\b(?:[A-ZÆØÅ]\.\s*){{1,2}}{_NAME}")
_TWO_NAMES = re.compile(rf"\b({_NAME})(?:-{_NAME})?(?=\s+(?:[A-ZÆØÅ]\.?\s+)?{_NAME})")
# The most common given names in Norway in the working generations (Statistics Norway's lists),
# and some of the most common in families from elsewhere.
_LIST = """
aase ahmed aina aksel aleksander alexander alf ali amalie amina anders andreas andré ane anette
anita ann anna anne anne-grete annette are arild arne arnt arve asbjørn asgeir aslaug asle
astrid atle audun ayan beate bendik benedicte benjamin bente berit bernt birgit birgitte bjarne
bjørg bjørn bjørnar bodil borghild brit brita britt camilla caroline cathrine cato cecilie
charlotte christian christina christine christoffer dag dagfinn dagny daniel david edvard egil
eileen einar eirik eli elin eline elisabeth elise ella ellen elling else emil emilie emma endre
erik erlend erling espen eva even evy fatima filip finn fredrik frida frode gaute geir georg
gerd gisle gjertrud greta grete grethe gro gunn gunnar gunvor guri guro gustav guttorm halvor
hanna hanne hans harald hassan hedda hege heidi helen helena helene helga helge henning
henriette henrik herman hilde hildegunn hussein håkon håvard ibrahim ida ina inga inge ingebjørg
ingeborg inger ingrid ingunn ingvild iren irene iselin ivar jack jakob jan jana jane janne
jannicke jeanette jens joakim johan johanna johanne john johnny jon jonas jorunn josefine julia
julie jørgen jørn karen kari karin karina karl karoline katarina katrine kenneth kent ketil
khadija kim kine kirsten kirsti kjartan kjell kjellaug kjersti kjetil knut konrad kristian
kristin kristina kristine kristoffer laila lars lasse leif lena lene lillian linda line linn
linnea lisbeth lise liv live lotte lucas ludvik mads magnar magne magnhild magnus maja malene
malin marcus margit margrete margrethe mari maria marianne marie marit marius markus marte
martha martin martine mary maryam mathias mats merete merethe mette mia mikael mohamed mohammad
mohammed mona monica morten nikolai nils nina nora norunn odd oddbjørn oddvar ola olaf olai olav
ole oline oliver omar osman ottar otto ove paal peder per petter philip pia preben pål ragna
ragnar ragnhild rakel randi rebecca rebekka reidar reidun renate rita roar robert roger rolf
ronny ruben runa rune ruth sander sandra sanna sara sebastian selma sigbjørn sigmund signe
sigrid sigrun sigurd sigve silje simen siri sissel siv sofie solfrid solrun solveig sondre
sophie stefan steffen stein steinar stian stig stine sunniva susanne svein sverre sylvi synne
synnøve tage tanja tarjei terese terje thea therese thomas thor thorbjørn tina tiril toini tom
tomas tommy tone tonje tor tora torbjørn tore torfinn torgeir torhild torill torkel torleif
torstein torunn tove trine trond trude truls trygve turid tuva unn unni vegar vegard vera vibeke
victoria vidar vigdis viggo vilde wenche william yngve yusuf zahra åge åse åshild åsmund åsne
åste øivind øystein øyvind
"""
_GIVEN_NAMES = frozenset(_LIST.split())
