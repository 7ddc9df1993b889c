"""Style sheet, script and pictures, under an address that changes when they do."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory, url_for

__all__ = ["assets", "install_assets"]

_FOLDER = Path(__file__).parent / "static"
_KEY = "aarshjul_assets"
_A_YEAR = 365 * 24 * 3600

assets = Blueprint("assets", __name__)


def install_assets(app: Flask) -> None:
    """Serve the files, and give the templates `asset(name)` for their addresses."""
    app.extensions[_KEY] = _hash_of_folder(_FOLDER)
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = _address


@assets.get("/static/<version>/<path:name>")
def file(version: str, name: str) -> Response:
    """Answer with one file; it may be kept for ever under the address of today's content."""
    response = send_from_directory(_FOLDER, name)
    response.cache_control.no_cache = None
    if version == current_app.extensions[_KEY]:
        response.cache_control.public = True
        response.cache_control.max_age = _A_YEAR
        response.cache_control.immutable = True
    else:
        # A page of an earlier version asks for what is no more there; today's is near enough.
        response.cache_control.no_cache = True
    return response


def _address(name: str) -> str:
    return url_for("assets.file", version=current_app.extensions[_KEY], name=name)


def _hash_of_folder(folder: Path) -> str:
    # One hash for all, so that the addresses inside the style sheet can be relative.
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0")
            whole.update(path.read_bytes())
    return whole.hexdigest()[:12]
