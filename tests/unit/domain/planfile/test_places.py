"""Where a plan file's problems are: at the key that they are about, whatever hides in it."""

from __future__ import annotations

import pytest

from scheduler.domain.planfile import Problem, ProblemCode
from tests.unit.domain.planfile.plan_text import TWO_FORUMS, problems, read


def test_what_is_not_there_is_reported_at_its_key_with_each_that_is_there_once() -> None:
    found = problems(
        TWO_FORUMS
        + """[[link]]
kind = "after"
to = "b"
from = "teamet"
[[forum]]
slug = "a"
name = "Enda en"
level = "system"
rhythm = "2 ganger i året"
[[duty]]
slug = "melde"
name = "Melde"
kind = "council_report"
position = "ordfører"
"""
    )
    assert [(each.code, each.line, each.key, each.wanted) for each in found] == [
        (ProblemCode.UNKNOWN_REFERENCE, 25, "link.from", "a, b"),
        (ProblemCode.DUPLICATE, 26, "forum.a", "12"),
        (ProblemCode.UNKNOWN_REFERENCE, 35, "duty.melde.position", "leder, sekretaer"),
    ]


@pytest.mark.parametrize(
    ("written", "unseen"),
    [
        ("Team\\nbarn", "U+000A"),
        ("Team\\r\\nbarn", "U+000D"),
        ("Team\\tbarn", "U+0009"),
        ("Team\\u0000barn", "U+0000"),
        ("Team\\u202Ebarn", "U+202E"),
        ("Team\\u2066barn", "U+2066"),
        ("Team\u200bbarn", "U+200B"),
    ],
)
def test_a_name_with_what_cannot_be_seen_is_refused_at_its_line(written: str, unseen: str) -> None:
    found = problems(f'[[measure]]\nslug = "m"\nname = "{written}"\n')
    assert found == (Problem(ProblemCode.UNSEEN, 14, "measure.m.name", unseen),)
    listed = problems(f'[[measure]]\nslug = "m"\nname = "M"\nresponsible = ["Åse",\n"{written}"]\n')
    assert listed == (Problem(ProblemCode.UNSEEN, 16, "measure.m.responsible", unseen),)


def test_a_rule_may_have_several_lines_but_nothing_that_turns_their_direction() -> None:
    rule = '[[rule]]\nslug = "r"\nname = "Regel"\ntext = """Første\r\nandre%s"""\n'
    assert read(rule % "").rules[0].text == "Første\nandre"
    found = problems(rule % "\\u202E")
    assert found == (Problem(ProblemCode.UNSEEN, 15, "rule.r.text", "U+202E"),)
