"""The municipality's own settings, and the numbers no plan gives ("kommunens valg")."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind, DutyKind, LinkKind, PeriodKind
from scheduler.domain.language import Language
from scheduler.domain.planfile import Choices
from scheduler.domain.reminders import ReminderSettings, reminder_settings
from scheduler.store.in_force import in_use
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, ForumLink, Municipality, Plan, Position, RecurringDuty
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.positions import position_row

__all__ = [
    "MunicipalitySettings",
    "change_municipality",
    "read_municipality",
    "titles_of_positions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalitySettings:
    """Everything of the municipality that an administrator may change.

    `notice_days` and `receives_minutes_days` are calendar days before a meeting; `minutes_days`,
    `council_paper_days` and the numbers of the reminders are working days. `plan_owner` is a
    position's slug.
    """

    name: str
    number: str | None
    language: Language
    period_kind: PeriodKind
    plan_owner: str | None
    notice_days: int
    minutes_days: int
    receives_minutes_days: int
    meeting_minutes: int
    core_from: time
    core_until: time
    revision_years: int
    yearly_due: tuple[int, int]
    council_paper_days: int
    closed: tuple[ClosedKind, ...]
    notice_before: int
    minutes_before: int
    minutes_after: int
    minutes_leader: int
    leader_at_once: bool
    opens: time
    closes: time
    content_free_mail: bool


def read_municipality(session: Session, acting: Acting) -> MunicipalitySettings:
    """Return the settings as they stand, with what is used where nothing has been chosen."""
    row = session.get_one(Municipality, acting.municipality_id)
    choices = {**Choices().kept(), **row.choices}
    reminders = reminder_settings(choices)
    core_from, core_until = str(choices["core_time"]).split("-")
    month, day = str(choices["yearly_due"]).split("-")
    return MunicipalitySettings(
        name=row.name,
        number=row.number,
        language=row.language,
        period_kind=row.period_kind,
        plan_owner=_plan_owner(session, acting) or choices["plan_owner"],
        notice_days=choices["notice_days"],
        minutes_days=choices["minutes_days"],
        receives_minutes_days=choices["receives_minutes_days"],
        meeting_minutes=choices["meeting_minutes"],
        core_from=time.fromisoformat(core_from),
        core_until=time.fromisoformat(core_until),
        revision_years=choices["revision_years"],
        yearly_due=(int(month), int(day)),
        council_paper_days=choices["council_paper_days"],
        closed=tuple(kind for kind in ClosedKind if kind.value in choices["closed"]),
        notice_before=reminders.notice_before,
        minutes_before=reminders.minutes_before,
        minutes_after=reminders.minutes_after,
        minutes_leader=reminders.minutes_leader,
        leader_at_once=reminders.leader_at_once,
        opens=reminders.opens,
        closes=reminders.closes,
        content_free_mail=choices.get("content_free_mail") is True,
    )


def change_municipality(session: Session, acting: Acting, wanted: MunicipalitySettings) -> bool:
    """Make the settings what is wanted; tell whether anything changed.

    A forum, a link or a duty that has a number because the municipality chose it follows the new
    choice; what the plan says, or somebody set apart, stands. Dates already planned stand too.

    Raises:
        NotHereError: the plan's owner is no position here.
    """
    before = read_municipality(session, acting)
    if before == wanted:
        return False
    owner = position_row(session, acting, wanted.plan_owner) if wanted.plan_owner else None
    row = session.get_one(Municipality, acting.municipality_id)
    earlier = {**Choices().kept(), **row.choices}
    row.name, row.number = wanted.name, wanted.number
    row.language, row.period_kind = wanted.language, wanted.period_kind
    row.choices = {**row.choices, **_kept(wanted, row.choices)}
    session.add(row)
    plan = session.exec(
        select(Plan).where(Plan.municipality_id == acting.municipality_id)
    ).one_or_none()
    if plan is not None:
        plan.owner_position_id = None if owner is None else id_of(owner)
        session.add(plan)
    _let_follow(session, acting, earlier, row.choices)
    after = read_municipality(session, acting)
    changed = [
        field.name
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
    ]
    note(
        session,
        acting,
        "municipality.changed",
        entity="municipality",
        entity_id=acting.municipality_id,
        before={name: _plain(getattr(before, name)) for name in changed},
        after={name: _plain(getattr(after, name)) for name in changed},
    )
    return True


def titles_of_positions(session: Session, acting: Acting) -> tuple[tuple[str, str], ...]:
    """Return slug and title of each position in use, by title."""
    rows = session.exec(
        select(Position)
        .where(
            Position.municipality_id == acting.municipality_id,
            in_use(Position.retired_on, acting.today),
        )
        .order_by(col(Position.title), col(Position.id))
    )
    return tuple((row.slug, row.title) for row in rows)


def _plan_owner(session: Session, acting: Acting) -> str | None:
    return session.exec(
        select(Position.slug)
        .join(Plan, col(Plan.owner_position_id) == col(Position.id))
        .where(Plan.municipality_id == acting.municipality_id)
    ).one_or_none()


def _kept(wanted: MunicipalitySettings, now: dict[str, Any]) -> dict[str, Any]:
    choices = Choices(
        notice_days=wanted.notice_days,
        minutes_days=wanted.minutes_days,
        receives_minutes_days=wanted.receives_minutes_days,
        meeting_minutes=wanted.meeting_minutes,
        core_time=(wanted.core_from, wanted.core_until),
        revision_years=wanted.revision_years,
        yearly_due=wanted.yearly_due,
        council_paper_days=wanted.council_paper_days,
        # Only the plan file says it; the page leaves it as it is.
        treated_within_days=now.get("treated_within_days", Choices().treated_within_days),
        plan_owner=wanted.plan_owner,
        closed=wanted.closed,
    )
    # What is not on the page, as a forum's own numbers, stands.
    reminders = {
        **now.get("reminders", {}),
        **{name: _plain(getattr(wanted, name)) for name in _REMINDERS},
    }
    return {
        **choices.kept(),
        "reminders": reminders,
        "content_free_mail": wanted.content_free_mail,
    }


_REMINDERS = tuple(
    field.name
    for field in fields(ReminderSettings)
    if field.name in {each.name for each in fields(MunicipalitySettings)}
)
_FORUM_COLUMNS = {
    "notice_days": "notice_days",
    "minutes_days": "minutes_days",
    "duration_minutes": "meeting_minutes",
    "closed_kinds": "closed",
}


def _let_follow(
    session: Session, acting: Acting, earlier: dict[str, Any], chosen: dict[str, Any]
) -> None:
    for forum in session.exec(select(Forum).where(Forum.municipality_id == acting.municipality_id)):
        for column, name in _FORUM_COLUMNS.items():
            if column in forum.chosen and getattr(forum, column) == earlier[name]:
                setattr(forum, column, chosen[name])
        session.add(forum)
    for link in session.exec(
        select(ForumLink).where(
            ForumLink.municipality_id == acting.municipality_id,
            ForumLink.kind == LinkKind.RECEIVES_MINUTES,
            col(ForumLink.days_chosen).is_(True),
            ForumLink.days == earlier["receives_minutes_days"],
        )
    ):
        link.days = chosen["receives_minutes_days"]
        session.add(link)
    for duty in session.exec(
        select(RecurringDuty).where(
            RecurringDuty.municipality_id == acting.municipality_id,
            RecurringDuty.kind == DutyKind.REVISION,
            col(RecurringDuty.rhythm_words).is_(None),
        )
    ):
        if duty.cadence is not None and duty.cadence.get("interval") == earlier["revision_years"]:
            duty.cadence = {**duty.cadence, "interval": chosen["revision_years"]}
            session.add(duty)
    session.flush()


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return getattr(value, "value", value)
