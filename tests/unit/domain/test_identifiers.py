"""UIDs are fixed for ever: these texts may never change."""

from __future__ import annotations

import pytest

from scheduler.domain.identifiers import duty_uid, meeting_uid


def test_the_uid_of_a_meeting_never_changes() -> None:
    uid = meeting_uid(
        municipality="sor-fron", forum="styringsgruppe", unit=None, period="2027", number=1
    )

    assert uid == "469286a6-5791-5675-9563-81609078c849@aarshjul"


def test_the_uid_of_a_duty_never_changes() -> None:
    uid = duty_uid(
        municipality="hemsedal", kind="plan_review", period="2027/28", subject="helsestasjon"
    )

    assert uid == "b7a80acf-342a-5efb-8172-905d5e277f3b@aarshjul"


def test_each_part_makes_a_uid_of_its_own() -> None:
    uids = {
        meeting_uid(municipality=m, forum=f, unit=u, period=p, number=n)
        for m in ("sor-fron", "bamble")
        for f in ("team", "tog")
        for u in (None, "team", "tog")
        for p in ("2027", "2027/28", "2028")
        for n in (1, 2, 28)
    }

    assert len(uids) == 2 * 2 * 3 * 3 * 3


@pytest.mark.parametrize("part", ["municipality", "forum", "unit"])
def test_a_slash_in_a_slug_is_refused(part: str) -> None:
    parts = {"municipality": "bamble", "forum": "tog", "unit": "skole"} | {part: "a/b"}

    with pytest.raises(ValueError, match="a/b"):
        meeting_uid(**parts, period="2027", number=1)


@pytest.mark.parametrize("part", ["municipality", "kind", "subject"])
def test_a_slash_in_a_part_of_a_duty_is_refused(part: str) -> None:
    parts = {"municipality": "bamble", "kind": "minutes", "subject": "x"} | {part: "a/b"}

    with pytest.raises(ValueError, match="a/b"):
        duty_uid(**parts, period="2027")


def test_meetings_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="0"):
        meeting_uid(municipality="bamble", forum="tog", unit=None, period="2027", number=0)
