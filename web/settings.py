"""The settings, read once from the environment and checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.domain.loopback import is_loopback
from web.secret_key import key_kept_in, strong_key
from web.settings_error import SettingsError

__all__ = ["Settings", "SettingsError", "read_settings"]

_PREFIX = "AARSHJUL_"
_BACKENDS = ("sqlite", "postgresql")
_SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")


class Settings(BaseSettings):
    """Every setting, as `AARSHJUL_…` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    home: Path = Path("var")
    database_url: str | None = Field(default=None, repr=False)
    smtp_url: Annotated[SecretStr | None, NoDecode] = None
    mail_from: str | None = None
    bounce_imap_url: Annotated[SecretStr | None, NoDecode] = None
    base_url: str | None = None
    secret_key: SecretStr | None = None
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    accessibility_url: str | None = None
    metrics_token: SecretStr | None = None
    sms_mail_domain: str | None = Field(default=None, pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
    test_now: AwareDatetime | None = None
    test_stop_at: str | None = None

    @property
    def home_folder(self) -> Path:
        """The absolute folder of everything the program keeps on this machine."""
        return self.home.expanduser().absolute()

    @property
    def database(self) -> str:
        """The database's URL: the one given, or SQLite under the home folder."""
        return self.database_url or f"sqlite:///{self.home_folder / 'aarshjul.db'}"

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file on this machine."""
        return make_url(self.database).get_backend_name() == "sqlite"

    @property
    def over_https(self) -> bool:
        """Whether the pages are reached over HTTPS, so that cookies may be kept to it."""
        return self.base_url is not None and self.base_url.startswith("https://")

    def made_home(self) -> Path:
        """Return the home folder, made if it is not there.

        Raises:
            SettingsError: it cannot be made or written to.
        """
        folder = self.home_folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"{_PREFIX}HOME", f"mappen {folder} kan ikke lages ({error.strerror})"
            ) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise SettingsError(f"{_PREFIX}HOME", f"mappen {folder} kan ikke skrives til")
        return folder

    def kept_secret_key(self) -> str:
        """Return the key that signs cookies: the one given, or one made and kept under home.

        Raises:
            SettingsError: there is none with PostgreSQL, or it is weak, or others can read it.
        """
        name = f"{_PREFIX}SECRET_KEY"
        if self.secret_key is not None:
            return strong_key(self.secret_key.get_secret_value(), name)
        if not self.on_sqlite:
            # Several machines must sign alike, and a file under one of them would not.
            raise SettingsError(name, "må settes når databasen er PostgreSQL")
        return key_kept_in(self.made_home(), name)

    def needed_base_url(self) -> str:
        """Return the address that every link starts with, without a slash at the end.

        Raises:
            SettingsError: it is not set.
        """
        if self.base_url is None:
            raise SettingsError(f"{_PREFIX}BASE_URL", "mangler (for eksempel https://aarshjul.no)")
        return self.base_url

    def needed_smtp_url(self) -> str:
        """Return the mail server's address.

        Raises:
            SettingsError: it is not set.
        """
        if self.smtp_url is None:
            raise SettingsError(f"{_PREFIX}SMTP_URL", "mangler (for eksempel smtp://localhost:25)")
        return self.smtp_url.get_secret_value()

    def needed_mail_from(self) -> str:
        """Return the address that mails are sent from.

        Raises:
            SettingsError: it is not set.
        """
        if self.mail_from is None:
            raise SettingsError(f"{_PREFIX}MAIL_FROM", "mangler")
        return self.mail_from

    def refuse_test_now(self) -> None:
        """Refuse a fixed clock where time must run.

        Raises:
            SettingsError: a fixed clock is set.
        """
        if self.test_now is not None:
            raise SettingsError(f"{_PREFIX}TEST_NOW", "kan ikke brukes når programmet er i drift")


def read_settings() -> Settings:
    """Read the settings from the environment of this process and check them.

    Raises:
        SettingsError: the first setting that is bad, named.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{_PREFIX}{place}", _EXPECTED.get(place, first["msg"])) from None
    settings = settings.model_copy(update={"base_url": _checked_base_url(settings.base_url)})
    _check_database(settings.database)
    if settings.secret_key is not None:
        strong_key(settings.secret_key.get_secret_value(), f"{_PREFIX}SECRET_KEY")
    if settings.mail_from is not None and "@" not in settings.mail_from:
        raise SettingsError(f"{_PREFIX}MAIL_FROM", "må være en e-postadresse")
    if settings.smtp_url is not None:
        _check_smtp(settings.smtp_url.get_secret_value(), fixed_clock=settings.test_now is not None)
    if settings.bounce_imap_url is not None:
        _check_imap(settings.bounce_imap_url.get_secret_value(), settings)
    return settings


_EXPECTED = {
    "TEST_NOW": "må være et tidspunkt med tidssone, for eksempel 2027-03-09T08:00:00+01:00",
    "SMS_MAIL_DOMAIN": "må være et domenenavn, for eksempel sms.leverandor.no",
    "TRUSTED_PROXIES": "må være et helt tall fra 0 til 10",
}


def _checked_base_url(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise SettingsError(
            f"{_PREFIX}BASE_URL", "må være en adresse som begynner med https:// eller http://"
        )
    if parts.path or parts.query or parts.fragment:
        raise SettingsError(f"{_PREFIX}BASE_URL", "må være uten sti, bare https://navn")
    return f"{parts.scheme}://{parts.netloc}"


def _check_database(url: str) -> None:
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError:
        backend = None
    if backend not in _BACKENDS:
        raise SettingsError(
            f"{_PREFIX}DATABASE_URL",
            "må begynne med sqlite:/// eller postgresql+psycopg://",
        )


def _check_smtp(url: str, *, fixed_clock: bool) -> None:
    name = f"{_PREFIX}SMTP_URL"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(name, "må være en adresse som smtp://navn:25") from None
    if parts.scheme not in _SMTP_SCHEMES or not host:
        raise SettingsError(name, "må være en adresse som smtp://navn:25")
    if fixed_clock and not is_loopback(host):
        raise SettingsError(
            f"{_PREFIX}TEST_NOW", "kan bare brukes når e-postserveren er på denne maskinen"
        )


def _check_imap(url: str, settings: Settings) -> None:
    from scheduler.mail.imap_url import ImapUrlError, read_imap_url

    try:
        address = read_imap_url(url)
    except ImapUrlError:
        raise SettingsError(
            f"{_PREFIX}BOUNCE_IMAP_URL",
            "må være en adresse som imaps://bruker:passord@tjener/INBOX"
            " (imap:// bare til denne maskinen)",
        ) from None
    if settings.test_now is not None and not address.on_this_machine:
        raise SettingsError(
            f"{_PREFIX}TEST_NOW", "kan bare brukes når postkassen for retur er på denne maskinen"
        )
