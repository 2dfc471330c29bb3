"""Databases as a backup reads them: writers are paused for a moment, in which each is pinned; then copied.

What is read later is what stood there in that moment, in both databases, while the server goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.backup import postgres
from beian.store.backup.manifest import BackupError, Part, described
from beian.store.schema import files, revisions
from beian.store.schema.found import look, look_at_file
from beian.store.schema.places import Database

_TRIES, _WAIT_SECONDS = 5, 2.0


class File:
    """A SQLite file: the online backup reads from within a transaction that began in the pause."""

    def __init__(self, place: Database) -> None:
        assert place.file is not None
        self._place, self._file = place, place.file
        self.name = f"{place.line.name}.db"
        if not self._file.exists() or not self._file.stat().st_size:
            raise BackupError(f"没有可备份的{place.line.title}：{self._file} 不存在或是空的")
        self._reader = files.reading(self._file)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hold the write lock."""
        with closing(sqlite3.connect(self._file, timeout=_WAIT_SECONDS, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
            writer.execute("ROLLBACK")

    def pin(self) -> None:
        """Begin to read: a transaction sees what was there at its first look."""
        if self._reader.in_transaction:
            self._reader.execute("ROLLBACK")
        self._reader.execute("BEGIN")
        self._reader.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def copy(self, folder: Path) -> Part:
        """Write one file, and look whether it is sound."""
        to, line = folder / self.name, self._place.line
        files.copy(self._reader, to)
        sound(to)
        found = look_at_file(to, line, self._place.label)
        rows = {line.name: _count(to, line.content)} if found.revision else {}
        return described(to, "sqlite", {line.name: found.revision or ""}, rows)

    def close(self) -> None:
        """End the transaction."""
        self._reader.close()


class BackupServer:
    """A PostgreSQL database, which may hold both: pg_dump reads the snapshot that the pause exported."""

    def __init__(self, places: Sequence[Database]) -> None:
        self._places = list(places)
        self.name = f"{'-'.join(place.line.name for place in places)}.dump"
        self._engine = places[0].engine()
        self._reader: sa.engine.Connection | None = None
        self._snapshot = ""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Lock the tables that every write of a conversation begins with."""
        tables = ["conversations" if p.line is revisions.CONVERSATIONS else "events" for p in self._places]
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_WAIT_SECONDS * 1000)}")
            for table in tables:
                connection.exec_driver_sql(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield

    def pin(self) -> None:
        """Export a snapshot; it lasts as long as its transaction."""
        self._unpin()
        self._reader = self._engine.connect().execution_options(isolation_level="REPEATABLE READ")
        self._reader.begin()
        self._snapshot = str(self._reader.exec_driver_sql("SELECT pg_export_snapshot()").scalar())

    def copy(self, folder: Path) -> Part:
        """Have pg_dump write one file."""
        assert self._reader is not None
        holds, rows = {}, {}
        for place in self._places:
            holds[place.line.name] = look(self._reader, place.line, place.label).revision or ""
            query = sa.select(sa.func.count()).select_from(sa.table(place.line.content))
            rows[place.line.name] = int(self._reader.execute(query).scalar() or 0)
        url = self._places[0].url
        assert url is not None
        with files.whole(folder / self.name) as unfinished:
            postgres.dump(url, self._snapshot, unfinished)
        return described(folder / self.name, "postgresql", holds, rows)

    def _unpin(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def close(self) -> None:
        """End the transaction."""
        self._unpin()
        self._engine.dispose()


@contextmanager
def pinned(places: Sequence[Database]) -> Iterator[list[File | BackupServer]]:
    """The sources of the databases, all pinned at one moment. Raises BackupError."""
    with ExitStack() as opened:
        sources: list[File | BackupServer] = []
        for group in _groups(places):
            source = File(group[0]) if group[0].file is not None else BackupServer(group)
            opened.callback(source.close)
            sources.append(source)
        _pin_all(sources)
        yield sources


def _pin_all(sources: list[File | BackupServer]) -> None:
    for tried in range(_TRIES):
        try:
            with ExitStack() as pause:
                for source in sources:
                    pause.enter_context(source.paused())
                for source in sources:
                    source.pin()
                return
        except (sqlite3.OperationalError, SQLAlchemyError) as error:
            # Between tries everybody else writes: a pause never lasts longer than one wait for each.
            if tried == _TRIES - 1:
                raise BackupError(f"数据库一直被占用，没能备份：{getattr(error, 'orig', error)}") from error


def _groups(places: Sequence[Database]) -> list[list[Database]]:
    """Places that are one PostgreSQL database come together."""
    groups: list[list[Database]] = []
    for place in places:
        for group in groups:
            if place.url is not None and group[0].url is not None and _same(place.url, group[0].url):
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def _same(one: sa.engine.URL, other: sa.engine.URL) -> bool:
    return (one.host, one.port or 5432, one.database) == (other.host, other.port or 5432, other.database)


def sound(file: Path) -> None:
    """Look through a SQLite file; raises BackupError when it is damaged."""
    try:
        with closing(files.reading(file)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(f"{file} 已损坏：{error}") from error
    if found != "ok":
        raise BackupError(f"{file} 已损坏：{found}")


def _count(file: Path, table: str) -> int:
    with closing(files.reading(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
