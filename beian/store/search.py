"""Full-text search over all messages: trigrams where the query has three characters, plain below that.

SQLite: an FTS5 table filled by triggers, so that no writer can forget it. PostgreSQL: pg_trgm behind
the same interface.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, cause, creating_tables
from beian.store.tables import messages

logger = logging.getLogger(__name__)

TRIGRAM = 3
SEARCHED = 100
"""How many conversations are found at once; earlier ones are asked for."""
LOOKED_AT = 20_000
"""How many of the last messages are looked through before the index of all of them is."""
MOST_QUERY_CHARACTERS = 100
_FOUND = ("conversation", "id", "text", "at")
_MOST_WORDS = 8
_MERGED_PAGES = 500

# The numbers stand between: messages have no single key of their own that FTS5 could use.
_SQLITE = (
    "CREATE TABLE IF NOT EXISTS desk_searched (n INTEGER PRIMARY KEY, conversation TEXT NOT NULL, "
    "id INTEGER NOT NULL, UNIQUE (conversation, id))",
    "CREATE VIRTUAL TABLE IF NOT EXISTS desk_search USING fts5(text, tokenize='trigram')",
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
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS desk_search ON messages USING gin (text gin_trgm_ops)",
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
    try:
        with creating_tables(engine) as connection:
            for statement in _POSTGRESQL:
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


@dataclass(frozen=True)
class FoundMessage:
    """A message that was found: its conversation, number, text, and when it came (seconds since 1970)."""

    conversation: str
    message: int
    text: str
    at: float


def search(
    store: ConversationStore, query: str, limit: int = SEARCHED, before: float | None = None
) -> list[FoundMessage]:
    """Messages that hold all words of the query, newest first, those from before `before` alone.

    One for each conversation: its newest matching message of those.
    """
    words = unicodedata.normalize("NFKC", query[:MOST_QUERY_CHARACTERS]).split()[:_MOST_WORDS]
    if not words:
        return []
    matching = _last_matching(words, store.engine, before), _all_matching(words, store.engine)
    with store.reading() as connection:
        # A word that is everywhere has its newest messages among the last ones: nothing else is looked at.
        for matched in matching:
            found = connection.execute(_newest(matched, words, store.engine, limit, before)).fetchall()
            if len(found) == limit:
                break
    return [FoundMessage(*row) for row in found]


def _last_matching(words: list[str], engine: sa.engine.Engine, before: float | None) -> Any:
    """Those of the last messages that hold all words."""
    query = sa.select(messages).order_by(messages.c.at.desc()).limit(LOOKED_AT)
    last = (query if before is None else query.where(messages.c.at < before)).subquery()
    return sa.select(*(last.c[name] for name in _FOUND)).where(*_holding(last.c.text, words, engine))


def _all_matching(words: list[str], engine: sa.engine.Engine) -> Any:
    """The same of all messages, by the index where there is one for the words."""
    long = [word for word in words if len(word) >= TRIGRAM]
    short = [word for word in words if len(word) < TRIGRAM]
    found = sa.select(*(messages.c[name] for name in _FOUND))
    if engine.dialect.name != "sqlite":
        return found.where(*_holding(messages.c.text, words, engine))
    searched = sa.table("desk_searched", sa.column("n"), sa.column("conversation"), sa.column("id"))
    same = sa.and_(searched.c.conversation == messages.c.conversation, searched.c.id == messages.c.id)
    if not long:
        # No index has them: the texts are gone through where they stand alone, without the rest of a message.
        texts = sa.table("desk_search_content", sa.column("id"), sa.column("c0"))
        hit = sa.select(texts.c.id).where(*_holding(texts.c.c0, short, engine))
        return found.join(searched, same).where(searched.c.n.in_(hit))
    index = sa.table("desk_search", sa.column("rowid"), sa.column("text"))
    wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
    hit = sa.select(index.c.rowid).where(sa.text("desk_search MATCH :wanted")).params(wanted=wanted)
    holds = _holding(messages.c.text, short, engine)
    return found.join(searched, same).where(searched.c.n.in_(hit), *holds)


def _newest(
    matched: Any, words: list[str], engine: sa.engine.Engine, limit: int, before: float | None
) -> Any:
    """The newest of the messages that matched in each conversation, the newest conversations first."""
    matched = matched.subquery()
    place = sa.func.row_number().over(partition_by=matched.c.conversation, order_by=matched.c.id.desc())
    ranked = sa.select(matched, place.label("place")).subquery()
    found = sa.select(ranked.c.conversation, ranked.c.id, ranked.c.text, ranked.c.at)
    found = found.where(ranked.c.place == 1).order_by(ranked.c.at.desc()).limit(limit)
    if before is None:
        return found
    # A conversation with a later one came with an earlier page.
    later = messages.alias("later")
    same = (later.c.conversation == ranked.c.conversation, later.c.id > ranked.c.id)
    came = sa.exists().where(*same, *_holding(later.c.text, words, engine))
    return found.where(ranked.c.at < before, ~came)


def _holding(text: Any, words: list[str], engine: sa.engine.Engine) -> list[Any]:
    """That a text holds all words, as it is written and as it is usually typed."""
    is_sqlite = engine.dialect.name == "sqlite"

    def holds(word: str) -> Any:
        has_case = word.lower() != word.upper()
        if is_sqlite and not has_case:
            # LIKE goes from character to character, this from byte to byte.
            return sa.func.instr(text, word) > 0
        # SQLite's LIKE minds no case; PostgreSQL's ILIKE takes several times as long for that.
        like = text.ilike if has_case and not is_sqlite else text.like
        return like(f"%{_escaped(word)}%", escape="\\")

    return [holds(word) for word in words]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
