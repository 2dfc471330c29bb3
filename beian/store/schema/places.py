"""Where one of this server's two databases is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from beian.store.database import sqlite_engine
from beian.store.schema.revisions import RevisionLine


@dataclass(frozen=True)
class Database:
    """One of the two: a SQLite file, or else a URL."""

    line: RevisionLine
    file: Path | None = None
    url: sa.engine.URL | None = None

    @property
    def label(self) -> str:
        """Its name and place for people, without a password."""
        place = self.file or (self.url.render_as_string(hide_password=True) if self.url else "")
        return f"{self.line.title} {place} "

    def engine(self) -> sa.engine.Engine:
        """A new engine; the caller disposes of it."""
        if self.file is not None:
            return sqlite_engine(self.file)
        assert self.url is not None
        # Without the limits on time that a server's requests need: a change of the schema may take long.
        return sa.create_engine(self.url, poolclass=NullPool, connect_args={"connect_timeout": 10})


def database_at(line: RevisionLine, place: str | Path | sa.engine.URL) -> Database:
    """The database of a line at its place: a file's path, or a URL."""
    if isinstance(place, sa.engine.URL) or "://" in str(place):
        return Database(line, url=sa.engine.make_url(place))
    return Database(line, file=Path(place))
