"""The key that signs cookies: made where there is none, and refused where it is weak."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from web.settings_error import SettingsError

__all__ = ["HOW_TO_MAKE_ONE", "key_kept_in", "strong_key"]

HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
_KEY_FILE = "secret_key"
_KEY_LENGTH = 32
# A key of 32 characters drawn at random has far more different ones than this.
_KEY_DIFFERENT = 12


def strong_key(key: str, name: str) -> str:
    """Return the key of the setting `name`.

    Raises:
        SettingsError: it is short, or of few different characters.
    """
    if len(key) < _KEY_LENGTH or len(set(key)) < _KEY_DIFFERENT:
        raise SettingsError(
            name,
            f"er for svak: bruk minst {_KEY_LENGTH} tilfeldige tegn ({HOW_TO_MAKE_ONE})",
        )
    return key


def key_kept_in(folder: Path, name: str) -> str:
    """Return the key that is kept in the folder, made at the first call.

    Raises:
        SettingsError: others can read it, it is weak, or the file cannot be used.
    """
    file = folder / _KEY_FILE
    try:
        if not file.exists():
            _make_key(file)
        if file.stat().st_mode & 0o077:
            raise SettingsError(name, f"andre kan lese {file}; kjør chmod 600 {file}")
        return strong_key(file.read_text(encoding="ascii").strip(), name)
    except OSError as error:
        raise SettingsError(name, f"{file} kan ikke brukes ({error.strerror})") from error


def _make_key(file: Path) -> None:
    # Written in full beside its place and linked there, so that two processes that start at once
    # end up with one whole key.
    beside = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(48))
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
