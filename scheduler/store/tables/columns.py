"""Column types shared by the tables: aware instants, and values kept as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

__all__ = ["Instant", "JsonValue", "enum_text"]

# Nothing is NULL, not the JSON word null, so that a query can ask for it.
JsonValue = JSON(none_as_null=True)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC; a naive value is refused.

    SQLite keeps no zone, so the zone is taken off on the way in and put on again on the way out.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant as the database keeps it.

        Raises:
            ValueError: the value has no zone.
        """
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored instant as aware UTC."""
        del dialect
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


def enum_text(values: type[StrEnum]) -> Any:
    """Return a column type that keeps an enum's value as plain text.

    A native enum type would make every new value a migration of its own on PostgreSQL.
    """
    return Enum(
        values,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
