"""Norwegian public holidays; the only importer of `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

__all__ = ["public_holidays"]


def public_holidays(year: int) -> Mapping[date, tuple[str, ...]]:
    """Return the public holidays of a year with their names in bokmål, without plain Sundays.

    Two holidays can fall on one day (17 May 2027 is 2. pinsedag too), so each day has a tuple of
    names. The language is always named: without it the names follow the machine's locale.
    """
    # Read where it is needed: it takes 3 MiB of a web process that seldom asks.
    import holidays

    found = holidays.country_holidays("NO", years=year, language="no")
    return MappingProxyType({day: tuple(names.split("; ")) for day, names in sorted(found.items())})
