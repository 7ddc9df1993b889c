"""What the plan asks for in a period, and why some of it has no date."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import select

from scheduler.domain.language import Language
from scheduler.domain.periods import read_period
from scheduler.store.database import Database
from scheduler.store.tables import Municipality
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.tracking.status import municipality_status
from scheduler.usecases.tracking.status_row import StatusRow

PLAN = """[municipality]
slug = "fjordvik"
name = "Fjordvik"
[plan]
title = "Plan for barn, unge og familier"
[[forum]]
slug = "ressursgruppe"
name = "Ressursgruppen, barn og unge"
level = "system"
rhythm = "3-4 ganger i året"
lines = "12-14"
[[forum]]
slug = "nettverk"
name = "Nettverket"
level = "system"
rhythm = "jevnlig"
[[duty]]
slug = "revisjon"
name = "Revisjon av planen"
kind = "revision"
rhythm = "hvert tredje år"
[[duty]]
slug = "undersokelse"
name = "Undersøkelse"
kind = "survey"
rhythm = "annethvert år, neste gang i 2028"
[[rule]]
slug = "droftingsmote"
name = "Drøftingsmøte"
text = "Innkalles utenfor årshjulet, med samtykke."
lines = "40-42"
"""


def test_each_row_without_a_date_says_why_in_the_plans_own_words(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        load_plan(session, parse_plan_file(PLAN.encode()), now=now, actor_id=None)
    with database.read() as session:
        municipality = session.exec(select(Municipality)).one()
        found = municipality_status(session, municipality, read_period("2027"))
    assert [(row.kind, row.name, row.state, row.words, row.lines) for row in found.rows] == [
        ("forum", "Nettverket", "no_rhythm", "jevnlig", None),
        ("forum", "Ressursgruppen, barn og unge", "not_planned", "3-4 ganger i året", "12-14"),
        ("revision", "Revisjon av planen", "unknown_last_done", "hvert tredje år", None),
        ("survey", "Undersøkelse", "not_planned", "annethvert år, neste gang i 2028", None),
        (
            "rule",
            "Drøftingsmøte",
            "rule",
            "Innkalles utenfor årshjulet, med samtykke.",
            "40-42",
        ),
    ]


def test_a_line_begins_with_the_id_that_marks_it_done_and_says_its_state_in_words() -> None:
    rows = (
        StatusRow(id=7, kind="minutes", name="TOG", due_on=date(2027, 3, 9), state="open"),
        StatusRow(id=None, kind="forum", name="TOG", state="not_planned", count=0),
        StatusRow(id=None, kind="measure", name="Kurs", state="I gang"),
    )
    assert [row.as_line(Language.BOKMAL) for row in rows] == [
        "7\tReferat\tTOG\ttirsdag 9. mars 2027\tikke ferdig",
        "-\tForum\tTOG\t0 møter\tikke planlagt ennå",
        "-\tTiltak\tKurs\tI gang",
    ]
