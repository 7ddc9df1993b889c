"""The revisions of a year, and what differs between two of them."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import MeetingState
from scheduler.usecases.year.revisions import (
    Revision,
    RevisionMeeting,
    compare,
    revisions_of,
    standing_revision,
)
from scheduler.usecases.year.series_choice import series_of
from web.parts import current_parts
from web.planning.blueprint import (
    Place,
    case_slugs,
    page,
    planning,
    planning_page,
    visible_slugs,
)
from web.planning.words import cause_words, meeting_words

__all__ = ["compared", "revisions"]


@planning.get("/<period>/utgaver")
@planning_page
def revisions(place: Place) -> ResponseReturnValue:
    """List the revisions, newest first."""
    found, slugs, _names = _read(place)
    return page(
        "revisions",
        place,
        revisions=[
            (
                one,
                cause_words(one.cause),
                len(
                    [
                        meeting
                        for meeting in one.meetings
                        if meeting.forum in slugs and meeting.state is not MeetingState.CANCELLED
                    ]
                ),
            )
            for one in found
        ],
    )


@planning.get("/<period>/utgaver/sammenlign")
@planning_page
def compared(place: Place) -> ResponseReturnValue:
    """Show the meetings that differ; the address names the revisions, 0 for what stands now."""
    found, slugs, names = _read(place)
    before = _chosen(found, request.args.get("fra", type=int))
    after = _chosen(found, request.args.get("til", type=int))
    return page(
        "compared",
        place,
        before=before,
        after=after,
        cause_words=cause_words,
        meeting_words=meeting_words,
        changes=[
            (names.get(_key(shown), shown.forum), change)
            for change in compare(before, after)
            for shown in (change.after or change.before,)
            if shown is not None and shown.forum in slugs
        ],
    )


def _read(place: Place) -> tuple[list[Revision], frozenset[str], dict[str, str]]:
    with current_parts().database.read() as database:
        kept = revisions_of(database, place.municipality.id, place.period)
        now = standing_revision(database, place.municipality.id, place.period)
        slugs = visible_slugs(database, place)
        cases = case_slugs(database, place)
        names = {one.key: one.name for one in series_of(database, place.municipality.id)}
    # A year's own number also counts changes that are kept as no edition: the list has no holes.
    numbered = (
        replace(_without_places(one, cases), number=len(kept) + 1 - older)
        for older, one in enumerate((now, *kept))
    )
    return list(numbered), slugs, names


def _without_places(revision: Revision, forums: frozenset[str]) -> Revision:
    meetings = (
        replace(one, place=None) if one.forum in forums else one for one in revision.meetings
    )
    return replace(revision, meetings=tuple(meetings))


def _chosen(found: list[Revision], number: int | None) -> Revision:
    return next((one for one in found if one.id == number), None) or abort(404)


def _key(meeting: RevisionMeeting) -> str:
    return f"{meeting.forum}@{meeting.unit}" if meeting.unit else meeting.forum
