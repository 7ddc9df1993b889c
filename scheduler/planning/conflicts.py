"""Why a year cannot be: the smallest set of rules that contradict each other, and ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from scheduler.planning.build import build
from scheduler.planning.free_rhythms import choices_beside, with_best_rhythms
from scheduler.planning.greedy import fits_alone, place_all
from scheduler.planning.improve import placed_anew
from scheduler.planning.inputs import ForumInput, SeriesKey, YearInput
from scheduler.planning.loosening import Rule, RuleCode, Way, WayCode, rules_of, ways_from, without
from scheduler.planning.problem import Problem
from scheduler.planning.process import DaySolver, SolvesDays
from scheduler.planning.proposal import Proposal, Status
from scheduler.planning.propose import DEFAULT_LIMIT, Method, propose

__all__ = ["Conflict", "explain"]

_WAYS_OUT = 3
_ENOUGH_WAYS = 2

# A way out is better the less it takes from what people agreed on.
_GENTLE_FIRST = (
    RuleCode.WEEKDAY,
    RuleCode.TIME,
    RuleCode.PLACE,
    RuleCode.LINK,
    RuleCode.DEADLINE,
    RuleCode.LEAST_GAP,
    RuleCode.MOST_GAP,
    RuleCode.CLOSED,
    RuleCode.EXCLUSION,
    RuleCode.FIXED,
    RuleCode.PERSON,
    RuleCode.COUNT,
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all hold for a series, and ways out that were each tried and work.

    Leaving out any one of the rules makes room. `proven` tells that the solver showed the
    contradiction; without a solver it is what the first plan could not do.
    """

    key: SeriesKey
    rules: tuple[Rule, ...]
    ways: tuple[Way, ...]
    proven: bool


def explain(
    year: YearInput,
    *,
    proposal: Proposal | None = None,
    solver: DaySolver | None = None,
    limit: float = DEFAULT_LIMIT,
    most: int = 3,
) -> tuple[Conflict, ...]:
    """Explain why the series of an impossible year find no dates, at most `most` of them.

    Each is looked at with its neighbours alone first (those it is linked to or shares people or
    places with), since a small contradiction says more. A possible year gives nothing. Give the
    year's `proposal` when there is one, and it need not be made again.
    """
    run = solver.run() if solver is not None else None
    if proposal is None:
        method = Method.FIRST if solver is None else Method.BEST
        proposal = propose(year, method=method, solver=solver, limit=limit)
    if proposal.status is not Status.INFEASIBLE:
        return ()
    conflicts: list[Conflict] = []
    told: set[SeriesKey] = set()
    for unmet in proposal.unmet:
        key = (unmet.forum, unmet.unit)
        # A series in a contradiction that has been told of already is explained by it.
        if not unmet.blocking or len(conflicts) == most or key in told:
            continue
        conflict = _Search(run, limit).conflict(year, key, proposal)
        if conflict is not None:
            told |= {rule.key for rule in conflict.rules}
            conflicts.append(conflict)
    return tuple(conflicts)


