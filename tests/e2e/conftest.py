"""The program with the newest schema, without running the migrations for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.program import Program


@pytest.fixture(scope="session")
def with_schema(sqlite_template: Path) -> Callable[[Program], Program]:
    """Give a program the empty database that `aarshjul db upgrade` would have made."""

    def given(program: Program) -> Program:
        home = program.home / "var"
        home.mkdir(mode=0o700)
        shutil.copyfile(sqlite_template, home / "aarshjul.db")
        return program

    return given
