"""The settings, read once from the environment and checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.domain.loopback import is_loopback
from web.secret_key import HOW_TO_MAKE_ONE, key_kept_in, strong_key
from web.settings_error import SettingsError, SeveralSettingsError

__all__ = ["Settings", "SettingsError", "SeveralSettingsError", "read_settings"]

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
        self.refuse_no_secret_key()
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
            raise SettingsError(f"{_PREFIX}MAIL_FROM", "mangler (for eksempel aarshjul@kommune.no)")
        return self.mail_from

    def unset_for_mail(self) -> tuple[str, ...]:
        """Return the names of the settings that sending mail needs, and that are not set."""
        given = {"SMTP_URL": self.smtp_url, "MAIL_FROM": self.mail_from}
        return tuple(f"{_PREFIX}{name}" for name, value in given.items() if value is None)

    def refuse_no_secret_key(self) -> None:
        """Refuse to sign with a key of this machine alone where there may be several.

        Raises:
            SettingsError: the database is PostgreSQL and no key is set.
        """
        if self.secret_key is None and not self.on_sqlite:
            # Several machines must sign alike, and a file under one of them would not.
            raise SettingsError(
                f"{_PREFIX}SECRET_KEY", f"må settes når databasen er PostgreSQL ({HOW_TO_MAKE_ONE})"
            )

    def refuse_test_now(self) -> None:
        """Refuse a fixed clock where time must run.

        Raises:
            SettingsError: a fixed clock is set.
        """
        if self.test_now is not None:
            raise SettingsError(f"{_PREFIX}TEST_NOW", "kan ikke brukes når programmet er i drift")


def read_settings(*needs: Callable[[Settings], object]) -> Settings:
    """Read the settings from the environment of this process and check them.

    Each of `needs` asks for what the caller cannot do without, and raises `SettingsError`.

    Raises:
        SettingsError: the one setting that is missing or bad, named.
        SeveralSettingsError: all of them, where there are several.
    """
    problems: dict[str, SettingsError] = {}
    settings = _read(problems)
    _gather(problems, settings, _CHECKS)
    # What is bad is not said to be missing too.
    _gather(problems, settings.model_copy(update=_defaults(problems)), needs)
    if len(problems) > 1:
        raise SeveralSettingsError(tuple(problems.values()))
    for problem in problems.values():
        raise problem
    return settings.model_copy(update={"base_url": _plain(settings.base_url)})


def _read(problems: dict[str, SettingsError]) -> Settings:
    """Return the settings, with the defaults of those that no value could be read for."""
    try:
        return Settings()
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            place = "_".join(str(part) for part in found["loc"])
            name = f"{_PREFIX}{place.upper()}"
            said = _EXPECTED.get(place.upper(), found["msg"])
            problems.setdefault(name, SettingsError(name, said))
    return Settings(**_defaults(problems))


def _gather(
    problems: dict[str, SettingsError],
    settings: Settings,
    checks: Iterable[Callable[[Settings], object]],
) -> None:
    for check in checks:
        try:
            check(settings)
        except SettingsError as problem:
            problems.setdefault(problem.name, problem)


def _defaults(names: Iterable[str]) -> dict[str, Any]:
    fields = (name.removeprefix(_PREFIX).lower() for name in names)
    return {field: Settings.model_fields[field].default for field in fields}


_EXPECTED = {
    "TEST_NOW": "må være et tidspunkt med tidssone, for eksempel 2027-03-09T08:00:00+01:00",
    "SMS_MAIL_DOMAIN": "må være et domenenavn, for eksempel sms.leverandor.no",
    "TRUSTED_PROXIES": "må være et helt tall fra 0 til 10",
}


def _plain(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _check_base_url(settings: Settings) -> None:
    if settings.base_url is None:
        return
    parts = urlsplit(settings.base_url.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise SettingsError(
            f"{_PREFIX}BASE_URL", "må være en adresse som begynner med https:// eller http://"
        )
    if parts.path or parts.query or parts.fragment:
        raise SettingsError(f"{_PREFIX}BASE_URL", "må være uten sti, bare https://navn")


def _check_database(settings: Settings) -> None:
    try:
        backend = make_url(settings.database).get_backend_name()
    except ArgumentError:
        backend = None
    if backend not in _BACKENDS:
        raise SettingsError(
            f"{_PREFIX}DATABASE_URL",
            "må begynne med sqlite:/// eller postgresql+psycopg://",
        )


def _check_secret_key(settings: Settings) -> None:
    if settings.secret_key is not None:
        strong_key(settings.secret_key.get_secret_value(), f"{_PREFIX}SECRET_KEY")


def _check_mail_from(settings: Settings) -> None:
    if settings.mail_from is not None and "@" not in settings.mail_from:
        raise SettingsError(
            f"{_PREFIX}MAIL_FROM", "må være en e-postadresse, for eksempel aarshjul@kommune.no"
        )


def _check_smtp(settings: Settings) -> None:
    if settings.smtp_url is None:
        return
    name = f"{_PREFIX}SMTP_URL"
    try:
        parts = urlsplit(settings.smtp_url.get_secret_value())
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(name, "må være en adresse som smtp://navn:25") from None
    if parts.scheme not in _SMTP_SCHEMES or not host:
        raise SettingsError(name, "må være en adresse som smtp://navn:25")
    if settings.test_now is not None and not is_loopback(host):
        raise SettingsError(
            f"{_PREFIX}TEST_NOW", "kan bare brukes når e-postserveren er på denne maskinen"
        )


def _check_imap(settings: Settings) -> None:
    from scheduler.mail.imap_url import ImapUrlError, read_imap_url

    if settings.bounce_imap_url is None:
        return
    try:
        address = read_imap_url(settings.bounce_imap_url.get_secret_value())
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


_CHECKS = (
    _check_base_url,
    _check_database,
    _check_secret_key,
    _check_mail_from,
    _check_smtp,
    _check_imap,
)
