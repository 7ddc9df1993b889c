"""A proposal: the first plan at once, improved while it is looked at, and then taken into use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.planning import (
    Change,
    ChangeKind,
    PlacedMeeting,
    Proposal,
    StandingMeeting,
    Status,
    difference,
    propose,
    say_reason,
)
from scheduler.usecases.year.kept_proposals import (
    KeptProposal,
    SearchState,
    apply_kept,
    ask_to_stop,
    begin_search,
    find_kept,
    latest_kept,
)
from scheduler.usecases.year.standing import as_standing, year_meetings
from scheduler.usecases.year.year_plans import find_year_plan
from scheduler.usecases.year.year_to_plan import fingerprint, what_is_wrong
from web.current import current_now
from web.language import current_language, ngettext
from web.language import gettext as _
from web.login.required import the_access
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    case_slugs,
    page,
    path_to,
    planning,
    planning_page,
    read_planned,
    row_of,
    visible_slugs,
)
from web.planning.searches import current_searches
from web.planning.words import change_words, search_words

__all__ = ["apply", "begin", "proposal", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the proposal's table."""

    on: date
    meeting: PlacedMeeting
    name: str
    place: str
    kind: str
    words: str
    was: StandingMeeting | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of one month."""

    first: date
    rows: tuple[Row, ...]


@planning.post("/<period>/forslag")
@planning_page
def begin(place: Place) -> ResponseReturnValue:
    """Make a first plan at once, and let the solver begin to improve it."""
    with current_parts().database.read() as database:
        planned = read_planned(database, place)
    if what_is_wrong(planned.year):
        return redirect(path_to("year", place), 303)
    first = propose(planned.year)
    with current_parts().database.write() as database:
        earlier = latest_kept(database, place.municipality.id, place.period, now=current_now())
        if earlier is not None and earlier.state is SearchState.RUNNING:
            # One search a year is enough; the machine has others to serve.
            ask_to_stop(database, earlier.id)
        kept_id = begin_search(database, row_of(database, place), planned, first, now=current_now())
    searches = current_searches()
    searches.begin(kept_id, planned.year, first)
    return redirect(path_to("proposal", place, proposal_id=kept_id), 303)


@planning.get("/<period>/forslag/<int:proposal_id>")
@planning_page
def proposal(place: Place, proposal_id: int) -> ResponseReturnValue:
    """Show the proposal by month with a reason for each date, and what it changes."""
    language = current_language()
    with current_parts().database.read() as database:
        kept = _find(place, proposal_id)
        slugs = visible_slugs(database, place)
        cases = case_slugs(database, place)
        standing = year_meetings(database, place.municipality.id, place.period)
        planned = read_planned(database, place)
        plan = find_year_plan(database, place.municipality.id, place.period)
    found = kept.proposal
    names = _names(found)
    changes = [
        change
        for change in difference(found, as_standing(standing))
        if _slug(change) in slugs and not (change.meeting and change.meeting.cancelled)
    ]
    counts = Counter(change.kind for change in changes)
    return page(
        "proposal",
        place,
        kept=kept,
        is_running=kept.state is SearchState.RUNNING,
        searching=search_words(kept.state, kept.parts_done, kept.parts),
        quality=_quality(kept),
        months=_months(changes, names, slugs, cases=cases),
        removed=[
            (names.get(one.standing.key, one.standing.forum), one.standing)
            for one in changes
            if one.kind is ChangeKind.REMOVED and one.standing is not None
        ],
        counts={kind.value: counts[kind] for kind in ChangeKind},
        unmet=[
            (
                one,
                names.get((one.forum, one.unit), one.forum),
                [say_reason(reason, language, visible=slugs) for reason in one.reasons],
            )
            for one in found.unmet
            if one.forum in slugs
        ],
        notes=[
            (
                names.get((one.forum, one.unit), one.forum),
                [say_reason(reason, language, visible=slugs) for reason in one.reasons],
            )
            for one in found.notes
            if one.forum in slugs
        ],
        conflicts=[
            (names.get((one.forum, one.unit), one.forum), one)
            for one in kept.conflicts_in(language)
            if one.forum in slugs
        ],
        is_infeasible=found.status is Status.INFEASIBLE,
        is_stale=kept.applied_at is None
        and (
            kept.base_revision != (plan.revision if plan else 0)
            or kept.inputs != fingerprint(planned.year)
        ),
    )


@planning.post("/<period>/forslag/<int:proposal_id>/stopp")
@planning_page
def stop(place: Place, proposal_id: int) -> ResponseReturnValue:
    """Ask the search to stop, wherever it runs."""
    _find(place, proposal_id)
    with current_parts().database.write() as database:
        ask_to_stop(database, proposal_id)
    # The search looks twice a second; waiting a little spares most people another look.
    current_searches().wait(proposal_id, 2)
    flash(_("Letingen er bedt om å stoppe. Forslaget under er det beste som er funnet."))
    return redirect(path_to("proposal", place, proposal_id=proposal_id), 303)


@planning.post("/<period>/forslag/<int:proposal_id>/bruk")
@planning_page
def apply(place: Place, proposal_id: int) -> ResponseReturnValue:
    """Take the proposal into use: nobody else sees it before the year is published."""
    kept = _find(place, proposal_id)
    if kept.state is SearchState.RUNNING:
        # What the page showed may be replaced at any moment.
        return redirect(path_to("proposal", place, proposal_id=proposal_id), 303)
    with current_parts().database.write() as database:
        applied = apply_kept(
            database,
            row_of(database, place),
            read_planned(database, place),
            kept,
            now=current_now(),
            actor_id=the_access().person.id,
        )
    count = applied.added + applied.changed + applied.removed
    to_round = request.form.get("then") == "round"
    done = ngettext(
        "Forslaget er tatt i bruk: %(num)d endring.",
        "Forslaget er tatt i bruk: %(num)d endringer.",
        count,
    )
    unseen = _("Ingen andre ser det før du publiserer.")
    flash(done if to_round else f"{done} {unseen}")
    return redirect(path_to("round_page" if to_round else "dates", place), 303)


def _find(place: Place, proposal_id: int) -> KeptProposal:
    with current_parts().database.read() as database:
        kept = find_kept(
            database, place.municipality.id, place.period, proposal_id, now=current_now()
        )
    return kept or abort(404)


def _names(found: Proposal) -> dict[tuple[str, str | None], str]:
    return {(forum, unit): name for forum, unit, name in found.names}


def _slug(change: Change) -> str:
    source = change.meeting or change.standing
    return source.forum if source is not None else ""


def _months(
    changes: list[Change],
    names: dict[tuple[str, str | None], str],
    slugs: frozenset[str],
    *,
    cases: frozenset[str],
) -> list[Month]:
    language = current_language()
    months: dict[date, list[Row]] = {}
    for change in changes:
        meeting = change.meeting
        if meeting is None:
            continue
        words, tag = change_words(change.kind)
        row = Row(
            on=meeting.date,
            meeting=meeting,
            name=names.get(meeting.key, meeting.forum),
            place="" if meeting.forum in cases else meeting.place or "",
            kind=tag,
            words=words,
            was=change.standing if change.kind is ChangeKind.MOVED else None,
            reasons=tuple(
                say_reason(reason, language, visible=slugs) for reason in meeting.reasons
            ),
        )
        months.setdefault(meeting.date.replace(day=1), []).append(row)
    return [
        Month(first, tuple(sorted(rows, key=lambda row: (row.on, row.meeting.start, row.name))))
        for first, rows in sorted(months.items())
    ]


def _quality(kept: KeptProposal) -> str:
    """Say how good the dates are known to be."""
    found = kept.proposal
    if kept.state is SearchState.RUNNING:
        return _("Dette er det første forslaget. Det holder alle reglene.")
    if found.status is Status.OPTIMAL:
        return _("Datoene er de best mulige: ingen annen plan fordeler møtene jevnere.")
    if found.status is Status.FEASIBLE:
        return _(
            "Forslaget holder alle reglene. Det kan finnes et som er høyst %(share)s %% bedre.",
            share=f"{100 * found.gap:.1f}".replace(".", ","),
        )
    return _("Det er ikke plass til alle møtene. Se hva som står i veien.")
