"""A small plan file for tests to add to, and what reading it gives."""

from __future__ import annotations

import pytest

from scheduler.documents.toml_source import read_toml
from scheduler.domain.planfile import PlanFile, PlanFileError, Problem, read_plan_file

__all__ = ["TWO_FORUMS", "problems", "read"]

HEAD = """[municipality]
slug = "fjordvik"
name = "Fjordvik"
[plan]
title = "Plan for forebyggende arbeid"
[[position]]
slug = "leder"
title = "Leder"
[[position]]
slug = "sekretaer"
title = "Sekretær"
"""
"""Eleven lines that every file here begins with."""

TWO_FORUMS = """[[forum]]
slug = "a"
name = "A"
level = "system"
rhythm = "2 ganger i året"
[[forum]]
slug = "b"
name = "B"
level = "system"
rhythm = "2 ganger i året"
"""


def read(text: str) -> PlanFile:
    return read_plan_file(read_toml((HEAD + text).encode()))


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PlanFileError) as refused:
        read(text)
    return refused.value.problems
