"""The start page of a person: what to do now, the next meetings, calendar and reminders."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import MeetingState
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.first_steps import first_steps
from scheduler.usecases.feeds.subscriptions import subscriptions_of_person
from scheduler.usecases.invitations.choice import wants_invitations
from scheduler.usecases.invitations.standing import missed_by
from scheduler.usecases.pages.following import followed_duties
from scheduler.usecases.pages.reminders import coming_reminders
from scheduler.usecases.pages.seats import own_seats
from scheduler.usecases.visibility import Selection, own_duties, own_meetings
from web.admin.words import step_words
from web.login.required import login_required
from web.pages.duties import duty_rows
from web.pages.reading import Reader, current_holidays_of, read_as
from web.pages.words import function_words, meeting_state, title_of_duty

__all__ = ["person"]

person = Blueprint("person", __name__)

_AHEAD = timedelta(days=21)
_MEETINGS = 6
_REMINDERS = 5
_STAYS_CANCELLED = timedelta(days=14)


@person.get("/")
@login_required
def index() -> ResponseReturnValue:
    """Show what concerns the person who is logged in, in all their municipalities."""
    with read_as() as (session, reader):
        duties = own_duties(
            session,
            reader.viewer,
            Selection(unfinished=True, until_on=reader.today + _AHEAD),
        )
        followed = followed_duties(session, reader.viewer)
        meetings = own_meetings(session, reader.viewer, Selection(from_on=reader.today))
        seats = own_seats(session, reader.viewer)
        beginnings = [
            (place, steps)
            for place in reader.access.municipalities
            if reader.access.may_administer(place.id)
            and (steps := first_steps(session, _acting(reader, place.id))) is not None
        ]
        subscriptions = subscriptions_of_person(session, reader.person_id)
        by_invitation = wants_invitations(session, reader.person_id)
        missed = missed_by(session, reader.person_id) if by_invitation else frozenset()
        reminders = coming_reminders(
            session, reader.viewer, limit=_REMINDERS, holidays_of=current_holidays_of()
        )
    shown = [
        one
        for one in meetings
        if one.state is not MeetingState.CANCELLED or one.held_on <= reader.today + _STAYS_CANCELLED
    ][:_MEETINGS]
    return render_template(
        "pages/person.html",
        today=reader.today,
        rows=duty_rows(duties, reader),
        followed=len(followed),
        beginnings=beginnings,
        late=sum(1 for duty in duties if duty.is_late(reader.today)),
        meetings=[
            (
                one,
                meeting_state(one),
                [function_words(each) for each in seats.in_meeting(one.forum_id, one.unit_id)],
            )
            for one in shown
        ],
        more_meetings=len(meetings) > len(shown),
        subscriptions=subscriptions,
        by_invitation=by_invitation,
        missed=sum(1 for one in meetings if one.id in missed),
        reminders=reminders,
        title_of_duty=title_of_duty,
        step_words=step_words,
        several=len(reader.access.municipalities) > 1,
        home_municipality=reader.access.municipalities[0] if reader.access.municipalities else None,
    )


def _acting(reader: Reader, municipality_id: int) -> Acting:
    return Acting(
        municipality_id=municipality_id,
        person_id=reader.person_id,
        now=reader.now,
        today=reader.today,
    )
