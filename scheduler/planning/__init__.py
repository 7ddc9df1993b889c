"""The planned year: from rhythms and rules to dates, each with its reason.

A use case fills a `YearInput` from the database and calls `propose(year)`; nothing here reads a
database, a clock or a file. Keep the `Proposal` with `proposal_to_record`, read it back with
`proposal_from_record`, show it with `to_json` or `say_reasons`.

`YearInput`        the period, its forums, links, fixed meetings and closed spans.
`propose`          a first plan at once, or with `Method.BEST` the best one. A proposal whose
                   status is `infeasible` may be shown but not applied; `unmet` tells which
                   forums got no dates and why.
`DaySolver`        the process that finds the best dates. Keep one warm where several years are
                   planned; never needed for a first plan. Stop it, and `SolverStoppedError` is
                   raised where the answer was waited for.
`Proposal`         meetings (kept ones too, with `kept` set), unmet, notes, objective, bound.
`check_year`       what is wrong before planning, each with the way to mend it (`say_finding`).
`explain`          why an infeasible year cannot be: the smallest set of rules in conflict
                   (`say_rule`) and ways out that were tried (`say_way`; `way.year` is the input).
`difference`       what applying a proposal does to the meetings that stand.
`replan`           new dates for meetings whose date is lost, with the least change.
"""

from __future__ import annotations

from scheduler.planning.checks import Finding, FindingCode, check_year
from scheduler.planning.conflict_words import say_finding, say_rule, say_way
from scheduler.planning.conflicts import Conflict, explain
from scheduler.planning.difference import Change, ChangeKind, StandingMeeting, difference
from scheduler.planning.forms import to_json
from scheduler.planning.improve import Progress
from scheduler.planning.inputs import (
    ClosedSpan,
    DeadlineInput,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LastYearDate,
    LinkInput,
    SeatInput,
    SeriesKey,
    Weights,
    YearInput,
)
from scheduler.planning.loosening import Rule, RuleCode, Way, WayCode, without
from scheduler.planning.process import DaySolver, SolverStoppedError
from scheduler.planning.proposal import Note, PlacedMeeting, Proposal, Proves, Status, Unmet
from scheduler.planning.propose import Method, propose
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.record import (
    proposal_from_record,
    proposal_to_record,
    reason_from_record,
    reason_to_record,
)
from scheduler.planning.replan import Replan, ReplanMethod, replan
from scheduler.planning.words import say_reason, say_reasons

__all__ = [
    "Change",
    "ChangeKind",
    "ClosedSpan",
    "Conflict",
    "DaySolver",
    "DeadlineInput",
    "Finding",
    "FindingCode",
    "FixedMeeting",
    "FixedWhy",
    "ForumInput",
    "LastYearDate",
    "LinkInput",
    "Method",
    "Note",
    "PlacedMeeting",
    "Progress",
    "Proposal",
    "Proves",
    "Reason",
    "ReasonCode",
    "Replan",
    "ReplanMethod",
    "Rule",
    "RuleCode",
    "SeatInput",
    "SeriesKey",
    "SolverStoppedError",
    "StandingMeeting",
    "Status",
    "Unmet",
    "Way",
    "WayCode",
    "Weights",
    "YearInput",
    "check_year",
    "difference",
    "explain",
    "proposal_from_record",
    "proposal_to_record",
    "propose",
    "reason_from_record",
    "reason_to_record",
    "replan",
    "say_finding",
    "say_reason",
    "say_reasons",
    "say_rule",
    "say_way",
    "to_json",
    "without",
]
