"""Makes the demo's database: the plan, its people, two planned years, and what has been done."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, func, select

from scheduler.domain.enums import FeedScope, Role
from scheduler.domain.periods import Period, period_of
from scheduler.domain.reminders import OutboxState
from scheduler.plans import bundled
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    ClosedPeriod,
    Duty,
    Grant,
    Holder,
    Meeting,
    Municipality,
    Outbox,
    Position,
)
from scheduler.usecases.access.administrators import add_administrator
from scheduler.usecases.access.login_link import LoginLink, keep_login_link
from scheduler.usecases.feeds.subscriptions import (
    FeedTarget,
    create_subscription,
    find_subscription,
)
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.reminders import name_holder, schedule_duty_reminders
from scheduler.usecases.reminders.upsert import put_aside
from scheduler.usecases.year.apply_proposal import apply_proposal
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.propose_year import propose_year
from scheduler.usecases.year.publish_year import publish_year
from scheduler.usecases.year.year_plans import (
    NothingToPublishError,
    find_municipality,
    find_year_plan,
)
from web.demo.past import settle_past
from web.demo.people import people_everywhere
from web.demo.roles import demo_people

__all__ = ["DemoLinks", "DemoSecrets", "keep_links", "seed"]

_LINKS_LAST = timedelta(days=3650)
_FEEDS = ("member", "secretary", "leader")
# The demo's made-up past began long enough ago for every mail of a late paper to be due.
_LATE_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DemoLinks:
    """The secrets of the log-in links and feeds, by role, and how many meetings there are."""

    municipality: str
    logins: dict[str, str]
    feeds: dict[str, str]
    meetings: int


class DemoSecrets:
    """Secrets derived from the demo's own key, so that links survive a restart."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        self._key = key.encode()

    def named(self, name: str) -> str:
        """Return the secret of one link."""
        digest = hmac.new(self._key, name.encode(), sha256).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


def seed(
    database: Database, plan: str, *, now: datetime, today: date, holidays_of: HolidaysOf
) -> None:
    """Fill an empty database, in one transaction; one that has the plan is left as it is."""
    with database.write() as session:
        known = session.exec(select(Municipality.slug)).all()
        if plan in known:
            return
        load_plan(session, parse_plan_file(bundled(plan)), now=now, actor_id=None)
        municipality = find_municipality(session, plan)
        _send_to_leaders_at_once(session, municipality)
        _confirm_breaks(session, municipality)
        this_year = period_of(today, municipality.period_kind)
        people_everywhere(session, municipality, now=now, from_on=this_year.starts_on)
        add_administrator(session, _administrator_of(plan), municipality, now=now, today=today)
        _let_administrators_plan(session, municipality)
        for period in (this_year, this_year.moved(1)):
            _plan_and_publish(session, municipality, period, now=now, holidays_of=holidays_of)
            if period is this_year:
                _keep_quiet(session, now=now)
        settled = settle_past(session, municipality, today=today, now=now)
        _let_one_have(session, settled.missing, now=now)
        schedule_duty_reminders(session, settled.done, now=now, holidays_of=holidays_of)
        schedule_duty_reminders(
            session, settled.missing, now=now - _LATE_FOR, holidays_of=holidays_of
        )


def keep_links(
    database: Database, plan: str, secrets: DemoSecrets, *, now: datetime, today: date
) -> DemoLinks:
    """Make the log-in links and feeds of the demo, or find them as they were."""
    with database.write() as session:
        municipality = find_municipality(session, plan)
        feeds = {role: secrets.named(f"feed:{plan}:{role}") for role in _FEEDS}
        people = _owners(session, feeds)
        if len(people) < len(feeds):
            people = _choose(session, municipality, feeds, now=now, today=today)
        people["administrator"] = add_administrator(
            session, _administrator_of(plan), municipality, now=now, today=today
        )
        logins = {role: secrets.named(f"login:{plan}:{role}") for role in people}
        for role, token in logins.items():
            link = LoginLink(person_id=people[role], token=token, expires_at=now + _LINKS_LAST)
            keep_login_link(session, link, now=now)
        meetings = session.exec(
            select(func.count())
            .select_from(Meeting)
            .where(Meeting.municipality_id == id_of(municipality))
        ).one()
    return DemoLinks(municipality=plan, logins=logins, feeds=feeds, meetings=meetings)


