"""From placed days to a proposal: numbers, reasons, what was left out, cost and bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise

from scheduler.planning.greedy import Placement, SeriesDays, bound_alone, day_cost
from scheduler.planning.guests import guest_days, months_without
from scheduler.planning.inputs import FixedMeeting, FixedWhy, SeriesKey
from scheduler.planning.justify import kept_reason, reasons_for
from scheduler.planning.links import follows
from scheduler.planning.problem import Placed, Problem, Series, Spacing
from scheduler.planning.proposal import (
    Note,
    PlacedMeeting,
    Proposal,
    Proves,
    Status,
    Unmet,
)
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.taken import Taken, taken_by_day

__all__ = ["Proof", "assemble"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a solver has shown: a bound on the cost of the dates, and of the numbers of meetings.

    `most_meetings` tells that no more meetings fit.
    """

    bound: int
    most_meetings: bool = False


def assemble(
    problem: Problem, placement: Placement, *, seconds: float, proof: Proof | None = None
) -> Proposal:
    """Make the proposal of a placement."""
    costs = {
        index: day_cost(problem, problem.series[index], found)
        for index, found in placement.series.items()
    }
    objective = sum(costs.values()) + problem.rhythm_cost
    bound = 0
    # What a series costs alone says nothing of other rhythms than those that were taken.
    if not problem.free_rhythms:
        bound = sum(
            bound_alone(problem, problem.series[index], found.counts, reached=costs[index])
            for index, found in placement.series.items()
        )
    fewer = any(
        found.counts != problem.series[index].most for index, found in placement.series.items()
    )
    if proof is not None:
        bound = max(bound, proof.bound)
    proven = objective <= bound and (not fewer or (proof is not None and proof.most_meetings))
    unmet = (*problem.unmet, *_no_room(problem, placement))
    taken = taken_by_day(problem, placement)
    with_guests = guest_days(problem, placement, taken)
    if any(found.blocking for found in unmet):
        status = Status.INFEASIBLE
    else:
        status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Proposal(
        period=problem.year.period,
        status=status,
        proves=Proves.DATES,
        objective=objective,
        bound=min(bound, objective),
        seconds=seconds,
        meetings=_numbered(_meetings(problem, placement, taken, with_guests)),
        unmet=unmet,
        notes=(
            *problem.notes,
            *_fewer(problem, placement),
            *_links_not_kept(problem, placement),
            *_without_guests(problem, placement, with_guests),
        ),
        names=tuple(
            (forum.slug, forum.unit, _series_name(forum.name, forum.unit_name))
            for forum in problem.year.forums
        ),
    )


def _meetings(
    problem: Problem,
    placement: Placement,
    taken: Mapping[int, Sequence[Taken]],
    with_guests: Mapping[int, frozenset[int]],
) -> list[PlacedMeeting]:
    days = {index: found.days for index, found in placement.series.items()}
    meetings = [_kept(meeting) for meeting in problem.kept if _is_shown(problem, meeting)]
    meetings.extend(_from_rhythm(placed) for placed in problem.rhythms)
    for index, found in placement.series.items():
        series = problem.series[index]
        slots = series.slots(found.counts, day_cost=problem.year.weights.day)
        for slot, day, start in zip(slots, found.days, found.starts, strict=True):
            reasons = reasons_for(problem, series, slot, day, taken=taken, days_by_series=days)
            forum = series.forum
            meetings.append(
                PlacedMeeting(
                    forum=forum.slug,
                    unit=forum.unit,
                    number=0,
                    date=date.fromordinal(day),
                    start=_time(start),
                    end=_time(start + series.length),
                    place=forum.place,
                    reasons=reasons,
                    guests=day in with_guests.get(index, ()),
                )
            )
    return meetings


def _is_shown(problem: Problem, meeting: FixedMeeting) -> bool:
    keys = {forum.key for forum in problem.year.forums}
    return (
        meeting.forum,
        meeting.unit,
    ) in keys and problem.year.starts_on <= meeting.date <= problem.year.ends_on


