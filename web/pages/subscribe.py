"""Subscriptions: what they show, and how each calendar program is told of them."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import FeedScope
from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases.feeds.private_links import private_links_allowed
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    create_subscription,
    subscriptions_of_person,
)
from scheduler.usecases.invitations.choice import choice_of
from scheduler.usecases.pages.seats import own_seats
from scheduler.usecases.visibility import Selection, Viewer, visible_forums
from web.addresses import feed_address
from web.current import absolute_url, current_now
from web.feeds.last_fetch import last_fetch
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.new_address import forget_address, form_mark, make_once, shown_address
from web.pages.qr import qr_svg
from web.pages.reading import Reader, read_as, the_reader
from web.pages.subscription_words import shown_in, subscription_choices
from web.parts import current_parts

__all__ = ["subscribe", "thunderbird_link"]

subscribe = Blueprint("subscribe", __name__, url_prefix="/abonner")


class Duties(StrEnum):
    """Whether the deadlines are in the calendar too."""

    WITH = "with"
    WITHOUT = "without"


@subscribe.get("")
@login_required
def index() -> ResponseReturnValue:
    """Show the reader's subscriptions and the form for a new one."""
    forget_address()
    wanted = request.args.get("forum")
    return _page(Form({"what": f"forum:{wanted}" if wanted else "person", "duties": "with"}))


@subscribe.post("")
@login_required
def create() -> ResponseReturnValue:
    """Make a subscription; the next page shows its address."""
    reader = the_reader()
    form = Form(request.form)
    what = form.line("what", _("Hva vil du ha i kalenderen?"))
    label = form.line("label", _("Navn på abonnementet"), longest=60)
    duties = form.choice("duties", _("Frister"), Duties)
    with current_parts().database.read() as session:
        target = _target(session, reader, what)
    if what and target is None:
        form.refuse("what", _("Hva vil du ha i kalenderen? må være et av valgene"))
    if target is None or duties is None or form.problems:
        return _page(form), 422
    wanted = target
    with current_parts().database.write() as session:
        made = make_once(
            session,
            ("new", what, label, duties),
            lambda secret: create_subscription(
                session,
                wanted,
                owner_id=reader.person_id,
                label=label,
                language=current_language(),
                now=current_now(),
                with_duties=duties is Duties.WITH,
                secret=secret,
            )[0],
        )
    return redirect(url_for("subscribe.address", subscription_id=made.id), 303)


@subscribe.get("/<int:subscription_id>/adresse")
@login_required
def address(subscription_id: int) -> ResponseReturnValue:
    """Show the address of a subscription that was made a moment ago, and of no other."""
    with read_as() as (session, reader):
        shown = shown_address(session, subscription_id)
        private = private_links_allowed(session, reader.viewer.municipality_ids)
    if shown is None:
        flash(_("Adressen vises bare én gang. Er den borte for deg, lager du en ny adresse."))
        return redirect(url_for("subscribe.index"), 303)
    made, secret = shown
    whole = feed_address(absolute_url(""), secret)
    webcal = "webcal://" + whole.partition("://")[2]
    return render_template(
        "pages/subscribed.html",
        subscription=made,
        address=whole,
        webcal=webcal,
        thunderbird=thunderbird_link(whole),
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        qr=qr_svg(webcal),
        private_links=private,
        downloads=_downloads(reader),
    )


def thunderbird_link(address: str) -> str:
    """Return the link that opens Thunderbird's dialog for a new calendar.

    To it webcal means http and webcals https: by the wrong one the secret would go in the clear.
    """
    return address.replace("http", "webcal", 1)


def _page(form: Form) -> str:
    with read_as() as (session, reader):
        subscriptions = subscriptions_of_person(session, reader.person_id)
        forums = _own_forums(session, reader.viewer)
        choice = choice_of(session, reader.person_id, now=reader.now)
    return render_template(
        "pages/subscribe.html",
        form=form,
        once=form_mark(),
        choice=choice,
        choices=subscription_choices(reader.access, forums, choice),
        downloads=_downloads(reader),
        subscriptions=[
            (one, shown_in(one, reader.access, forums, choice)) for one in subscriptions
        ],
        last_fetch=partial(last_fetch, now=reader.now),
    )


def _downloads(reader: Reader) -> list[tuple[str, int, str]]:
    """Return the years that can be had as a file: whose, which, and the path before its kind."""
    return [
        (place.name, year, f"/{place.slug}/last-ned/{year}")
        for place in reader.access.municipalities
        for year in (reader.today.year, reader.today.year + 1)
    ]


def _target(session: Session, reader: Reader, what: str) -> FeedTarget | None:
    """Return what the reader chose, or None for anything not theirs to choose."""
    access = reader.access
    kind, _colon, name = what.partition(":")
    if what == "person":
        return FeedTarget(scope=FeedScope.PERSON, person_id=reader.person_id)
    if kind == "position":
        held = [one for one in access.positions if one.id in access.viewer.position_ids]
        for one in held:
            if str(one.id) == name:
                return FeedTarget(
                    scope=FeedScope.POSITION,
                    municipality_id=one.municipality_id,
                    position_id=one.id,
                )
    if kind == "forum":
        for forum in _own_forums(session, reader.viewer):
            if str(forum.id) == name:
                return FeedTarget(
                    scope=FeedScope.FORUM,
                    municipality_id=forum.municipality_id,
                    forum_id=forum.id,
                )
    if kind in (FeedScope.MUNICIPALITY, FeedScope.LEADERS):
        place = access.municipality(name)
        if place is not None:
            return FeedTarget(scope=FeedScope(kind), municipality_id=place.id)
    return None


def _own_forums(session: Session, viewer: Viewer) -> list[ForumSnapshot]:
    """Return the forums the reader may subscribe to: open ones, and closed ones of their own."""
    seats = own_seats(session, viewer)
    forums = visible_forums(session, viewer, Selection())
    own = [forum for forum in forums if forum.id in seats.forum_ids]
    others = [
        forum for forum in forums if forum.id not in seats.forum_ids and not forum.level.is_case
    ]
    return own + others
