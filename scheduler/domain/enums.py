"""The closed sets of the domain: every state and kind that is stored or shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = [
    "EXPECTED_STATES",
    "INCUMBENT_KINDS",
    "UNFINISHED_STATES",
    "AttendanceRule",
    "ClosedDayRule",
    "ClosedKind",
    "DateRoundState",
    "DutyKind",
    "DutyState",
    "FeedDetail",
    "FeedScope",
    "ForumKind",
    "ForumLevel",
    "Function",
    "HolderKind",
    "LinkKind",
    "MeetingState",
    "MinutesRule",
    "PeriodKind",
    "PreventionLevel",
    "Role",
    "ServiceKind",
    "SetBy",
    "UnitKind",
    "YearPlanState",
]


class ForumKind(StrEnum):
    """What sort of standing group a forum is."""

    STEERING_GROUP = "styringsgruppe"
    RESOURCE_GROUP = "ressursgruppe"
    TEAM = "team"
    COOPERATION = "samarbeidsmote"
    CONTACT = "kontaktmote"
    NETWORK = "nettverk"
    LEADERS = "ledergruppe"
    COUNCIL = "rad"
    CONFERENCE = "konferanse"
    OTHER = "annet"


class ForumLevel(StrEnum):
    """Whether a forum speaks of systems or of single cases (privacy rule 1-4).

    Mixed or unclear counts as a case level until a person decides, so there is no third word.
    """

    SYSTEM = "system"
    CASE_ELSE_ANONYMOUS = "case_else_anonymous"
    CASE_ELSE_NOT = "case_else_not"

    @property
    def is_case(self) -> bool:
        """Tell whether the forum may only be seen by its members."""
        return self is not ForumLevel.SYSTEM


class Function(StrEnum):
    """What a seat does in its forum."""

    LEADER = "leader"
    CHAIR = "chair"
    CONVENER = "convener"
    SECRETARY = "secretary"
    MINUTE_TAKER = "minute_taker"
    COORDINATOR = "coordinator"
    MEMBER = "member"
    GUEST = "guest"


class AttendanceRule(StrEnum):
    """How often a seat attends its forum."""

    EVERY_MEETING = "every"
    ONCE_A_MONTH = "monthly"
    ON_CALL = "on_call"


class MinutesRule(StrEnum):
    """Whether a forum writes minutes."""

    ALWAYS = "always"
    IF_NEEDED = "if_needed"
    NEVER = "never"


class ClosedDayRule(StrEnum):
    """What a forum with a fixed rhythm does when its day is closed."""

    SKIP = "skip"
    EARLIER = "earlier"
    LATER = "later"


class ClosedKind(StrEnum):
    """Why no meeting is held in a period."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_BREAK = "school_break"
    JOINT_LEAVE = "joint_leave"
    CHRISTMAS = "christmas"
    EASTER = "easter"
    BRIDGE_DAY = "bridge_day"
    LOCAL = "local"


class SetBy(StrEnum):
    """Who decides a forum's dates."""

    US = "us"
    OTHERS = "others"


class LinkKind(StrEnum):
    """How one forum's dates depend on another's."""

    AFTER = "after"
    RECEIVES_MINUTES = "receives_minutes"
    AGENDA_ITEM = "agenda_item"


class PeriodKind(StrEnum):
    """How long a planned year is: January to December, or August to July."""

    CALENDAR_YEAR = "calendar"
    SCHOOL_YEAR = "school"


class UnitKind(StrEnum):
    """What a unit is, so that a forum can be one series per school."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    DEPARTMENT = "department"


class ServiceKind(StrEnum):
    """Whether a municipal service is the basic offer or a support."""

    BASIC = "basic"
    SUPPORT = "support"


class HolderKind(StrEnum):
    """How a person stands to a position."""

    HOLDER = "holder"
    ACTING = "acting"
    DEPUTY = "deputy"
    DELEGATE = "delegate"


INCUMBENT_KINDS: Final = (HolderKind.HOLDER, HolderKind.ACTING)
"""Those who have a position themselves; deputies stand in and delegates act on behalf."""


class YearPlanState(StrEnum):
    """How far a year has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"


class DateRoundState(StrEnum):
    """How far a round of the proposed dates has come; `over` when the year was published."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


class MeetingState(StrEnum):
    """Where a meeting stands. A case-level meeting is never held (privacy rule 4)."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"


EXPECTED_STATES: Final = (MeetingState.PLANNED, MeetingState.MOVED)
"""Where a published meeting stands until it is called off or held."""


class DutyKind(StrEnum):
    """What a position must do by a date."""

    NOTICE = "notice"
    AGENDA = "agenda"
    MINUTES = "minutes"
    PLAN_REVIEW = "plan_review"
    EVALUATION = "evaluation"
    COUNCIL_REPORT = "council_report"
    REVISION = "revision"
    SURVEY = "survey"
    FOLLOW_UP = "follow_up"
    FORUM_ITEM = "forum_item"


class DutyState(StrEnum):
    """Where a duty stands."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    CANCELLED = "cancelled"


UNFINISHED_STATES: Final = (DutyState.OPEN, DutyState.IN_REVIEW)
"""Where a duty stands while somebody still has to do it."""


class PreventionLevel(StrEnum):
    """The three levels of prevention that plans sort their measures by."""

    UNIVERSAL = "universal"
    SELECTIVE = "selective"
    INDICATED = "indicated"


class Role(StrEnum):
    """What a position may do in the program besides its own work."""

    ADMINISTRATOR = "administrator"
    PLANNER = "planner"
    VIEWER = "viewer"


class FeedScope(StrEnum):
    """Whose calendar a subscription shows."""

    PERSON = "person"
    POSITION = "position"
    FORUM = "forum"
    MUNICIPALITY = "municipality"
    LEADERS = "leaders"


class FeedDetail(StrEnum):
    """How much of an entry a feed shows; the times are always there."""

    FULL = "full"
    TITLE = "title"
    BUSY = "busy"
