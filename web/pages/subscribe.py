"""Subscriptions: what they show, how each calendar program is told of them, and how they end."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from urllib.parse import quote

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import FeedScope
from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases.access.access import Access
from scheduler.usecases.feeds.private_links import private_links_allowed
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    Subscription,
    create_subscription,
    revoke_subscription,
    rotate_subscription,
    subscriptions_of_person,
)
from scheduler.usecases.invitations.choice import Choice, choice_of
from scheduler.usecases.pages.seats import own_seats
from scheduler.usecases.visibility import Selection, Viewer, visible_forums
from web.addresses import feed_address
from web.current import absolute_url, current_now
from web.feeds.last_fetch import last_fetch
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import login_required
from web.pages.qr import qr_svg
from web.pages.reading import Reader, read_as, the_reader
from web.parts import current_parts

__all__ = ["subscribe"]

subscribe = Blueprint("subscribe", __name__, url_prefix="/abonner")


class Duties(StrEnum):
    """Whether the deadlines are in the calendar too."""

    WITH = "with"
    WITHOUT = "without"


@subscribe.get("")
@login_required
def index() -> ResponseReturnValue:
    """Show the reader's subscriptions and the form for a new one."""
    wanted = request.args.get("forum")
    return _page(Form({"what": f"forum:{wanted}" if wanted else "person", "duties": "with"}))


@subscribe.post("")
@login_required
def create() -> ResponseReturnValue:
    """Make a subscription and show its address, this once."""
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
    with current_parts().database.write() as session:
        made, secret = create_subscription(
            session,
            target,
            owner_id=reader.person_id,
            label=label,
            language=current_language(),
            now=current_now(),
            with_duties=duties is Duties.WITH,
        )
    return _made(made, secret)


@subscribe.post("/<int:subscription_id>/ny-adresse")
@login_required
def rotate(subscription_id: int) -> ResponseReturnValue:
    """Give a subscription a new address; the old one stops."""
    reader = the_reader()
    with current_parts().database.write() as session:
        _own(session, reader, subscription_id)
        made, secret = rotate_subscription(
            session, subscription_id, actor_id=reader.person_id, now=current_now()
        )
    return _made(made, secret)


@subscribe.post("/<int:subscription_id>/avslutt")
@login_required
def revoke(subscription_id: int) -> ResponseReturnValue:
    """End a subscription."""
    reader = the_reader()
    with current_parts().database.write() as session:
        ended = _own(session, reader, subscription_id)
        revoke_subscription(session, subscription_id, actor_id=reader.person_id, now=current_now())
    flash(
        _(
            "Abonnementet «%(label)s» er avsluttet. Det som alt er hentet, blir liggende i "
            "kalenderen til du sletter det der.",
            label=ended.label,
        )
    )
    return redirect(url_for("subscribe.index"), 303)


def _page(form: Form) -> str:
    with read_as() as (session, reader):
        subscriptions = subscriptions_of_person(session, reader.person_id)
        forums = _own_forums(session, reader.viewer)
        choice = choice_of(session, reader.person_id, now=reader.now)
    return render_template(
        "pages/subscribe.html",
        form=form,
        choice=choice,
        choices=_choices(reader.access, forums, _everything(choice)),
        downloads=[
            (place.name, year, f"/{place.slug}/last-ned/{year}")
            for place in reader.access.municipalities
            for year in (reader.today.year, reader.today.year + 1)
        ],
        subscriptions=[(one, _shows(one, reader.access, forums, choice)) for one in subscriptions],
        last_fetch=partial(last_fetch, now=reader.now),
    )


def _made(made: Subscription, secret: str) -> str:
    with read_as() as (session, reader):
        private = private_links_allowed(session, reader.viewer.municipality_ids)
    address = feed_address(absolute_url(""), secret)
    webcal = address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)
    return render_template(
        "pages/subscribed.html",
        subscription=made,
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        qr=qr_svg(webcal),
        private_links=private,
    )


def _everything(choice: Choice) -> str:
    """Say what a subscription to everything of the reader's holds."""
    if choice.wants_invitations:
        return _("Alle mine frister (møtene kommer som invitasjoner)")
    return _("Alle mine møter og frister")


def _choices(access: Access, forums: list[ForumSnapshot], everything: str) -> list[tuple[str, str]]:
    several = len(access.municipalities) > 1
    places = {place.id: place.name for place in access.municipalities}
    choices = [("person", everything)]
    held = [one for one in access.positions if one.id in access.viewer.position_ids]
    if len(held) > 1:
        choices += [
            (f"position:{one.id}", _("Stillingen %(title)s", title=one.title)) for one in held
        ]
    for forum in forums:
        name = f"{forum.name} ({places[forum.municipality_id]})" if several else forum.name
        choices.append((f"forum:{forum.id}", _("Bare %(forum)s", forum=name)))
    choices += [
        (f"municipality:{place.slug}", _("Alle åpne forum i %(place)s", place=place.name))
        for place in access.municipalities
    ]
    choices += [
        (f"leaders:{place.slug}", _("Gjennomganger og rapporter i %(place)s", place=place.name))
        for place in access.municipalities
    ]
    return choices


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


def _shows(
    one: Subscription, access: Access, forums: list[ForumSnapshot], choice: Choice
) -> list[str]:
    """Say what a subscription shows, and what it leaves out."""
    scope = one.target.scope
    own = scope in (FeedScope.PERSON, FeedScope.POSITION)
    if own and choice.wants_invitations and not one.with_duties:
        named = [] if scope is FeedScope.PERSON else [_named(one, access, forums, choice)]
        return [*named, _("bare møter du ikke får som invitasjon, ofte ingen")]
    said = [_named(one, access, forums, choice)]
    if choice.wants_invitations and scope is not FeedScope.PERSON:
        said.append(_("uten møtene du får som invitasjoner"))
    if not one.with_duties:
        said.append(_("uten frister"))
    return said


def _named(one: Subscription, access: Access, forums: list[ForumSnapshot], choice: Choice) -> str:
    target = one.target
    match target.scope:
        case FeedScope.PERSON:
            return _everything(choice)
        case FeedScope.POSITION:
            titles = [held.title for held in access.positions if held.id == target.position_id]
            return titles[0] if titles else _("En stilling du ikke har lenger")
        case FeedScope.FORUM:
            names = [forum.name for forum in forums if forum.id == target.forum_id]
            return names[0] if names else _("Et forum du ikke har tilgang til lenger")
        case FeedScope.MUNICIPALITY:
            places = [
                place.name for place in access.municipalities if place.id == target.municipality_id
            ]
            return _("Alle åpne forum i %(place)s", place=places[0]) if places else "–"
        case FeedScope.LEADERS:
            places = [
                place.name for place in access.municipalities if place.id == target.municipality_id
            ]
            return _("Gjennomganger og rapporter i %(place)s", place=places[0]) if places else "–"


def _own(session: Session, reader: Reader, subscription_id: int) -> Subscription:
    own = {one.id: one for one in subscriptions_of_person(session, reader.person_id)}
    if subscription_id not in own:
        abort(404)
    return own[subscription_id]
