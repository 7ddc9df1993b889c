"""Which database a command says that it opens."""

from __future__ import annotations

from pathlib import Path

from web.cli.options import shown_database
from web.settings import Settings


def test_a_database_is_said_without_its_password() -> None:
    settings = Settings(database_url="postgresql+psycopg://kari:hemmelig@db.example/aarshjul")
    assert shown_database(settings) == "postgresql+psycopg://kari:***@db.example/aarshjul"


def test_a_file_is_said_with_its_whole_path(tmp_path: Path) -> None:
    assert shown_database(Settings(home=tmp_path)) == str(tmp_path / "aarshjul.db")
