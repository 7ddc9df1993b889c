"""A municipality's forums: the list, and a page for each."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import Function, MeetingState
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.usecases.visibility import (
    Selection,
    visible_duties,
    visible_forums,
    visible_meetings,
    visible_seats,
)
from web.login.required import login_required, the_municipality
from web.pages.reading import read_as, visible_forum_in
from web.pages.words import (
    attends_words,
    duty_state,
    function_words,
    kind_words,
    level_words,
    meeting_state,
    minutes_words,
    paper_title,
)

__all__ = ["forum"]

forum = Blueprint("forum", __name__)


@forum.get("/<municipality>/forum")
@login_required
def index(municipality: str) -> ResponseReturnValue:
    """List the forums that the reader may know of, each with its next meeting."""
    place = the_municipality()
    with read_as() as (session, reader):
        selection = Selection(municipality_id=place.id)
        forums = visible_forums(session, reader.viewer, selection)
        meetings = visible_meetings(
            session,
            reader.viewer,
            Selection(municipality_id=place.id, from_on=reader.today),
        )
    return render_template(
        "pages/forums.html",
        forums=forums,
        following=_following(meetings),
        kind_words=kind_words,
        slug=municipality,
    )


@forum.get("/<municipality>/forum/<slug>")
@login_required
def show(municipality: str, slug: str) -> ResponseReturnValue:
    """Show one forum; one that the reader may not know of is not found."""
    with read_as() as (session, reader):
        found = visible_forum_in(session, reader, slug)
        meetings = visible_meetings(session, reader.viewer, Selection(forum_id=found.id))
        duties = visible_duties(session, reader.viewer, Selection(forum_id=found.id))
        seats = visible_seats(session, reader.viewer, found.id)
    return render_template(
        "pages/forum.html",
        forum=found,
        today=reader.today,
        upcoming=[one for one in meetings if one.held_on >= reader.today],
        past=[one for one in reversed(meetings) if one.held_on < reader.today][:12],
        papers=[duty for duty in duties if duty.is_unfinished][:6],
        seats_by_function=[
            (function, [seat for seat in seats if seat.function is function])
            for function in Function
            if any(seat.function is function for seat in seats)
        ],
        slug=municipality,
        words={
            "kind": kind_words,
            "level": level_words,
            "function": function_words,
            "attends": attends_words,
            "minutes": minutes_words,
        },
        meeting_state=meeting_state,
        duty_state=duty_state,
        title_of_duty=paper_title,
    )


def _following(meetings: tuple[MeetingSnapshot, ...]) -> dict[int, MeetingSnapshot]:
    following: dict[int, MeetingSnapshot] = {}
    for meeting in meetings:
        if meeting.state is not MeetingState.CANCELLED:
            following.setdefault(meeting.forum_id, meeting)
    return following
