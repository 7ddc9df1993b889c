"""How one subscription is written: language, detail, alarm, deadlines and cancelled meetings."""

from __future__ import annotations

from enum import StrEnum

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import FeedDetail
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.usecases.feeds.subscriptions import (
    Subscription,
    change_subscription,
    subscriptions_of_person,
)
from scheduler.usecases.invitations.choice import wants_invitations
from web.current import current_now
from web.forms import Form
from web.language import LANGUAGE_NAMES
from web.language import gettext as _
from web.login.required import login_required, the_access
from web.parts import current_parts

__all__ = ["options"]

options = Blueprint("feed_options", __name__, url_prefix="/abonner")


class Included(StrEnum):
    """Whether a kind of entry stands in the feed."""

    WITH = "with"
    WITHOUT = "without"


@options.get("/<int:subscription_id>/valg")
@login_required
def show(subscription_id: int) -> ResponseReturnValue:
    """Show how the subscription is written."""
    own = _own(subscription_id)
    return _page(own, Form(_values(own)))


@options.post("/<int:subscription_id>/valg")
@login_required
def change(subscription_id: int) -> ResponseReturnValue:
    """Write it another way from its next fetch on; the address stays."""
    own = _own(subscription_id)
    form = Form(request.form)
    label = form.line("label", _("Navn på abonnementet"), longest=60)
    language = form.choice("language", _("Språk"), Language)
    detail = form.choice("detail", _("Hvor mye som vises"), FeedDetail)
    alarm = form.choice("alarm", _("Varsel i kalenderen"), FeedAlarm)
    duties = form.choice("duties", _("Frister"), Included)
    cancelled = form.choice("cancelled", _("Avlyste møter"), Included)
    if form.problems or not (language and detail and alarm and duties and cancelled):
        return _page(own, form), 422
    with current_parts().database.write() as session:
        change_subscription(
            session,
            subscription_id,
            FeedOptions(
                language=language,
                detail=detail,
                alarm=alarm,
                with_duties=duties is Included.WITH,
                with_cancelled=cancelled is Included.WITH,
            ),
            label=label,
            actor_id=the_access().person.id,
            now=current_now(),
        )
    flash(_("Abonnementet «%(label)s» er endret. Adressen er den samme.", label=label))
    return redirect(url_for("subscribe.index"), 303)


def _page(own: Subscription, form: Form) -> str:
    with current_parts().database.read() as session:
        invited = wants_invitations(session, the_access().person.id)
    return render_template(
        "feeds/options.html",
        wants_invitations=invited,
        subscription=own,
        form=form,
        languages=[(language.value, name) for language, name in LANGUAGE_NAMES.items()],
        details=[
            (FeedDetail.FULL.value, _("Alt: tittel, sted og saksliste")),
            (FeedDetail.TITLE.value, _("Bare tittel og tid")),
            (FeedDetail.BUSY.value, _("Bare at jeg er opptatt")),
        ],
        alarms=[
            (FeedAlarm.NONE.value, _("Ingen")),
            (FeedAlarm.QUARTER_HOUR.value, _("15 minutter før")),
            (FeedAlarm.HOUR.value, _("En time før")),
            (FeedAlarm.DAY.value, _("En dag før")),
        ],
        duties=[
            (Included.WITH.value, _("Ta med fristene mine som heldagshendelser")),
            (Included.WITHOUT.value, _("Bare møter")),
        ],
        cancelled=[
            (Included.WITH.value, _("Vis dem i 30 dager, merket AVLYST")),
            (Included.WITHOUT.value, _("Ta dem bort med en gang")),
        ],
    )


def _values(own: Subscription) -> dict[str, str]:
    chosen = own.options
    return {
        "label": own.label,
        "language": chosen.language.value,
        "detail": chosen.detail.value,
        "alarm": chosen.alarm.value,
        "duties": (Included.WITH if chosen.with_duties else Included.WITHOUT).value,
        "cancelled": (Included.WITH if chosen.with_cancelled else Included.WITHOUT).value,
    }


def _own(subscription_id: int) -> Subscription:
    with current_parts().database.read() as session:
        own = {one.id: one for one in subscriptions_of_person(session, the_access().person.id)}
    if subscription_id not in own:
        abort(404)
    return own[subscription_id]
