"""The municipality's settings are changed, and the reports that are counted by them follow."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.municipality import (
    MunicipalitySettings,
    change_municipality,
)
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_reports import MovedReport, let_reports_follow

__all__ = ["SettingsChange", "change_settings"]


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """Whether anything changed, and the reports that got another due day by it."""

    changed: bool
    moved: tuple[MovedReport, ...] = ()


def change_settings(
    session: Session, acting: Acting, wanted: MunicipalitySettings, *, holidays_of: HolidaysOf
) -> SettingsChange:
    """Make the settings what is wanted, and date the open reports to the council by them.

    Every other date that has been planned stands. A report follows, since it would do so anyway
    with the next meeting of the council that is added or removed.

    Raises:
        NotHereError: the plan's owner is no position here.
    """
    if not change_municipality(session, acting, wanted):
        return SettingsChange(changed=False)
    moved = let_reports_follow(
        session,
        acting.municipality_id,
        now=acting.now,
        holidays_of=holidays_of,
        actor_id=acting.person_id,
    )
    return SettingsChange(True, tuple(one for one in moved if one.before != one.after))
