"""The settings: what they default to, and the one clear line when they are bad."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from web.settings import Settings, SettingsError, SeveralSettingsError, read_settings

STRONG = "q8Zt3kLw0yXvR5nB7mHc2JpFd9sGa4Ue"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Begin each test with a home folder and nothing else set."""
    for name in os.environ:
        if name.startswith("AARSHJUL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AARSHJUL_HOME", str(tmp_path / "home"))


def test_the_database_is_sqlite_under_home_unless_told_otherwise(tmp_path: Path) -> None:
    settings = read_settings()
    assert settings.database == f"sqlite:///{tmp_path}/home/aarshjul.db"
    assert settings.on_sqlite


def test_home_is_var_here_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AARSHJUL_HOME")
    assert read_settings().home_folder == Path.cwd() / "var"


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AARSHJUL_BASE_URL", "")
    assert read_settings().base_url is None


def test_what_mail_needs_and_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = []
    for name, value in (
        ("AARSHJUL_HOME", "var"),
        ("AARSHJUL_SMTP_URL", "smtp://localhost:25"),
        ("AARSHJUL_MAIL_FROM", "arshjul@x.example"),
    ):
        monkeypatch.setenv(name, value)
        lacking.append(read_settings().unset_for_mail())
    assert lacking == [
        ("AARSHJUL_SMTP_URL", "AARSHJUL_MAIL_FROM"),
        ("AARSHJUL_MAIL_FROM",),
        (),
    ]


def test_the_base_url_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AARSHJUL_BASE_URL", "https://arshjul.example/")
    settings = read_settings()
    assert settings.needed_base_url() == "https://arshjul.example"
    assert settings.over_https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AARSHJUL_BASE_URL", "arshjul.example"),
        ("AARSHJUL_BASE_URL", "https://arshjul.example/under"),
        ("AARSHJUL_BASE_URL", "ftp://arshjul.example"),
        ("AARSHJUL_DATABASE_URL", "mysql://localhost/aarshjul"),
        ("AARSHJUL_DATABASE_URL", "no address"),
        ("AARSHJUL_SMTP_URL", "localhost"),
        ("AARSHJUL_SMTP_URL", "smtp://localhost:port"),
        ("AARSHJUL_MAIL_FROM", "arshjul"),
        ("AARSHJUL_BOUNCE_IMAP_URL", "imap.x.example"),
        ("AARSHJUL_BOUNCE_IMAP_URL", "imap://a:b@imap.x.example/INBOX"),
        ("AARSHJUL_SECRET_KEY", "short"),
        ("AARSHJUL_SECRET_KEY", "a" * 64),
        ("AARSHJUL_TRUSTED_PROXIES", "many"),
        ("AARSHJUL_TRUSTED_PROXIES", "-1"),
        ("AARSHJUL_TEST_NOW", "2027-03-09T08:00:00"),
        ("AARSHJUL_TEST_NOW", "tomorrow"),
    ],
)
def test_a_bad_setting_is_named_on_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert caught.value.name == name
    assert str(caught.value) == f"{name}: {caught.value.problem}"
    assert "\n" not in str(caught.value)


def test_a_password_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AARSHJUL_SMTP_URL", "smtp://user:hunter2secret@mail.example:25")
    monkeypatch.setenv("AARSHJUL_BOUNCE_IMAP_URL", "imaps://user:hunter2secret@mail.example")
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", "postgresql+psycopg://me:hunter2secret@db/x")
    monkeypatch.setenv("AARSHJUL_SECRET_KEY", STRONG)
    shown = repr(read_settings())
    assert "hunter2secret" not in shown
    assert STRONG not in shown


@pytest.mark.parametrize(
    "ask", [Settings.needed_base_url, Settings.needed_smtp_url, Settings.needed_mail_from]
)
def test_a_setting_that_is_needed_and_missing_is_named(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(SettingsError, match="mangler"):
        ask(read_settings())


def test_a_key_is_made_once_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    first = read_settings().kept_secret_key()
    assert read_settings().kept_secret_key() == first
    assert len(first) >= 32
    files = sorted(path.name for path in (tmp_path / "home").iterdir())
    assert files == ["secret_key"]
    mode = (tmp_path / "home" / "secret_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    read_settings().kept_secret_key()
    (tmp_path / "home" / "secret_key").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_settings().kept_secret_key()


def test_postgresql_needs_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", "postgresql+psycopg://localhost/aarshjul")
    with pytest.raises(SettingsError, match="AARSHJUL_SECRET_KEY"):
        read_settings().kept_secret_key()
    monkeypatch.setenv("AARSHJUL_SECRET_KEY", STRONG)
    assert read_settings().kept_secret_key() == STRONG


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(SettingsError, match=r"AARSHJUL_HOME: mappen .*home kan ikke lages"):
        read_settings().made_home()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_the_clock_may_be_fixed_with_mail_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("AARSHJUL_TEST_NOW", "2027-03-09T08:00:00+01:00")
    monkeypatch.setenv("AARSHJUL_SMTP_URL", f"smtp://{host}:1025")
    assert read_settings().test_now == datetime(2027, 3, 9, 7, tzinfo=UTC)


def test_the_clock_may_not_be_fixed_with_mail_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AARSHJUL_TEST_NOW", "2027-03-09T08:00:00+01:00")
    monkeypatch.setenv("AARSHJUL_SMTP_URL", "smtp://mail.example:25")
    with pytest.raises(SettingsError, match="AARSHJUL_TEST_NOW"):
        read_settings()
    monkeypatch.setenv("AARSHJUL_SMTP_URL", "smtp://localhost:25")
    monkeypatch.setenv("AARSHJUL_BOUNCE_IMAP_URL", "imaps://a:b@mail.example")
    with pytest.raises(SettingsError, match="AARSHJUL_TEST_NOW"):
        read_settings()


def test_the_clock_may_not_be_fixed_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    read_settings().refuse_test_now()
    monkeypatch.setenv("AARSHJUL_TEST_NOW", "2027-03-09T08:00:00+01:00")
    with pytest.raises(SettingsError, match="AARSHJUL_TEST_NOW"):
        read_settings().refuse_test_now()


def test_all_that_is_bad_or_missing_is_named_at_once_and_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AARSHJUL_TRUSTED_PROXIES", "many")
    monkeypatch.setenv("AARSHJUL_TEST_NOW", "tomorrow")
    monkeypatch.setenv("AARSHJUL_BASE_URL", "arshjul.example")
    with pytest.raises(SeveralSettingsError) as caught:
        read_settings(Settings.needed_base_url, Settings.needed_smtp_url, Settings.needed_mail_from)
    assert sorted(problem.name for problem in caught.value.problems) == [
        "AARSHJUL_BASE_URL",
        "AARSHJUL_MAIL_FROM",
        "AARSHJUL_SMTP_URL",
        "AARSHJUL_TEST_NOW",
        "AARSHJUL_TRUSTED_PROXIES",
    ]


def test_a_bad_database_is_not_taken_for_one_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", "mysql://localhost/aarshjul")
    with pytest.raises(SettingsError, match="AARSHJUL_DATABASE_URL"):
        read_settings(Settings.refuse_no_secret_key)
    assert not (tmp_path / "home").exists()
