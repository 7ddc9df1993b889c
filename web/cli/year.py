"""`aarshjul plan`: propose a year, and on request apply and publish it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from scheduler.domain.language import Language, say_date, say_times
from scheduler.domain.periods import read_period
from scheduler.planning import (
    Conflict,
    DaySolver,
    Finding,
    Proposal,
    Proves,
    Status,
    say_finding,
    to_json,
)
from scheduler.planning.words import say_reasons
from scheduler.usecases.year.best_proposal import best_proposal, explained, say_conflict
from scheduler.usecases.year.kept_proposals import apply_kept, find_kept, keep_found
from scheduler.usecases.year.publish_year import publish_year
from scheduler.usecases.year.year_plans import StaleProposalError, find_municipality
from scheduler.usecases.year.year_to_plan import YearToPlan, read_year_to_plan, what_is_wrong
from web.cli.norwegian import Command
from web.cli.options import Opened, municipality_option, opened, verbose_option
from web.cli.output import as_json
from web.wiring import holidays_of

__all__ = ["plan"]

_SPOKEN = Language.BOKMAL
_CONTRACT = ("period", "status", "proves", "objective", "bound", "seconds", "meetings", "unmet")


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@municipality_option
@click.option("--apply", is_flag=True, help="Skriv forslaget som foreslåtte møter.")
@click.option("--publish", is_flag=True, help="Skriv forslaget og publiser det.")
@click.option("--json", "in_json", is_flag=True, help="Skriv forslaget som JSON.")
@verbose_option
def plan(
    period: str, *, slug: str, apply: bool, publish: bool, in_json: bool, verbose: bool
) -> None:
    """Foreslå datoer for et år (2027) eller skoleår (2027/28). Uten --apply endres ingenting."""
    asked = read_period(period)
    with opened(verbose=verbose) as here:
        with here.database.read() as session:
            planned = read_year_to_plan(
                session, slug, asked, today=here.today, holidays_of=holidays_of
            )
        wrong = what_is_wrong(planned.year)
        if wrong:
            _refuse(planned, wrong, in_json=in_json)
        proposal, conflicts = _solve(planned)
        if in_json:
            click.echo(as_json(_as_contract(proposal, conflicts)))
        else:
            _say(proposal)
        if proposal.status is Status.INFEASIBLE:
            _say_conflicts(proposal, conflicts)
            sys.exit(1)
        if apply or publish:
            _write(here, planned, proposal, publish=publish)
            if not in_json:
                click.echo("Året er publisert." if publish else "Forslaget er skrevet.")


def _solve(planned: YearToPlan) -> tuple[Proposal, tuple[Conflict, ...]]:
    with DaySolver() as solver:
        proposal = best_proposal(planned.year, solver)
        return proposal, explained(planned.year, proposal, solver)


def _write(here: Opened, planned: YearToPlan, proposal: Proposal, *, publish: bool) -> None:
    with here.database.write() as session:
        municipality = find_municipality(session, planned.municipality_slug)
        period = planned.period
        kept_id = keep_found(session, municipality, planned, proposal, now=here.now)
        kept = find_kept(session, planned.municipality_id, period, kept_id, now=here.now)
        now_standing = read_year_to_plan(
            session, municipality.slug, period, today=here.today, holidays_of=holidays_of
        )
        if kept is None:
            raise StaleProposalError
        apply_kept(session, municipality, now_standing, kept, now=here.now, actor_id=None)
        if publish:
            publish_year(
                session,
                municipality,
                period,
                now=here.now,
                holidays_of=holidays_of,
                actor_id=None,
            )


def _refuse(planned: YearToPlan, wrong: Sequence[Finding], *, in_json: bool) -> None:
    """Say what must be mended first, and stop; the JSON says the same of each forum."""
    if in_json:
        nothing = Proposal(
            period=planned.period.label,
            status=Status.INFEASIBLE,
            proves=Proves.DATES,
            objective=0,
            bound=0,
            seconds=0.0,
            meetings=(),
            unmet=(),
        )
        answer = _as_contract(nothing, ())
        answer["unmet"] = [
            {"forum": found.slug, "why": say_finding(found, _SPOKEN)} for found in wrong
        ]
        click.echo(as_json(answer))
    for found in wrong:
        click.echo(f"aarshjul: {say_finding(found, _SPOKEN)}", err=True)
    sys.exit(1)


def _as_contract(proposal: Proposal, conflicts: Sequence[Conflict]) -> dict[str, Any]:
    """Return the proposal with exactly the fields that other programs are promised."""
    whole = to_json(proposal, _SPOKEN)
    answer = {name: whole[name] for name in _CONTRACT}
    found = {conflict.key: conflict for conflict in conflicts}
    answer["unmet"] = [
        {"forum": one["forum"], "why": _why(one["why"], found.get((one["forum"], one["unit"])))}
        for one in whole["unmet"]
    ]
    return answer


def _why(reason: str, conflict: Conflict | None) -> str:
    if conflict is None:
        return reason
    rules, ways = say_conflict(conflict, _SPOKEN)
    said = f"{reason}. Disse kan ikke gjelde samtidig: {'; '.join(rules)}"
    return f"{said}. Det som hjelper: {'; '.join(ways)}" if ways else said


def _say(proposal: Proposal) -> None:
    names = _names(proposal)
    for meeting in proposal.meetings:
        if meeting.cancelled:
            continue
        name = names.get(meeting.key, meeting.forum)
        times = say_times(meeting.start, meeting.end, _SPOKEN)
        click.echo(
            f"{say_date(meeting.date, _SPOKEN)} {times}  {name} {meeting.number}"
            f"  ({say_reasons(meeting.reasons, _SPOKEN)})"
        )
    for unmet in proposal.unmet:
        name = names.get((unmet.forum, unmet.unit), unmet.forum)
        click.echo(f"Uten dato: {name}: {say_reasons(unmet.reasons, _SPOKEN)}")
    for note in proposal.notes:
        name = names.get((note.forum, note.unit), note.forum)
        click.echo(f"Merk: {name}: {say_reasons(note.reasons, _SPOKEN)}")
    if proposal.status is Status.FEASIBLE:
        click.echo(f"Det kan finnes noe bedre: høyst {proposal.gap:.1%} å vinne.")


def _say_conflicts(proposal: Proposal, conflicts: Sequence[Conflict]) -> None:
    names = _names(proposal)
    if not conflicts:
        click.echo("aarshjul: Det er ikke plass til alle møtene.", err=True)
    for conflict in conflicts:
        rules, ways = say_conflict(conflict, _SPOKEN)
        name = names.get(conflict.key, conflict.key[0])
        click.echo(f"aarshjul: {name}: disse kan ikke gjelde samtidig:", err=True)
        for rule in rules:
            click.echo(f"  - {rule}", err=True)
        for way in ways:
            click.echo(f"  Det hjelper å {way}.", err=True)


def _names(proposal: Proposal) -> dict[tuple[str, str | None], str]:
    return {(forum, unit): name for forum, unit, name in proposal.names}
