"""The plan files that come with the program, and the template for a new municipality."""

from __future__ import annotations

from importlib.resources import files

from scheduler.domain.errors import AarshjulError

__all__ = ["UnknownPlanError", "bundled", "bundled_names", "template"]

_TEMPLATE = "mal"
_SUFFIX = ".toml"


class UnknownPlanError(AarshjulError):
    """No plan file of that name comes with the program; `names` are those that do."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name, names)
        self.name = name
        self.names = names


def bundled_names() -> tuple[str, ...]:
    """Return the municipalities' slugs, in alphabetical order."""
    found = (file.name for file in files(__package__).iterdir() if file.name.endswith(_SUFFIX))
    names = (name.removesuffix(_SUFFIX) for name in found)
    return tuple(sorted(name for name in names if name != _TEMPLATE))


def bundled(name: str) -> bytes:
    """Return the plan file of a municipality.

    Raises:
        UnknownPlanError: there is none of that name.
    """
    names = bundled_names()
    if name not in names:
        raise UnknownPlanError(name, names)
    return _bytes(name)


def template() -> bytes:
    """Return the template that a new municipality begins with."""
    return _bytes(_TEMPLATE)


def _bytes(name: str) -> bytes:
    return files(__package__).joinpath(name + _SUFFIX).read_bytes()
