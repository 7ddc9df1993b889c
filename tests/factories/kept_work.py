"""What SQLAlchemy and werkzeug work out anew for each database and each application, kept."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from scheduler.store.database import Database

__all__ = ["KeptRule", "open_database"]

_STATEMENTS = LRUCache(5000)
_dialects: dict[str, Dialect] = {}
_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


def open_database(url: str) -> Database:
    """Open a database that knows the SQL of every statement that an earlier one of its kind met."""
    database = Database(url)
    engine = database.engine
    if engine.name not in _dialects:
        with engine.connect():
            _dialects[engine.name] = engine.dialect
    # SQL is kept by dialect.
    engine.dialect = _dialects[engine.name]
    engine.update_execution_options(compiled_cache=_STATEMENTS)
    return database


class KeptRule(Rule):
    """A rule of an address; the code that writes its addresses is compiled once for all."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (append_unknown, str(self.defaults), *self._trace)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]
