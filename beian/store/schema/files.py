"""SQLite files: who may read them, whether there is anything in them, a copy of one that is in use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PARTS = ("", "-wal", "-shm")
"""What belongs to one database, by the end of the name."""


def reading(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing into the database. Raises sqlite3.Error."""
    return sqlite3.connect(
        f"{file.resolve().as_uri()}?mode=ro",
        uri=True,
        timeout=5.0,
        isolation_level=None,
        check_same_thread=False,
    )


def shut_to_others(file: Path) -> bool:
    """Leave the database to its owner; whether others could read it before. Raises OSError."""
    was_open = False
    for part in PARTS:
        path = Path(f"{file}{part}")
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            continue
        if mode & 0o077:
            path.chmod(0o600)
            was_open = True
    return was_open


def has_rows(file: Path, table: str) -> bool:
    """Whether the database has any row in the table; False when there is no such database or table."""
    if not file.exists() or not file.stat().st_size:
        return False
    try:
        with closing(reading(file)) as connection:
            return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608
    except sqlite3.Error:
        return False


def copy(source: sqlite3.Connection, to: Path) -> None:
    """Write what the connection sees into a new file of its owner's, whole or not at all.

    Raises sqlite3.Error or OSError.
    """
    with whole(to) as unfinished, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        # One file that needs no log beside it.
        target.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def whole(to: Path) -> Iterator[Path]:
    """A file to be written, of the owner alone, that gets its name only when it is complete and on disk."""
    unfinished = to.with_name(f".{to.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        yield unfinished
        synced(unfinished)
        unfinished.replace(to)
        synced(to.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def synced(path: Path) -> None:
    """Have the file or folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
