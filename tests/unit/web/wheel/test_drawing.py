"""The geometry of the wheel: where days, meetings and deadlines lie."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.wheel import (
    Break,
    Deadline,
    Drawing,
    Mark,
    MarkState,
    Ring,
    RingGroup,
    WheelContent,
    draw_wheel,
)
from web.wheel.callouts import HALF_HEIGHT
from web.wheel.dial import Dial, point

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
EVERY_OTHER_FRIDAY = tuple(date(2027, 1, 8) + timedelta(days=14 * number) for number in range(26))


def ring(
    name: str, *days: date, group: RingGroup = RingGroup.TEAM, state: MarkState = MarkState.PLANNED
) -> Ring:
    return Ring(
        key=name,
        name=name,
        group=group,
        marks=tuple(
            Mark(on=day, state=state, words=f"{name} {day}", href="/mote/1") for day in days
        ),
    )


def deadline(day: date, words: str = "Årlig gjennomgang av planen, barnevern") -> Deadline:
    return Deadline(on=day, day_words=f"{day.day}.{day.month}.", words=words, href="#frister")


def draw(
    *rings: Ring,
    deadlines: tuple[Deadline, ...] = (),
    breaks: tuple[Break, ...] = (),
    period: tuple[date, date] = YEAR,
    today: date = date(2027, 5, 11),
) -> Drawing:
    return draw_wheel(
        WheelContent(
            starts_on=period[0],
            ends_on=period[1],
            today=today,
            rings=rings,
            deadlines=deadlines,
            breaks=breaks,
        )
    )


def test_the_year_runs_clockwise_from_one_edge_of_the_gap_to_the_other() -> None:
    dial = Dial(*YEAR)
    quarter = dial.noon(date(2027, 4, 2))
    assert (dial.morning(date(2027, 1, 1)), dial.morning(date(2028, 1, 1))) == (9.0, 351.0)
    assert round(quarter, 1) == 94.7
    assert round(point(100, quarter).x) == 100


def test_a_school_year_starts_with_august_at_the_top() -> None:
    drawing = draw(period=(date(2027, 8, 1), date(2028, 7, 31)))
    assert [month.first.month for month in drawing.months] == [
        8,
        9,
        10,
        11,
        12,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
    ]
    assert (round(drawing.months[0].at.x), drawing.months[0].at.y < 0) == (189, True)


def test_groups_lie_together_with_the_busiest_forum_outermost() -> None:
    drawing = draw(
        ring("Styringsgruppe", *EVERY_OTHER_FRIDAY[:2], group=RingGroup.STEERING),
        ring("Konsultasjonsteam", *EVERY_OTHER_FRIDAY[:11]),
        ring("Ressursgruppe", *EVERY_OTHER_FRIDAY[:4], group=RingGroup.RESOURCE),
        ring("Familieteam", *EVERY_OTHER_FRIDAY),
    )
    assert [drawn.ring.name for drawn in drawing.rings] == [
        "Familieteam",
        "Konsultasjonsteam",
        "Ressursgruppe",
        "Styringsgruppe",
    ]


def test_a_name_that_does_not_fit_its_ring_is_a_code() -> None:
    drawing = draw(
        ring("Familieteam", *EVERY_OTHER_FRIDAY),
        *(ring(f"Forum {number}", *EVERY_OTHER_FRIDAY[:20]) for number in range(7)),
        ring("PPT og skoler/barnehager", *EVERY_OTHER_FRIDAY[:9]),
    )
    first, last = drawing.rings[0], drawing.rings[-1]
    assert [line for _at, line in first.labels] == ["Familieteam"]
    assert [line for _at, line in last.labels] == ["PPT"]


def test_a_long_name_takes_the_lines_its_ring_has_room_for() -> None:
    (drawn,) = draw(ring("Styringsgruppen for barn i risiko", date(2027, 3, 9))).rings
    assert [line for _at, line in drawn.labels] == ["Styringsgruppen", "for barn i", "risiko"]


def test_a_week_cut_short_by_new_year_has_a_cell_only_if_its_number_fits() -> None:
    in_2027 = [week.number for week in draw().weeks]
    in_2028 = [week.number for week in draw(period=(date(2028, 1, 1), date(2028, 12, 31))).weeks]
    # 1 January 2027 is a Friday, 1 January 2028 a Saturday.
    assert in_2027 == [53, *range(1, 53)]
    assert in_2028 == list(range(1, 53))


def test_the_week_of_today_is_the_only_current_one() -> None:
    weeks = draw(today=date(2027, 5, 11)).weeks
    assert [week.number for week in weeks if week.is_current] == [19]


def test_today_outside_the_period_has_no_line() -> None:
    assert draw(today=date(2026, 12, 31)).today is None
    line = draw(today=date(2027, 1, 1)).today
    assert line is not None
    assert line[1].y < line[0].y


def test_breaks_outside_the_period_are_left_out() -> None:
    winter = Break(name="Vinterferie", starts_on=date(2027, 2, 22), ends_on=date(2027, 2, 26))
    last_year = Break(name="Høstferie", starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 9))
    assert [drawn.span for drawn in draw(breaks=(last_year, winter)).breaks] == [winter]


def test_things_due_on_one_day_share_a_diamond() -> None:
    june = date(2027, 6, 15)
    (callout,) = draw(deadlines=(deadline(june, "b"), deadline(june, "a"))).callouts
    assert [words for _at, words in callout.baselines] == ["1 · 15.6.", "a", "b"]


def test_the_same_content_gives_the_same_drawing() -> None:
    content = (ring("Familieteam", *EVERY_OTHER_FRIDAY), ring("Ressursgruppe", date(2027, 3, 9)))
    assert draw(*content) == draw(*reversed(content))


def test_an_empty_year_is_a_dial_without_rings() -> None:
    drawing = draw()
    assert (drawing.rings, drawing.callouts, len(drawing.months)) == ((), (), 12)


@pytest.mark.parametrize("units", [1, 3, 6])
def test_no_two_meetings_touch_in_a_full_year(units: int) -> None:
    rings = [
        ring("Familieteam", *EVERY_OTHER_FRIDAY),
        ring(
            "PPT og skoler/barnehager",
            *(date(2027, month, 4 + 3 * unit) for month in range(1, 13) for unit in range(units)),
            group=RingGroup.COOPERATION,
        ),
        *(
            ring(f"Barnevern og {word}", date(2027, 3, 2), date(2027, 3, 4), date(2027, 10, 12))
            for word in ("skole", "barnehage", "helsestasjon")
        ),
        ring("Styringsgruppe", date(2027, 1, 4), date(2027, 12, 30), group=RingGroup.STEERING),
    ]
    assert touching(draw(*rings)) == 0


@given(st.lists(st.sets(st.dates(*YEAR), max_size=40), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_two_meetings_touch_in_any_year(years: list[set[date]]) -> None:
    rings = [ring(f"Forum {number}", *days) for number, days in enumerate(years)]
    assert touching(draw(*rings)) == 0


@given(st.lists(st.dates(*YEAR), max_size=40), st.text("abcdefgh ", min_size=1, max_size=120))
@settings(max_examples=60, deadline=None)
def test_callouts_never_overlap_or_leave_the_page(days: list[date], words: str) -> None:
    callouts = draw(deadlines=tuple(deadline(day, words) for day in days)).callouts
    for anchor in ("start", "end"):
        column = sorted(
            (callout for callout in callouts if callout.anchor == anchor),
            key=lambda callout: callout.top,
        )
        for above, below in pairwise(column):
            assert above.bottom <= below.top
        assert all(callout.top >= -HALF_HEIGHT for callout in column)
        assert all(callout.bottom <= HALF_HEIGHT for callout in column)
    for one, other in combinations(callouts, 2):
        apart = hypot(one.diamond.x - other.diamond.x, one.diamond.y - other.diamond.y)
        assert apart > 28


def touching(drawing: Drawing) -> int:
    """Count the pairs of circles that lie on each other."""
    circles = [(mark.at, drawn.mark_radius) for drawn in drawing.rings for mark in drawn.marks]
    return sum(
        1
        for (one, radius), (other, other_radius) in combinations(circles, 2)
        if hypot(one.x - other.x, one.y - other.y) < radius + other_radius
    )
