"""`/<municipality>/administrasjon/kalenderadresser`: addresses on paper, for who never logs in."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.enums import FeedScope, Role
from scheduler.domain.language import Language
from scheduler.usecases.feeds.printed import (
    Printable,
    end_printed,
    print_address,
    printable,
    printed_addresses,
)
from scheduler.usecases.feeds.private_links import private_links_allowed
from scheduler.usecases.feeds.subscriptions import Subscription, UnknownSubscriptionError
from scheduler.usecases.feeds.target import FeedTarget
from web.addresses import feed_address
from web.admin.blueprint import the_acting
from web.current import absolute_url
from web.forms import Form
from web.language import LANGUAGE_NAMES, choose_language, current_language
from web.language import gettext as _
from web.login.required import role_required, the_municipality
from web.pages.new_address import forget_address, form_mark, make_once, shown_address
from web.pages.qr import qr_svg
from web.parts import current_parts

__all__ = ["printed"]

printed = Blueprint(
    "printed", __name__, url_prefix="/<municipality>/administrasjon/kalenderadresser"
)


@printed.get("")
@role_required(Role.ADMINISTRATOR)
def index(municipality: str) -> ResponseReturnValue:
    """Show the printed addresses, and the form for a new one."""
    del municipality
    forget_address()
    return _page(Form({"what": "municipality", "language": current_language().value}))


@printed.post("")
@role_required(Role.ADMINISTRATOR)
def create(municipality: str) -> ResponseReturnValue:
    """Make an address; the next page is the sheet to print."""
    acting = the_acting()
    form = Form(request.form)
    what = form.line("what", _("Hva skal stå i kalenderen?"))
    label = form.line("label", _("Hvem den er til"), longest=60)
    language = form.choice("language", _("Språk"), Language)
    with current_parts().database.read() as session:
        found = {
            _name_of(one.target): one
            for one in printable(session, acting.municipality_id, today=acting.today)
        }
    if what and what not in found:
        form.refuse("what", _("Hva skal stå i kalenderen? må være et av valgene"))
    if form.problems or language is None:
        return _page(form), 422
    chosen = language
    with current_parts().database.write() as session:
        made = make_once(
            session,
            ("printed", municipality, what, label, chosen),
            lambda secret: print_address(
                session, acting, found[what].target, label=label, language=chosen, secret=secret
            )[0],
        )
    return redirect(
        url_for("printed.sheet", municipality=municipality, subscription_id=made.id), 303
    )


@printed.get("/<int:subscription_id>/ark")
@role_required(Role.ADMINISTRATOR)
def sheet(municipality: str, subscription_id: int) -> ResponseReturnValue:
    """Show the sheet of an address that was made a moment ago, and of no other."""
    acting = the_acting()
    with current_parts().database.read() as session:
        shown = shown_address(session, subscription_id)
        may = printable(session, acting.municipality_id, today=acting.today)
        private = private_links_allowed(session, [acting.municipality_id])
    found = {one.target: one for one in may}
    if shown is None or shown[0].owner_id is not None or shown[0].target not in found:
        flash(_("Adressen vises bare én gang. Er arket borte for deg, lager du et nytt."))
        return redirect(url_for("printed.index", municipality=municipality), 303)
    made, secret = shown
    # The paper is for who reads the calendar.
    choose_language(made.options.language)
    address = feed_address(absolute_url(""), secret)
    return render_template(
        "feeds/printed_sheet.html",
        subscription=made,
        shows=_shows(found[made.target]),
        address=address,
        # A telephone's camera opens what it reads: a subscription, where that is allowed.
        qr=qr_svg("webcal://" + address.partition("://")[2]) if private else None,
    )


@printed.post("/<int:subscription_id>/avslutt")
@role_required(Role.ADMINISTRATOR)
def end(municipality: str, subscription_id: int) -> ResponseReturnValue:
    """End a printed address."""
    try:
        with current_parts().database.write() as session:
            ended = end_printed(session, the_acting(), subscription_id)
    except UnknownSubscriptionError:
        abort(404)
    flash(_("Adressen til «%(label)s» er avsluttet.", label=ended.label))
    return redirect(url_for("printed.index", municipality=municipality), 303)


def _page(form: Form) -> str:
    acting = the_acting()
    with current_parts().database.read() as session:
        may = printable(session, acting.municipality_id, today=acting.today)
        live = printed_addresses(session, acting.municipality_id)
    names = {_name_of(one.target): _shows(one) for one in may}
    return render_template(
        "feeds/printed.html",
        form=form,
        once=form_mark(),
        choices=list(names.items()),
        languages=[(language.value, name) for language, name in LANGUAGE_NAMES.items()],
        addresses=[(one, _shown(one, names)) for one in live],
    )


def _name_of(target: FeedTarget) -> str:
    number = target.position_id or target.forum_id
    return f"{target.scope.value}:{number}" if number else target.scope.value


def _shown(one: Subscription, names: dict[str, str]) -> str:
    # One that was made on the command line may be for what is not said here.
    return names.get(_name_of(one.target), "–")


def _shows(one: Printable) -> str:
    place = the_municipality().name
    match one.target.scope:
        case FeedScope.MUNICIPALITY:
            return _("Alle åpne forum i %(place)s, med fristene til alle", place=place)
        case FeedScope.LEADERS:
            return _("Gjennomganger og rapporter i %(place)s", place=place)
        case FeedScope.POSITION:
            return _("Stillingen %(title)s", title=one.name)
        case _:
            return _("Bare %(forum)s, med fristene til alle", forum=one.name)
