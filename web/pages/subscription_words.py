"""What a subscription can be to, and what one holds, in words."""

from __future__ import annotations

from scheduler.domain.enums import FeedScope
from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases.access.access import Access
from scheduler.usecases.feeds.subscriptions import Subscription
from scheduler.usecases.invitations.choice import Choice
from web.language import gettext as _

__all__ = ["shown_in", "subscription_choices"]


def subscription_choices(
    access: Access, forums: list[ForumSnapshot], choice: Choice
) -> list[tuple[str, str]]:
    """Return what somebody can subscribe to, with its name in the form."""
    several = len(access.municipalities) > 1
    places = {place.id: place.name for place in access.municipalities}
    choices = [("person", _everything(choice))]
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


def shown_in(
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


def _everything(choice: Choice) -> str:
    """Say what a subscription to everything of the reader's holds."""
    if choice.wants_invitations:
        return _("Alle mine frister (møtene kommer som invitasjoner)")
    return _("Alle mine møter og frister")
