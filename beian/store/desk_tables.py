"""The desk's tables, in the same database as the conversations they are about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.database import StoreError, cause, creating_tables
from beian.store.tables import conversations

metadata = sa.MetaData()


def _conversation(**options: bool) -> sa.Column:
    """What belongs to a conversation goes with it."""
    return sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), **options)


agents = sa.Table(
    "desk_agents",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("role", sa.String(8), nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("disabled", sa.Integer, nullable=False),
    # What customers call the agent; NULL for no name at all. Never the name one logs in with by itself.
    sa.Column("shown", sa.String(32)),
)
# `id` is a digest of what the cookie holds: reading this table lets nobody in.
sessions = sa.Table(
    "desk_sessions",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("agent", sa.ForeignKey(agents.c.name, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("seen", sa.Float, nullable=False),
)
# When each agent was last there, as any server of the database saw it.
presence = sa.Table(
    "desk_presence",
    metadata,
    # No foreign key: a backup from before this table is restored over the agents.
    sa.Column("agent", sa.String(32), primary_key=True),
    sa.Column("seen", sa.Float, nullable=False),
)
# Who is away, and until when. As above without a foreign key.
absences = sa.Table(
    "desk_absences",
    metadata,
    sa.Column("agent", sa.String(32), primary_key=True),
    sa.Column("begin", sa.Float, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)
# What admins set for the whole team: `value` is JSON, written as a whole.
settings = sa.Table(
    "desk_settings",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("agent", sa.String(32), nullable=False),
)
# Replies that the team shares.
snippets = sa.Table(
    "desk_snippets",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(30), nullable=False, unique=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("agent", sa.String(32), nullable=False),
)
# Log-ins begun and not succeeded in, also for names that do not exist. `name` holds digests of the name
# and of the place it was tried from: see lockout.py.
failures = sa.Table(
    "desk_failures",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
)
audit = sa.Table(
    "desk_audit",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("agent", sa.String(64), nullable=False, index=True),
    sa.Column("action", sa.String(24), nullable=False),
    sa.Column("conversation", sa.String(64)),
    sa.Column("detail", sa.Text),
)
notes = sa.Table(
    "desk_notes",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    _conversation(nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("agent", sa.String(32), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
labels = sa.Table(
    "desk_labels",
    metadata,
    _conversation(primary_key=True),
    sa.Column("label", sa.String(24), primary_key=True),
)
# How far each agent has read each conversation.
reads = sa.Table(
    "desk_reads",
    metadata,
    _conversation(primary_key=True),
    sa.Column("agent", sa.String(32), primary_key=True),
    sa.Column("last_id", sa.Integer, nullable=False),
)
# One row from asking for a person (or from a claim nobody asked for) until the person is done.
handoffs = sa.Table(
    "desk_handoffs",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    _conversation(nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("claimed", sa.Float),
    sa.Column("agent", sa.String(32)),
    sa.Column("replied", sa.Float),
    sa.Column("ended", sa.Float),
)

_APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER IF NOT EXISTS desk_audit_no_{verb} BEFORE {verb} ON desk_audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        "CREATE TRIGGER IF NOT EXISTS desk_audit_no_replace BEFORE INSERT ON desk_audit "
        "WHEN EXISTS (SELECT 1 FROM desk_audit WHERE n = new.n) "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION desk_audit_refuse() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql",
        "DROP TRIGGER IF EXISTS desk_audit_no_{verb} ON desk_audit",
        "CREATE TRIGGER desk_audit_no_{verb} BEFORE {verb} ON desk_audit "
        "EXECUTE FUNCTION desk_audit_refuse()",
    ],
}
_VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def create(engine: sa.engine.Engine) -> None:
    """Make what is missing; the audit log refuses changes from then on. Raises StoreError."""
    try:
        with creating_tables(engine) as connection:
            metadata.create_all(connection)
            for statement in _APPEND_ONLY.get(engine.dialect.name, []):
                for verb in _VERBS[engine.dialect.name]:
                    connection.exec_driver_sql(statement.format(verb=verb))
    except SQLAlchemyError as error:
        raise StoreError(f"the desk's tables cannot be used: {cause(error)}") from error


def export(engine: sa.engine.Engine, conversation: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about one conversation, by table; the audit log is about agents and stays out."""
    found: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as connection:
        present = set(sa.inspect(connection).get_table_names())
        for table in (notes, labels, reads, handoffs):
            if table.name in present:
                rows = connection.execute(sa.select(table).where(table.c.conversation == conversation))
                found[table.name] = [dict(row._mapping) for row in rows]
    return found
