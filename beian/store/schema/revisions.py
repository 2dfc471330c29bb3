"""The revisions of each database, and running them; every function works in the caller's transaction."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.pool import StaticPool

_HERE = Path(__file__).parent

# It would tell each step in English beside the one line that tells all.
logging.getLogger("alembic").setLevel(logging.WARNING)

# The revisions' `op` stands for whatever runs at the moment in the whole process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class RevisionLine:
    """One database's line of revisions: its folder here, its name for people, and its tables.

    `version_table` differs, as one PostgreSQL database may hold both; `content` is the table in which
    rows mean that conversations were held.
    """

    name: str
    title: str
    version_table: str
    content: str


CONVERSATIONS = RevisionLine("conversations", "对话库", "schema_conversations", "messages")
EVENTS = RevisionLine("events", "事件库", "schema_events", "events")


@cache
def _script(line: RevisionLine) -> ScriptDirectory:
    return ScriptDirectory(str(_HERE), version_locations=[str(_HERE / line.name)])


def known(line: RevisionLine) -> list[str]:
    """All revisions, the oldest first."""
    return [found.revision for found in reversed(list(_script(line).walk_revisions()))]


def head(line: RevisionLine) -> str:
    """The newest revision."""
    return known(line)[-1]


def current(connection: sa.engine.Connection, line: RevisionLine) -> str | None:
    """The revision a database says it has, None when it says nothing."""
    return MigrationContext.configure(
        connection, opts={"version_table": line.version_table}
    ).get_current_revision()


def upgrade(connection: sa.engine.Connection, line: RevisionLine, to: str | None = None) -> None:
    """Run the revisions up to `to`, the newest by default."""
    script = _script(line)

    def steps(found: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs(to or head(line), found)

    options = {"version_table": line.version_table, "fn": steps}
    context = MigrationContext.configure(connection, opts=options)
    with _one_at_a_time, Operations.context(context):
        context.run_migrations()


def stamp(connection: sa.engine.Connection, line: RevisionLine, revision: str) -> None:
    """Have the database say that it has this revision."""
    context = MigrationContext.configure(connection, opts={"version_table": line.version_table})
    context.stamp(_script(line), revision)


@cache
def tables_at(line: RevisionLine, revision: str) -> sa.MetaData:
    """The tables as the revision leaves them, without the one that holds the version."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        upgrade(connection, line, revision)
    metadata = sa.MetaData()
    metadata.reflect(engine, only=lambda name, _: name != line.version_table)
    engine.dispose()
    return metadata
