"""Every reason has its sentence in all written forms, and names nobody it should not."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.language import Language
from scheduler.planning import FindingCode, Reason, ReasonCode, RuleCode, WayCode, say_reason
from scheduler.planning.conflict_words import _FINDINGS, _RULES, _WAYS

BUSY = Reason(
    ReasonCode.WAS_BUSY,
    on=date(2027, 3, 9),
    forum="familieteam",
    forum_name="Familieteamet",
    hidden=True,
)


@pytest.mark.parametrize("code", list(ReasonCode))
@pytest.mark.parametrize("language", list(Language))
def test_every_reason_can_be_said(code: ReasonCode, language: Language) -> None:
    reason = Reason(code, on=date(2027, 3, 9), until=date(2027, 3, 12), name="vinterferie")

    assert len(say_reason(reason, language)) > 3


def test_every_finding_rule_and_way_out_has_words() -> None:
    assert (set(_FINDINGS), set(_RULES), set(_WAYS)) == (
        set(FindingCode),
        set(RuleCode),
        set(WayCode),
    )


def test_a_forum_for_members_alone_is_only_busy_to_others() -> None:
    assert say_reason(BUSY, Language.BOKMAL) == "9. mars er opptatt"
    assert say_reason(BUSY, Language.BOKMAL, visible={"råd"}) == "9. mars er opptatt"


def test_a_member_is_told_which_forum_it_was() -> None:
    assert (
        say_reason(BUSY, Language.NYNORSK, visible={"familieteam"})
        == "9. mars er oppteken av Familieteamet"
    )


def test_the_place_of_a_day_in_its_month_is_said() -> None:
    spread = Reason(ReasonCode.SPREAD, on=date(2027, 3, 9))

    assert [say_reason(spread, language) for language in Language] == [
        "andre tirsdag i mars: jevnt fordelt",
        "andre tysdag i mars: jamt fordelt",
        "second Tuesday of March: evenly spread",
    ]