def _owners(session: Session, feeds: Mapping[str, str]) -> dict[str, int]:
    """Return the person of each role as it was chosen the first time."""
    found = {role: find_subscription(session, secret) for role, secret in feeds.items()}
    return {role: one.owner_id for role, one in found.items() if one and one.owner_id}


def _choose(
    session: Session,
    municipality: Municipality,
    feeds: Mapping[str, str],
    *,
    now: datetime,
    today: date,
) -> dict[str, int]:
    chosen = asdict(demo_people(session, municipality, today=today))
    for role, secret in feeds.items():
        create_subscription(
            session,
            FeedTarget(scope=FeedScope.PERSON, person_id=chosen[role]),
            owner_id=chosen[role],
            label="Demo",
            language=municipality.language,
            now=now,
            secret=secret,
        )
    return chosen


def _administrator_of(plan: str) -> str:
    return f"administrator@{plan}.example"


def _plan_and_publish(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    now: datetime,
    holidays_of: HolidaysOf,
) -> None:
    proposed = propose_year(
        session, municipality.slug, period, plan_from=None, holidays_of=holidays_of
    )
    year_plan = find_year_plan(session, id_of(municipality), period)
    apply_proposal(
        session,
        municipality,
        period,
        proposed.proposal,
        base_revision=year_plan.revision if year_plan else 0,
        now=now,
        actor_id=None,
    )
    # A plan without any rhythm (Bamble's) has nothing to publish before somebody chooses one.
    with suppress(NothingToPublishError):
        publish_year(session, municipality, period, now=now, holidays_of=holidays_of, actor_id=None)


def _keep_quiet(session: Session, *, now: datetime) -> None:
    """Take the news of this year back: one mail each, about next year, is enough to see."""
    waiting = session.exec(select(Outbox.id).where(Outbox.kind == "summary")).all()
    put_aside(
        session,
        [each for each in waiting if each is not None],
        OutboxState.CANCELLED,
        now=now,
        detail="demo",
    )


def _let_one_have(session: Session, duty_ids: Iterable[int], *, now: datetime) -> None:
    """Let the first of several holders have taken what is late: a leader hears of nothing else."""
    for duty_id in duty_ids:
        holders = session.exec(
            select(Holder.person_id)
            .join(Duty, col(Duty.position_id) == col(Holder.position_id))
            .where(Duty.id == duty_id)
            .order_by(col(Holder.person_id))
        ).all()
        if len(holders) > 1:
            name_holder(session, duty_id, holders[0], by=holders[0], now=now)


def _confirm_breaks(session: Session, municipality: Municipality) -> None:
    """Take the proposed school breaks as settled: in the demo there is nobody to ask."""
    for period in session.exec(
        select(ClosedPeriod).where(ClosedPeriod.municipality_id == id_of(municipality))
    ):
        period.confirmed = True
        session.add(period)
    session.flush()


def _let_administrators_plan(session: Session, municipality: Municipality) -> None:
    """Let the demo's administrator plan the year too: one log-in shows all there is to set up."""
    for position_id in session.exec(
        select(Grant.position_id)
        .join(Position, col(Position.id) == col(Grant.position_id))
        .where(Position.municipality_id == id_of(municipality), Grant.role == Role.ADMINISTRATOR)
    ).all():
        session.add(Grant(role=Role.PLANNER, position_id=position_id))
    session.flush()


def _send_to_leaders_at_once(session: Session, municipality: Municipality) -> None:
    """Let the leader's mail go as it falls due: nobody waits a week in front of a demo."""
    choices = dict(municipality.choices)
    choices["reminders"] = {**choices.get("reminders", {}), "leader_at_once": True}
    municipality.choices = choices
    session.add(municipality)
    session.flush()
