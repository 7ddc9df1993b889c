"""A plan file that is loaded again says what it changes, in the words of the file."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduler.plans import bundled
from scheduler.store.database import Database
from scheduler.usecases.plan_file import load_plan, parse_plan_file, preview_plan
from web.cli.plan_changes import change_lines


@pytest.mark.parametrize(
    ("was", "now_is", "lines"),
    [
        (
            'rhythm = "3-4 ganger i året"',
            'rhythm = "4 ganger i året"',
            ["endret: forum ressursgruppe: rhythm «3-4 ganger i året» → «4 ganger i året»"],
        ),
        (
            'name = "Styringsgruppen for barn i risiko"',
            'name = "Styringsgruppe, barn og unge"\nplace = "Rådhuset"',
            [
                "endret: forum styringsgruppe: name «Styringsgruppen for barn i risiko» → "
                "«Styringsgruppe, barn og unge»; place (ikke sagt) → «Rådhuset»"
            ],
        ),
        (
            '[[question]]\nslug = "planansvarlig"',
            '[[rule]]\nslug = "ny-regel"\nname = "Ny regel"\ntext = "Gjelder her."\n\n'
            '[[question]]\nslug = "hvem"',
            [
                "endret: plan plan: rules + ny-regel; questions + hvem; questions - planansvarlig",
            ],
        ),
        (
            '[[position]]\nslug = "kommunedirektor"',
            '[[position]]\nslug = "slt-koordinator"\ntitle = "SLT-koordinator"\n\n'
            '[[position]]\nslug = "kommunedirektor"',
            ["ny: position slt-koordinator (SLT-koordinator)"],
        ),
    ],
)
def test_each_changed_row_is_a_line(
    sqlite_database: Database, now: datetime, was: str, now_is: str, lines: list[str]
) -> None:
    text = bundled("sor-fron").decode()
    assert was in text
    with sqlite_database.write() as session:
        first = load_plan(session, parse_plan_file(text.encode()), now=now, actor_id=None)
        changed = text.replace(was, now_is, 1)
        again = preview_plan(session, parse_plan_file(changed.encode()))

    assert list(change_lines(first.changes)) == []
    assert list(change_lines(again.changes)) == lines


def test_the_same_file_again_has_nothing_to_say(sqlite_database: Database, now: datetime) -> None:
    plan = parse_plan_file(bundled("hemsedal"))
    with sqlite_database.write() as session:
        load_plan(session, plan, now=now, actor_id=None)
        again = preview_plan(session, plan)
    assert list(change_lines(again.changes)) == []
