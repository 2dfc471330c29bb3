"""The indexes behind the search over all messages, made and kept by the database itself.

SQLite: an FTS5 table of trigrams filled by triggers, so that no writer can forget it. A word of one or two
signs is the beginning of trigrams, or stands at the end of a text, where none begins: two indexes have the
ends. PostgreSQL: pg_trgm, and an index of the single signs of each text for the short words.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.database import StoreError, cause, creating_tables

logger = logging.getLogger(__name__)

TRIGRAM = 3
ENDS = ("lower(substr(text, -2))", "lower(substr(text, -1))")
"""What the indexes of the ends of texts hold. SQLite folds ASCII letters alone, in LIKE too."""
SIGNS = "string_to_array(lower(text), NULL)"
"""What PostgreSQL's index of single signs holds."""
_MERGED_PAGES = 500

# The numbers stand between: messages have no single key of their own that FTS5 could use.
_SQLITE = (
    "CREATE TABLE IF NOT EXISTS desk_searched (n INTEGER PRIMARY KEY, conversation TEXT NOT NULL, "
    "id INTEGER NOT NULL, UNIQUE (conversation, id))",
    "CREATE VIRTUAL TABLE IF NOT EXISTS desk_search USING fts5(text, tokenize='trigram')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS desk_search_terms USING fts5vocab(desk_search, instance)",
    "CREATE TRIGGER IF NOT EXISTS desk_search_add AFTER INSERT ON messages BEGIN "
    "INSERT INTO desk_searched (conversation, id) VALUES (new.conversation, new.id); "
    "INSERT INTO desk_search (rowid, text) SELECT n, new.text FROM desk_searched "
    "WHERE conversation = new.conversation AND id = new.id; END",
    "CREATE TRIGGER IF NOT EXISTS desk_search_drop AFTER DELETE ON messages BEGIN "
    "DELETE FROM desk_search WHERE rowid IN "
    "(SELECT n FROM desk_searched WHERE conversation = old.conversation AND id = old.id); "
    "DELETE FROM desk_searched WHERE conversation = old.conversation AND id = old.id; END",
    # What was written before the desk existed.
    "INSERT OR IGNORE INTO desk_searched (conversation, id) SELECT conversation, id FROM messages",
    "INSERT INTO desk_search (rowid, text) SELECT n, messages.text FROM desk_searched JOIN messages "
    "USING (conversation, id) WHERE n NOT IN (SELECT rowid FROM desk_search)",
    *(
        f"CREATE INDEX IF NOT EXISTS desk_search_end_{signs} ON messages ({end})"
        for signs, end in zip(("two", "one"), ENDS, strict=True)
    ),
)
# Each by itself: the extension may be missing, or not allowed.
_POSTGRESQL = (
    (f"CREATE INDEX IF NOT EXISTS desk_search_signs ON messages USING gin (({SIGNS}))",),
    (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX IF NOT EXISTS desk_search ON messages USING gin (text gin_trgm_ops)",
    ),
)


def create(engine: sa.engine.Engine) -> None:
    """Make the index and fill it. Raises StoreError; PostgreSQL without the extension searches slowly."""
    if engine.dialect.name == "sqlite":
        try:
            with engine.begin() as connection:
                for statement in _SQLITE:
                    connection.exec_driver_sql(statement)
        except SQLAlchemyError as error:
            raise StoreError(f"the search index cannot be made: {cause(error)}") from error
        return
    for statements in _POSTGRESQL:
        try:
            with creating_tables(engine) as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        except SQLAlchemyError as error:
            logger.warning("search without an index", extra={"cause": cause(error)})


def forget_deleted(engine: sa.engine.Engine, pause: Callable[[], bool] = lambda: False) -> None:
    """Merge the index so that nothing of deleted messages stays in it; nothing to do on PostgreSQL.

    In small steps, with `pause` called after each: others can write in between. It ends when that is true.
    """
    if engine.dialect.name != "sqlite" or not sa.inspect(engine).has_table("desk_search"):
        return
    # A negative number of pages begins to merge all there is; positive ones go on until nothing is left.
    pages = -_MERGED_PAGES
    while _merge(engine, pages) and not pause():
        pages = _MERGED_PAGES


def _merge(engine: sa.engine.Engine, pages: int) -> bool:
    """Whether there was anything to merge."""
    with engine.begin() as connection:
        driver = connection.connection
        before = driver.total_changes
        connection.exec_driver_sql(
            "INSERT INTO desk_search (desk_search, rank) VALUES ('merge', ?)", (pages,)
        )
        # The command itself counts as one.
        return int(driver.total_changes - before) > 1
