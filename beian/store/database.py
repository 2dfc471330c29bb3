"""Engines for the server's databases, and their one kind of error.

Nothing here waits for ever. SQLite: a read never waits for a writer, and a write tries for the lock again
and again until its time is over. PostgreSQL: connecting, each statement, each lock and a connection that
has gone silent have limits, and so has a server that no longer answers at all.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

PROBE_CHARACTERS = 10_000
"""What a check of a store writes: more than one page, which a full disk does not take."""

WRITE_SECONDS = 5.0
"""How long a write waits for SQLite's lock, where no other time is set."""
_BUSY_MILLISECONDS = 200
"""How long SQLite itself waits; between two tries the time is looked at."""
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 5.0
"""How long PostgreSQL may work on one statement; `patience` changes it for a thread."""
_SILENT_SECONDS = 2.0
"""How much longer than that a server may be silent: it has stopped, or the network has."""
_IDLE_SECONDS = 60

_TABLES_LOCK = 7_214_001
"""The advisory lock under which tables are made: any number no other program uses."""


class StoreError(RuntimeError):
    """A store could not be read or written; nothing was changed."""


class _Limits(threading.local):
    until: float | None = None
    statement: float = STATEMENT_SECONDS


_limits = _Limits()


@contextmanager
def wait_until(moment: float) -> Iterator[None]:
    """In this thread, writes wait for SQLite's lock until `moment` (time.monotonic) and no longer."""
    before, _limits.until = _limits.until, moment
    try:
        yield
    finally:
        _limits.until = before


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """In this thread, a statement may take PostgreSQL so many seconds."""
    before, _limits.statement = _limits.statement, seconds
    try:
        yield
    finally:
        _limits.statement = before


def database_engine(database: str | Path | sa.engine.URL) -> sa.engine.Engine:
    """An engine for a SQLite file, for ":memory:", or for a URL such as postgresql://user@host/name."""
    if isinstance(database, sa.engine.URL) or (isinstance(database, str) and "://" in database):
        url = sa.engine.make_url(database)
        if url.get_backend_name() == "postgresql":
            return _postgresql_engine(url)
        return sa.create_engine(url, pool_pre_ping=True)
    return sqlite_engine(database)


def sqlite_engine(file: str | Path) -> sa.engine.Engine:
    """An engine for one SQLite file with a write-ahead log; ":memory:" for a store of this process alone.

    A transaction takes the write lock at its start, or, with the execution option `reading`, none at all.
    What is deleted is overwritten. The file is readable by its owner only.
    """
    in_memory = str(file) == ":memory:"
    if not in_memory:
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    # What is in memory is in one connection: threads take turns with it.
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {"max_overflow": 20}
    engine = sa.create_engine(
        sa.engine.URL.create("sqlite", database=str(file)),
        poolclass=QueuePool,
        pool_use_lifo=True,
        pool_timeout=WRITE_SECONDS,
        connect_args={"check_same_thread": False, "isolation_level": None},
        **pool,
    )

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={_BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.engine.Connection) -> None:
        if connection.get_execution_options().get("reading"):
            connection.exec_driver_sql("BEGIN")
            return
        until = _limits.until if _limits.until is not None else time.monotonic() + WRITE_SECONDS
        while True:
            try:
                # The driver's own deferred start upgrades from reading to writing too late and fails.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() >= until:
                    raise

    return engine


def _postgresql_engine(url: sa.engine.URL) -> sa.engine.Engine:
    limits = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": int((STATEMENT_SECONDS + _SILENT_SECONDS) * 1000),
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        # What the owner of the database wrote into its URL goes before.
        **url.query,
    }
    settings = {
        "statement_timeout": int(STATEMENT_SECONDS * 1000),
        "lock_timeout": int(WRITE_SECONDS * 1000),
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    limits["options"] = f"{options} {url.query.get('options', '')}".strip()
    _never_wait_for_ever()
    engine = sa.create_engine(
        url, pool_pre_ping=True, pool_use_lifo=True, pool_timeout=WRITE_SECONDS, connect_args=limits
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.engine.Connection) -> None:
        if _limits.statement != STATEMENT_SECONDS:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(_limits.statement * 1000)}")

    return engine


def _never_wait_for_ever() -> None:
    """Have the driver give up a server that says nothing; by itself it waits as long as TCP does.

    A server that was stopped still acknowledges what it is sent: no other limit notices it.
    """
    from psycopg2 import OperationalError as Silence
    from psycopg2.extensions import POLL_OK, POLL_READ, set_wait_callback

    def wait(connection: Any) -> None:
        until = time.monotonic() + _limits.statement + _SILENT_SECONDS
        while (state := connection.poll()) != POLL_OK:
            poller = select.poll()
            poller.register(connection.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
            left = until - time.monotonic()
            if left <= 0 or not poller.poll(left * 1000):
                raise Silence("the database does not answer")

    set_wait_callback(wait)


@contextmanager
def creating_tables(engine: sa.engine.Engine) -> Iterator[sa.engine.Connection]:
    """A transaction that makes tables: several servers may start on the same PostgreSQL at once."""
    # An index over many rows takes its time, and so do the servers that started before.
    with patience(600.0), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TABLES_LOCK})")
        yield connection


def cause(error: Exception) -> str:
    """What went wrong without the statement's parameters, which hold texts."""
    return str(getattr(error, "orig", None) or type(error).__name__)
