"""Full-text search over all messages, by the indexes of `search_index`.

What has words of three signs is found by their trigrams; what has shorter ones alone, by the rarest of them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from beian.store.conversations import ConversationStore
from beian.store.search_index import ENDS, SIGNS, TRIGRAM
from beian.store.tables import messages

SEARCHED = 100
"""How many conversations are found at once; earlier ones are asked for."""
LOOKED_AT = 20_000
"""How many of the last messages are looked through before the index of all of them is."""
MOST_QUERY_CHARACTERS = 100
_FOUND = ("conversation", "id", "text", "at")
_MOST_WORDS = 8
_SHOWN = 200
_SHOWN_BEFORE = 6
"""How much of a found text is shown, and of that before the first word: rows are narrow."""
_RARE = 2000
"""Up to how many places of a word are counted to find the rarest."""
_LAST_SIGN = chr(0x10FFFF)
_TERMS = sa.table("desk_search_terms", sa.column("term"), sa.column("doc"))
_SEARCHED = sa.table("desk_searched", sa.column("n"), sa.column("conversation"), sa.column("id"))


@dataclass(frozen=True)
class FoundMessage:
    """A message that was found: its conversation, number, text, and when it came (seconds since 1970)."""

    conversation: str
    message: int
    text: str
    at: float


def _words(query: str) -> list[str]:
    return unicodedata.normalize("NFKC", query[:MOST_QUERY_CHARACTERS]).split()[:_MOST_WORDS]


def excerpt(text: str, query: str) -> str:
    """The part of a found text that shows why it was found, as one line."""
    line = " ".join(text.split())
    folded = line.lower()
    places = [place for place in (folded.find(word.lower()) for word in _words(query)) if place >= 0]
    begin = min(places, default=0) - _SHOWN_BEFORE
    if begin <= 1:
        return line[:_SHOWN]
    return f"…{line[begin : begin + _SHOWN - 1]}"


def search(
    store: ConversationStore, query: str, limit: int = SEARCHED, before: float | None = None
) -> list[FoundMessage]:
    """Messages that hold all words of the query, newest first, those from before `before` alone.

    One for each conversation: its newest matching message of those.
    """
    words = _words(query)
    if not words:
        return []
    with store.reading() as connection:
        # A word that is everywhere has its newest messages among the last ones: nothing else is looked at.
        matched = _last_matching(words, store.engine, before)
        found = connection.execute(_newest(matched, words, store.engine, limit, before)).fetchall()
        if len(found) < limit:
            matched = _all_matching(words, connection)
            found = connection.execute(_newest(matched, words, store.engine, limit, before)).fetchall()
    return [FoundMessage(*row) for row in found]


def _last_matching(words: list[str], engine: sa.engine.Engine, before: float | None) -> Any:
    """Those of the last messages that hold all words."""
    query = sa.select(messages).order_by(messages.c.at.desc()).limit(LOOKED_AT)
    last = (query if before is None else query.where(messages.c.at < before)).subquery()
    return sa.select(*(last.c[name] for name in _FOUND)).where(*_holding(last.c.text, words, engine))


def _all_matching(words: list[str], connection: sa.engine.Connection) -> Any:
    """The same of all messages, by the index where there is one for the words."""
    engine = connection.engine
    long = [word for word in words if len(word) >= TRIGRAM]
    short = [word for word in words if len(word) < TRIGRAM]
    found = sa.select(*(messages.c[name] for name in _FOUND)).where(*_holding(messages.c.text, words, engine))
    if engine.dialect.name != "sqlite":
        signs = sa.func.string_to_array(sa.func.lower("".join(short)), sa.null())
        return found.where(sa.literal_column(SIGNS).op("@>")(signs)) if short else found
    if long:
        index = sa.table("desk_search", sa.column("rowid"), sa.column("text"))
        wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
        hit = sa.select(index.c.rowid).where(sa.text("desk_search MATCH :wanted")).params(wanted=wanted)
        held: Any = sa.select(_SEARCHED.c.conversation, _SEARCHED.c.id).where(_SEARCHED.c.n.in_(hit))
    elif indexed := [word for word in short if word.isascii() or not _has_case(word)]:
        held = _holding_short(_rarest(indexed, connection))
    else:
        # The index and LIKE differ about the case of letters that are not ASCII.
        return found
    held = held.subquery()
    same = sa.and_(held.c.conversation == messages.c.conversation, held.c.id == messages.c.id)
    return found.join(held, same)


def _starts(column: Any, word: str) -> Any:
    """That it starts with the word, in a way for which an index serves."""
    return sa.and_(column >= word, column <= word + _LAST_SIGN)


def _rarest(words: list[str], connection: sa.engine.Connection) -> str:
    """The one of some short words that stands in the fewest places, as lower case."""

    def places(word: str) -> int:
        some = sa.select(_TERMS.c.doc).where(_starts(_TERMS.c.term, word)).limit(_RARE).subquery()
        return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())

    lower = [word.lower() for word in words]
    return lower[0] if len(lower) == 1 else min(lower, key=places)


def _holding_short(word: str) -> Any:
    """The messages that hold a word of one or two signs: where a trigram starts with it, and at the end."""
    starting = sa.select(_TERMS.c.doc).where(_starts(_TERMS.c.term, word))
    held = sa.select(_SEARCHED.c.conversation, _SEARCHED.c.id).where(_SEARCHED.c.n.in_(starting))
    two, one = (sa.literal_column(end) for end in ENDS)
    ends = sa.select(messages.c.conversation, messages.c.id)
    parts = [held, ends.where(_starts(two, word))]
    return sa.union(*parts, *([ends.where(one == word)] if len(word) == 1 else []))


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
        if is_sqlite and not _has_case(word):
            # LIKE goes from character to character, this from byte to byte.
            return sa.func.instr(text, word) > 0
        # SQLite's LIKE minds no case; PostgreSQL's ILIKE takes several times as long for that.
        like = text.ilike if _has_case(word) and not is_sqlite else text.like
        return like(f"%{_escaped(word)}%", escape="\\")

    return [holds(word) for word in words]


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
