"""The first plan of a small municipality, checked date by date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta

from scheduler.domain.cadence.cadence import VAGUE, Cadence
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Weekday
from scheduler.domain.enums import ClosedDayRule, ClosedKind, LinkKind
from scheduler.domain.language import Language
from scheduler.planning import (
    ClosedSpan,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LinkInput,
    Proposal,
    Reason,
    ReasonCode,
    SeatInput,
    Status,
    YearInput,
    proposal_from_record,
    proposal_to_record,
    propose,
    to_json,
)

HOUR = timedelta(hours=1)
FRIDAYS = Cadence(
    kind=CadenceKind.RECURRENCE,
    unit=CadenceUnit.WEEK,
    interval=2,
    count_min=1,
    count_max=1,
    weekdays=(Weekday.FRI,),
    time_ranges=((time(9), time(11)),),
)


def yearly(least: int, most: int | None) -> Cadence:
    return Cadence(
        kind=CadenceKind.RECURRENCE,
        unit=CadenceUnit.YEAR,
        interval=1,
        count_min=least,
        count_max=most,
    )


def forum(slug: str, cadence: Cadence, *people: str) -> ForumInput:
    return ForumInput(
        slug=slug,
        name=slug.capitalize(),
        cadence=cadence,
        duration=2 * HOUR,
        seats=tuple(SeatInput(name) for name in people),
    )


STEERING = forum("styringsgruppe", yearly(2, 2), "rådmann", "tjenesteleder")
RESOURCE = forum("ressursgruppe", yearly(3, 4), "tjenesteleder", "veileder")
FAMILY = replace(forum("familieteam", FRIDAYS, "veileder"), case_level=True)
YEAR = YearInput(
    municipality="sor-fron",
    starts_on=date(2027, 1, 1),
    ends_on=date(2027, 12, 31),
    forums=(STEERING, RESOURCE, FAMILY),
    links=(LinkInput(LinkKind.RECEIVES_MINUTES, "ressursgruppe", "styringsgruppe", 14),),
    closed=(
        ClosedSpan(
            date(2027, 1, 1), date(2027, 1, 1), ClosedKind.PUBLIC_HOLIDAY, "første nyttårsdag"
        ),
        ClosedSpan(date(2027, 7, 1), date(2027, 7, 31), ClosedKind.JOINT_LEAVE, "fellesferie"),
    ),
)


def dates(proposal: Proposal, slug: str) -> list[date]:
    return [meeting.date for meeting in proposal.meetings if meeting.forum == slug]


def test_the_most_of_three_to_four_is_placed_when_it_fits() -> None:
    proposal = propose(YEAR)

    assert len(dates(proposal, "ressursgruppe")) == 4
    assert len(dates(proposal, "styringsgruppe")) == 2


def test_an_open_maximum_is_its_minimum() -> None:
    proposal = propose(replace(YEAR, forums=(forum("råd", yearly(2, None)),), links=()))

    assert len(dates(proposal, "råd")) == 2


def test_every_second_friday_skips_closed_days_and_says_so() -> None:
    proposal = propose(replace(YEAR, forums=(replace(FAMILY, anchor_on=date(2027, 1, 8)),)))
    wanted = [date(2027, 1, 8) + timedelta(days=14 * step) for step in range(26)]
    july = [day for day in wanted if day.month == 7]

    assert dates(proposal, "familieteam") == [day for day in wanted if day.month != 7]
    assert [note.reasons for note in proposal.notes] == [
        (Reason(ReasonCode.SKIPPED_CLOSED, on=day, name="fellesferie"),) for day in july
    ]


def test_a_rhythm_that_moves_takes_the_nearest_open_day_on_its_side() -> None:
    closed = ClosedSpan(date(2027, 3, 5), date(2027, 3, 5), ClosedKind.LOCAL, "plandag")
    moving = replace(FAMILY, anchor_on=date(2027, 3, 5), on_closed=ClosedDayRule.EARLIER)

    proposal = propose(replace(YEAR, forums=(moving,), closed=(closed,)))

    found = [m for m in proposal.meetings if m.date.month == 3]
    assert [m.date for m in found] == [date(2027, 3, 4), date(2027, 3, 19)]
    assert found[0].reasons == (
        Reason(ReasonCode.MOVED_CLOSED, on=date(2027, 3, 5), name="plandag"),
    )


def test_the_steering_group_has_the_minutes_two_weeks_before() -> None:
    proposal = propose(YEAR)
    sources = dates(proposal, "ressursgruppe")

    for day in dates(proposal, "styringsgruppe"):
        before = [source for source in sources if source <= day]
        assert (day - max(before)).days >= 14


def test_a_forum_without_a_rhythm_is_unmet_and_the_rest_is_planned() -> None:
    proposal = propose(replace(YEAR, forums=(*YEAR.forums, forum("nettverk", VAGUE))))

    assert proposal.status is not Status.INFEASIBLE
    assert to_json(proposal, Language.BOKMAL)["unmet"] == [
        {"forum": "nettverk", "unit": None, "why": "planen gir ingen rytme; velg en"}
    ]


def test_a_kept_meeting_stands_and_counts() -> None:
    by_hand = FixedMeeting(
        date=date(2027, 3, 2),
        start=time(12),
        end=time(14),
        busy_units=frozenset({"rådmann", "tjenesteleder"}),
        why=FixedWhy.HAND,
        forum="styringsgruppe",
        number=1,
    )

    proposal = propose(replace(YEAR, fixed=(by_hand,), links=()))
    steering = [m for m in proposal.meetings if m.forum == "styringsgruppe"]

    assert [(m.number, m.kept) for m in steering] == [(1, True), (2, False)]
    assert steering[0].date == by_hand.date
    assert steering[1].date.month in (9, 10)


def test_the_same_year_gives_the_same_plan() -> None:
    shuffled = replace(YEAR, forums=tuple(reversed(YEAR.forums)))

    assert propose(YEAR).meetings == propose(shuffled).meetings


def test_a_proposal_survives_being_kept_as_a_record() -> None:
    proposal = propose(YEAR)

    assert proposal_from_record(json.loads(json.dumps(proposal_to_record(proposal)))) == proposal


def test_reasons_name_no_forum_that_is_for_members_alone() -> None:
    text = json.dumps(to_json(propose(YEAR), Language.NYNORSK)["meetings"], ensure_ascii=False)

    assert "Familieteam" not in text
    assert "minst 14 dagar etter Ressursgruppe" in text
