"""The address of a subscription ends, with or without a new one: what follows is said before."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.store.tables import FeedToken
from scheduler.usecases.feeds.subscriptions import (
    Subscription,
    revoke_subscription,
    rotate_subscription,
    subscriptions_of_person,
)
from scheduler.usecases.invitations.choice import wants_invitations
from web.current import current_now
from web.feeds.last_fetch import last_fetch
from web.language import gettext as _
from web.login.required import login_required
from web.pages.new_address import form_mark, make_once
from web.pages.reading import Reader, read_as, the_reader
from web.parts import current_parts

__all__ = ["end_address"]

end_address = Blueprint("end_address", __name__, url_prefix="/abonner/<int:subscription_id>")


@end_address.get("/ny-adresse")
@login_required
def rotate_form(subscription_id: int) -> ResponseReturnValue:
    """Say what a new address does to whoever uses the old one."""
    with read_as() as (session, reader):
        if _has_ended(session, reader, subscription_id):
            return _back()
        own = _own(session, reader, subscription_id)
    return render_template(
        "pages/new_address.html",
        subscription=own,
        once=form_mark(),
        last_fetch=partial(last_fetch, now=reader.now),
    )


@end_address.post("/ny-adresse")
@login_required
def rotate(subscription_id: int) -> ResponseReturnValue:
    """Give a subscription a new address; the old one stops."""
    reader = the_reader()
    with current_parts().database.write() as session:

        def make(secret: str) -> Subscription:
            _own(session, reader, subscription_id)
            return rotate_subscription(
                session,
                subscription_id,
                actor_id=reader.person_id,
                now=current_now(),
                secret=secret,
            )[0]

        made = make_once(session, ("instead", str(subscription_id)), make)
    return redirect(url_for("subscribe.address", subscription_id=made.id), 303)


@end_address.get("/avslutt")
@login_required
def revoke_form(subscription_id: int) -> ResponseReturnValue:
    """Say what is lost with the subscription."""
    with read_as() as (session, reader):
        if _has_ended(session, reader, subscription_id):
            return _back()
        own = _own(session, reader, subscription_id)
        is_last = len(subscriptions_of_person(session, reader.person_id)) == 1
        is_invited = wants_invitations(session, reader.person_id)
    return render_template(
        "pages/end_subscription.html",
        subscription=own,
        is_last=is_last,
        is_invited=is_invited,
        last_fetch=partial(last_fetch, now=reader.now),
    )


@end_address.post("/avslutt")
@login_required
def revoke(subscription_id: int) -> ResponseReturnValue:
    """End a subscription; sent twice, as by a double click, the form does no more than once."""
    reader = the_reader()
    with current_parts().database.write() as session:
        if _has_ended(session, reader, subscription_id):
            return _back()
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


def _has_ended(session: Session, reader: Reader, subscription_id: int) -> bool:
    row = session.get(FeedToken, subscription_id)
    return row is not None and row.owner_id == reader.person_id and row.revoked_at is not None


def _back() -> ResponseReturnValue:
    flash(_("Abonnementet er avsluttet, og adressen virker ikke lenger."))
    return redirect(url_for("subscribe.index"), 303)


def _own(session: Session, reader: Reader, subscription_id: int) -> Subscription:
    own = {one.id: one for one in subscriptions_of_person(session, reader.person_id)}
    if subscription_id not in own:
        abort(404)
    return own[subscription_id]
