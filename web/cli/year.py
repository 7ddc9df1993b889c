"""`aarshjul plan`: propose a year, and on request apply and publish it."""

from __future__ import annotations

import sys

import click

from scheduler.domain.language import Language, say_date, say_times
from scheduler.domain.periods import Period, read_period
from scheduler.planning import Status, to_json
from scheduler.planning.words import say_reasons
from scheduler.usecases.year.apply_proposal import apply_proposal
from scheduler.usecases.year.propose_year import Proposed, propose_year
from scheduler.usecases.year.publish_year import publish_year
from scheduler.usecases.year.year_plans import find_municipality
from web.cli.options import Opened, municipality_option, opened, verbose_option
from web.cli.output import as_json
from web.wiring import holidays_of

__all__ = ["plan"]


@click.command()
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
        proposed = _propose(here, slug, asked)
        if in_json:
            click.echo(as_json(to_json(proposed.proposal, Language.BOKMAL)))
        else:
            _say(proposed)
        if proposed.proposal.status is Status.INFEASIBLE:
            sys.exit(1)
        if apply or publish:
            _write(here, proposed, publish=publish)
            if not in_json:
                click.echo("Året er publisert." if publish else "Forslaget er skrevet.")


def _propose(here: Opened, slug: str, period: Period) -> Proposed:
    # A year that has begun is planned from today on: nobody can be called in to yesterday.
    plan_from = here.today if period.starts_on <= here.today else None
    with here.database.read() as session:
        return propose_year(session, slug, period, plan_from=plan_from, holidays_of=holidays_of)


def _write(here: Opened, proposed: Proposed, *, publish: bool) -> None:
    with here.database.write() as session:
        municipality = find_municipality(session, proposed.municipality_slug)
        apply_proposal(
            session,
            municipality,
            proposed.period,
            proposed.proposal,
            base_revision=proposed.base_revision,
            now=here.now,
            actor_id=None,
        )
        if publish:
            publish_year(
                session,
                municipality,
                proposed.period,
                now=here.now,
                holidays_of=holidays_of,
                actor_id=None,
            )


def _say(proposed: Proposed) -> None:
    names = {(forum, unit): name for forum, unit, name in proposed.proposal.names}
    for meeting in proposed.proposal.meetings:
        name = names.get(meeting.key, meeting.forum)
        times = say_times(meeting.start, meeting.end, Language.BOKMAL)
        click.echo(
            f"{say_date(meeting.date, Language.BOKMAL)} {times}  {name} {meeting.number}"
            f"  ({say_reasons(meeting.reasons, Language.BOKMAL)})"
        )
    for unmet in proposed.proposal.unmet:
        name = names.get((unmet.forum, unmet.unit), unmet.forum)
        click.echo(f"Uten dato: {name}: {say_reasons(unmet.reasons, Language.BOKMAL)}")