class _Search:
    """One search for a contradiction, with what has been tried already."""

    def __init__(self, solver: SolvesDays | None, limit: float) -> None:
        self._solver = solver
        self._limit = limit
        self._proven = True

    def conflict(self, year: YearInput, key: SeriesKey, proposal: Proposal) -> Conflict | None:
        scope = next((s for s in _scopes(year, key) if not self._is_possible(s)), None)
        if scope is None:
            return None
        self._proven = True
        kept: list[Rule] = []
        current = scope
        # Most rules have nothing to do with it, so a whole kind is left out at once first.
        for _, group in groupby(rules_of(scope, key), key=lambda rule: rule.code):
            current, needed = self._without_all(current, list(group))
            kept.extend(needed)
        proven = self._proven and self._solver is not None
        ways = tuple(self._ways(current, year, kept, proposal))
        return Conflict(key, _in_order(kept), ways, proven)

    def _without_all(self, year: YearInput, rules: Sequence[Rule]) -> tuple[YearInput, list[Rule]]:
        """Leave out all the rules that the contradiction stands without; return those it needs."""
        looser = reduce(without, rules, year)
        if looser == year:
            return year, []
        if not self._is_possible(looser):
            return looser, []
        if len(rules) == 1:
            return year, [*rules]
        middle = len(rules) // 2
        year, first = self._without_all(year, rules[:middle])
        year, second = self._without_all(year, rules[middle:])
        return year, [*first, *second]

    def _ways(
        self,
        core: YearInput,
        year: YearInput,
        rules: list[Rule],
        proposal: Proposal,
    ) -> Iterator[Way]:
        """Try each rule's own ways out, on the rules in conflict and then on the year.

        Where several series are without dates one change cannot mend the whole year.
        """
        alone = sum(unmet.blocking for unmet in proposal.unmet) == 1
        untried = [
            (rule, [*zip(ways_from(core, rule), ways_from(year, rule), strict=False)])
            for code in _GENTLE_FIRST
            for rule in rules
            if rule.code is code
        ]
        found: list[Way] = []
        # Each rule's own first, then what else could be done about it, leaving out a forum last.
        for enough, resort in ((_WAYS_OUT, False), (_WAYS_OUT, False), (_ENOUGH_WAYS, True)):
            for rule, pairs in untried:
                said = {way.code for way in found if way.rule == rule}
                while pairs and len(found) < enough:
                    small, whole = pairs[0]
                    if (whole.code is WayCode.LEAVE_OUT) is not resort:
                        break
                    pairs.pop(0)
                    if whole.code not in said and self._works(small, whole, alone):
                        found.append(whole)
                        break
        yield from found

    def _works(self, small: Way, whole: Way, alone: bool) -> bool:
        """Tell whether the way makes room among the rules in conflict, and in the year."""
        return self._is_possible(small.year) and (not alone or self._is_possible(whole.year))

    def _is_possible(self, year: YearInput) -> bool:
        # The planner's own distances give way in the end, so they never make a year impossible.
        first = build(year, unspaced=frozenset(forum.key for forum in year.forums))
        problem, placement = with_best_rhythms(first, place_all(first))
        if not placement.failed and not _is_blocked(problem):
            return True
        return any(self._has_plan(each) for each in (problem, *choices_beside(problem)))

    def _has_plan(self, problem: Problem) -> bool:
        if _is_blocked(problem):
            return False
        if not all(fits_alone(problem, series) for series in problem.series):
            return False
        if self._solver is None:
            return False
        least = {series.index: series.least for series in problem.series}
        found = placed_anew(problem, least, solver=self._solver, limit=self._limit)
        self._proven = self._proven and (found.placement is not None or found.proven)
        return found.placement is not None


def _is_blocked(problem: Problem) -> bool:
    return any(unmet.blocking for unmet in problem.unmet)


def _scopes(year: YearInput, key: SeriesKey) -> Iterator[YearInput]:
    """Give the series alone, then with those it is linked to, its neighbours, and all."""
    mine = next(forum for forum in year.forums if forum.key == key)
    slugs = {mine.slug}
    for link in year.links:
        if mine.slug in (link.source, link.target):
            slugs |= {link.source, link.target}
    linked = {forum.key for forum in year.forums if forum.slug in slugs} | {key}
    near = linked | {forum.key for forum in year.forums if _share(mine, forum)}
    seen = set()
    for keys in ({key}, linked, near, {forum.key for forum in year.forums}):
        if frozenset(keys) not in seen:
            seen.add(frozenset(keys))
            yield _only(year, keys)


def _only(year: YearInput, keys: set[SeriesKey]) -> YearInput:
    forums = tuple(forum for forum in year.forums if forum.key in keys)
    slugs = {forum.slug for forum in forums}
    dated = slugs | {m.forum for m in year.fixed} | {p.forum for p in year.last_year}
    links = tuple(link for link in year.links if link.target in slugs and link.source in dated)
    # With one of several series left out, a deadline would ask more of the rest than it does.
    left_out = {forum.slug for forum in year.forums if forum.key not in keys}
    deadlines = tuple(one for one in year.deadlines if one.forum not in left_out)
    return replace(year, forums=forums, links=links, deadlines=deadlines)


def _share(one: ForumInput, other: ForumInput) -> bool:
    people = {seat.busy_unit for seat in one.seats}
    if one.place is not None and one.place == other.place:
        return True
    return any(seat.busy_unit in people for seat in other.seats)


def _in_order(rules: list[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (_SAID_FIRST.index(rule.code), rule.forum)))


_SAID_FIRST = tuple(reversed(_GENTLE_FIRST))
