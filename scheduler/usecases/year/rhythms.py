"""The forums of a year with how often they meet, and the choice of a rhythm the plan lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.cadence import Cadence, to_json
from scheduler.domain.enums import ForumLevel, SetBy
from scheduler.planning import Reason, ReasonCode, YearInput, propose
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Municipality

__all__ = ["ForumRhythm", "choose_rhythm", "forum_rhythms"]

_WORDS = "rhythms"
_FOR_A_PERSON = (ReasonCode.NO_RHYTHM, ReasonCode.UNKNOWN_ANCHOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumRhythm:
    """A forum with its rhythm and what it gives in the year.

    `words` are the plan's own, `chosen_words` the municipality's. `unmet` are reasons why it gets
    no dates, `notes` what else is worth knowing.
    """

    slug: str
    name: str
    level: ForumLevel
    words: str | None
    chosen_words: str | None
    weekday: str | None
    dates_set_by_others: bool
    meetings: int
    unmet: tuple[Reason, ...]
    notes: tuple[Reason, ...]

    @property
    def needs_choice(self) -> bool:
        """Tell whether there are no dates until a person says how often, or since when."""
        return any(reason.code in _FOR_A_PERSON for reason in self.unmet)


def forum_rhythms(
    session: Session, municipality: Municipality, year: YearInput
) -> tuple[ForumRhythm, ...]:
    """Return every forum in use, those that ask for something first."""
    proposal = propose(year)
    words = municipality.choices.get(_WORDS, {})
    rows = session.exec(
        select(Forum).where(
            Forum.municipality_id == id_of(municipality), col(Forum.retired_on).is_(None)
        )
    )
    found = [
        ForumRhythm(
            slug=row.slug,
            name=row.name,
            level=row.level,
            words=row.rhythm_words,
            chosen_words=words.get(row.slug),
            weekday=row.weekday,
            dates_set_by_others=row.dates_set_by is SetBy.OTHERS,
            meetings=sum(one.forum == row.slug and not one.cancelled for one in proposal.meetings),
            unmet=_reasons(one.reasons for one in proposal.unmet if one.forum == row.slug),
            notes=_reasons(one.reasons for one in proposal.notes if one.forum == row.slug),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (not one.unmet, one.name, one.slug)))


def choose_rhythm(
    session: Session,
    municipality: Municipality,
    slug: str,
    words: str,
    cadence: Cadence,
    *,
    anchor_on: date | None,
    now: datetime,
    actor_id: int | None,
) -> bool:
    """Let the municipality settle how often a forum meets; the plan's own words stand.

    `anchor_on` is when it last met, for what is done every few years. Tells whether the forum is
    there.
    """
    row = session.exec(
        select(Forum).where(
            Forum.municipality_id == id_of(municipality),
            Forum.slug == slug,
            col(Forum.retired_on).is_(None),
        )
    ).one_or_none()
    if row is None:
        return False
    row.cadence = to_json(cadence)
    chosen = {*row.chosen, "cadence"}
    if anchor_on is not None:
        row.anchor_on = anchor_on
        chosen.add("anchor_on")
    row.chosen = sorted(chosen)
    session.add(row)
    kept = {**municipality.choices.get(_WORDS, {}), slug: words}
    municipality.choices = {**municipality.choices, _WORDS: kept}
    session.add(municipality)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=id_of(municipality),
            person_id=actor_id,
            action="choose_rhythm",
            entity="forum",
            entity_id=id_of(row),
            after={"rhythm": words},
        )
    )
    session.flush()
    return True


def _reasons(found: Iterable[tuple[Reason, ...]]) -> tuple[Reason, ...]:
    # The same is said once, however many units it holds for.
    return tuple(dict.fromkeys(reason for reasons in found for reason in reasons))
