"""A small municipality at work, for pages: forums of both levels, people, meetings and papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session

from scheduler.domain.enums import (
    DutyKind,
    ForumKind,
    ForumLevel,
    Function,
    MeetingState,
    MinutesRule,
    Role,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Grant, Meeting, Municipality, Position, YearPlan
from tests.factories.rows import (
    add,
    add_duty,
    add_forum,
    add_holder,
    add_meeting,
    add_municipality,
    add_person,
    add_position,
    add_seat,
    add_year,
)

__all__ = ["Town", "build_town"]

LEADER = "Leder, oppvekst"


@dataclass(frozen=True)
class Town:
    """Sør-Fron in January 2027; the persons' names say what they do."""

    municipality: Municipality
    year: YearPlan
    leader_position: Position
    leader_id: int
    secretary_id: int
    psychologist_id: int
    planner_id: int
    stranger_id: int
    group: Forum
    team: Forum
    meeting: Meeting
    team_meeting: Meeting
    notice_id: int
    minutes_id: int


def build_town(session: Session, *, meetings: int = 1) -> Town:
    """Add a resource group (system level) and a family team (case level), each with meetings."""
    municipality = add_municipality(session)
    year = add_year(session, municipality)
    titles = (LEADER, "Sekretær", "Kommunepsykolog", "Planlegger")
    positions = {title: add_position(session, municipality, title=title) for title in titles}
    people = {}
    for title, position in positions.items():
        person = add_person(session, name=f"Åse {title}")
        add_holder(session, position, person)
        people[title] = id_of(person)
    add(session, Grant(role=Role.PLANNER, position_id=positions["Planlegger"].id))
    other = add_municipality(session, slug="hemsedal", name="Hemsedal")
    stranger = add_person(session, name="Ola Fremmed")
    add_holder(session, add_position(session, other), stranger)
    group = add_forum(
        session,
        municipality,
        slug="ressursgruppe",
        name="Ressursgruppe, barn og unge",
        kind=ForumKind.RESOURCE_GROUP,
        mandate="Planlegger og evaluerer tiltak",
        rhythm_words="3-4 ganger i året",
        agenda=["Årshjulet", "Tiltak, status"],
        chosen=["notice_days"],
        place="Rådhuset, møterom 2",
    )
    team = add_forum(
        session,
        municipality,
        slug="familieteam",
        name="Familieteam",
        kind=ForumKind.TEAM,
        level=ForumLevel.CASE_ELSE_ANONYMOUS,
        agenda=["Skal aldri vises"],
        minutes_rule=MinutesRule.NEVER,
    )
    add_seat(session, group, positions[LEADER], function=Function.LEADER)
    add_seat(session, group, positions["Sekretær"], function=Function.SECRETARY)
    add_seat(session, group, positions["Kommunepsykolog"])
    add_seat(session, team, positions["Kommunepsykolog"], function=Function.COORDINATOR)
    made = [
        add_meeting(session, year, group, number=number, held_on=date(2027, 1 + number, 9))
        for number in range(1, meetings + 1)
    ]
    cases = [
        add_meeting(
            session,
            year,
            team,
            number=number,
            held_on=date(2027, number, 22),
            starts=time(9),
            ends=time(11),
            place="Helsestasjonen",
            state=MeetingState.PLANNED,
        )
        for number in range(1, meetings + 1)
    ]
    papers = []
    for meeting in made:
        for kind, title, due_on in (
            (DutyKind.NOTICE, LEADER, date(2027, 1, 26)),
            (DutyKind.MINUTES, "Sekretær", date(2027, 1, 8)),
        ):
            papers.append(
                add_duty(
                    session,
                    municipality,
                    kind=kind,
                    forum_id=group.id,
                    meeting_id=meeting.id,
                    position_id=positions[title].id,
                    leader_position_id=positions[LEADER].id,
                    due_on=due_on,
                )
            )
    return Town(
        municipality=municipality,
        year=year,
        leader_position=positions[LEADER],
        leader_id=people[LEADER],
        secretary_id=people["Sekretær"],
        psychologist_id=people["Kommunepsykolog"],
        planner_id=people["Planlegger"],
        stranger_id=id_of(stranger),
        group=group,
        team=team,
        meeting=made[0],
        team_meeting=cases[0],
        notice_id=id_of(papers[0]),
        minutes_id=id_of(papers[1]),
    )
