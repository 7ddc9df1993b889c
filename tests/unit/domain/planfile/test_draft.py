"""A draft plan file can be loaded as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.documents.toml_source import read_toml
from scheduler.domain.planfile import DraftForum, draft_plan_file, read_plan_file


def test_each_rhythm_becomes_a_forum_with_its_words_and_line() -> None:
    plan = read_plan_file(
        read_toml(
            draft_plan_file(
                [
                    DraftForum("hver andre uke", 12, "Drøftingsteam for barn, unge"),
                    DraftForum("2 ganger i året", 30, "Drøftingsteam for barn, unge"),
                    DraftForum("1 gang  i måneden", 44),
                    DraftForum("ved behov", 51, "Ansvarsgruppe"),
                    DraftForum("ring 010190 12345 hver uke", 60, "Team"),
                ]
            ).encode()
        )
    )
    assert [
        (forum.slug, forum.rhythm.words if forum.rhythm else None, forum.source_lines)
        for forum in plan.forums
    ] == [
        ("droftingsteam-for-barn-unge", "hver andre uke", "12"),
        ("droftingsteam-for-barn-unge-2", "2 ganger i året", "30"),
        ("forum-3", "1 gang i måneden", "44"),
        ("team", None, "60"),
    ]
    assert [rule.name for rule in plan.rules] == ["Ansvarsgruppe"]


@given(st.lists(st.tuples(st.text(), st.integers(1, 9_999), st.none() | st.text()), max_size=4))
def test_any_words_make_a_file_that_can_be_read(found: list[tuple[str, int, str | None]]) -> None:
    draft = draft_plan_file(DraftForum(*each) for each in found)
    plan = read_plan_file(read_toml(draft.encode()))
    assert len(plan.forums) + len(plan.rules) == len(found)