def _kept(meeting: FixedMeeting) -> PlacedMeeting:
    return PlacedMeeting(
        forum=meeting.forum or "",
        unit=meeting.unit,
        number=meeting.number or 0,
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        place=meeting.place,
        reasons=(kept_reason(meeting),),
        kept=True,
        cancelled=meeting.why is FixedWhy.CANCELLED,
        guests=meeting.guests,
    )


def _from_rhythm(placed: Placed) -> PlacedMeeting:
    return PlacedMeeting(
        forum=placed.forum.slug,
        unit=placed.forum.unit,
        number=0,
        date=date.fromordinal(placed.day),
        start=_time(placed.start),
        end=_time(placed.start + placed.length),
        place=placed.forum.place,
        reasons=placed.reasons,
        guests=placed.guests,
    )


def _numbered(meetings: list[PlacedMeeting]) -> tuple[PlacedMeeting, ...]:
    """Give each new meeting the lowest number that no kept one has, in the order of dates."""
    used: dict[SeriesKey, set[int]] = {}
    for meeting in meetings:
        if meeting.number:
            used.setdefault(meeting.key, set()).add(meeting.number)
    result = []
    for meeting in sorted(meetings, key=lambda m: (m.date, m.start, m.forum, m.unit or "")):
        if meeting.number:
            result.append(meeting)
            continue
        taken = used.setdefault(meeting.key, set())
        number = 1
        while number in taken:
            number += 1
        taken.add(number)
        result.append(replace(meeting, number=number))
    return tuple(result)


def _without_guests(
    problem: Problem, placement: Placement, with_guests: Mapping[int, frozenset[int]]
) -> Iterator[Note]:
    for index, days in sorted(with_guests.items()):
        series = problem.series[index]
        reached = (*series.guest_days, *days)
        forum = series.forum
        yield from months_without(forum.slug, forum.unit, placement.series[index].days, reached)


def _no_room(problem: Problem, placement: Placement) -> list[Unmet]:
    return [
        Unmet(
            problem.series[index].forum.slug,
            problem.series[index].forum.unit,
            (Reason(ReasonCode.NO_ROOM, wanted=sum(problem.series[index].most)),),
            blocking=True,
        )
        for index in sorted(placement.failed)
    ]


def _fewer(problem: Problem, placement: Placement) -> list[Note]:
    notes = []
    for index, found in sorted(placement.series.items()):
        series = problem.series[index]
        if sum(found.counts) < sum(series.most):
            notes.append(_fewer_note(series, found))
        gaps = [after - before for before, after in pairwise(found.days)]
        if series.spacing is Spacing.NONE and min(gaps, default=366) < series.wished_gap:
            reason = Reason(ReasonCode.CLOSE)
            notes.append(Note(series.forum.slug, series.forum.unit, (reason,)))
    return notes


def _links_not_kept(problem: Problem, placement: Placement) -> Iterator[Note]:
    """Note the forums with a rhythm of their own whose dates do not heed a link.

    Their dates follow from the words, so no planning can make them wait for another forum.
    """
    forums = {forum.slug: forum for forum in problem.year.forums}
    for link in problem.links:
        placed = (placement.series[at].days for at in link.sources if at in placement.series)
        sources = tuple(sorted({*link.source_days, *(day for days in placed for day in days)}))
        broken: Counter[SeriesKey] = Counter()
        for meeting in problem.rhythms:
            wrong = not follows(link, sources, meeting.day, problem.semesters)
            if meeting.forum.slug == link.target and wrong:
                broken[meeting.forum.key] += 1
        source = forums.get(link.source)
        for (slug, unit), count in sorted(broken.items(), key=str):
            reason = Reason(
                ReasonCode.LINK_NOT_KEPT,
                forum=link.source,
                forum_name=source.name if source else "",
                hidden=source is None or source.case_level,
                count=count,
            )
            yield Note(slug, unit, (reason,))


def _fewer_note(series: Series, found: SeriesDays) -> Note:
    kept = len(series.own_days)
    reason = Reason(
        ReasonCode.FEWER, count=sum(found.counts) + kept, wanted=sum(series.most) + kept
    )
    return Note(series.forum.slug, series.forum.unit, (reason,))


def _series_name(name: str, unit_name: str | None) -> str:
    return f"{name} ({unit_name})" if unit_name else name


def _time(clock: int) -> time:
    return time(clock // 60 % 24, clock % 60)
