"""Engines for the server's databases, and their one kind of error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool, StaticPool

PROBE_CHARACTERS = 10_000
"""What a check of a store writes: more than one page, which a full disk does not take."""

_TABLES_LOCK = 7_214_001
"""The advisory lock under which tables are made: any number no other program uses."""


class StoreError(RuntimeError):
    """A store could not be read or written; nothing was changed."""


def database_engine(database: str | Path) -> sa.engine.Engine:
    """An engine for a SQLite file, for ":memory:", or for a URL such as postgresql://user@host/name."""
    if isinstance(database, str) and "://" in database:
        return sa.create_engine(database, pool_pre_ping=True)
    return sqlite_engine(database)


def sqlite_engine(file: str | Path) -> sa.engine.Engine:
    """An engine for one SQLite file with a write-ahead log; ":memory:" for a store of this process alone.

    It waits instead of failing while another process writes, and overwrites what is deleted. The file is
    readable by its owner only.
    """
    in_memory = str(file) == ":memory:"
    if not in_memory:
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    engine = sa.create_engine(
        sa.engine.URL.create("sqlite", database=str(file)),
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.engine.Connection) -> None:
        # The driver's own deferred start upgrades from reading to writing too late and fails as "locked".
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def creating_tables(engine: sa.engine.Engine) -> Iterator[sa.engine.Connection]:
    """A transaction that makes tables: several servers may start on the same PostgreSQL at once."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TABLES_LOCK})")
        yield connection


def cause(error: Exception) -> str:
    """What went wrong without the statement's parameters, which hold texts."""
    return str(getattr(error, "orig", None) or type(error).__name__)
