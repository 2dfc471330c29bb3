"""The list of conversations that agents work from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beian.contract import desk as contract
from beian.store.conversations import ConversationStore
from beian.store.desk.shown import SHOWN_OF
from beian.store.desk_tables import labels, reads
from beian.store.tables import conversations

_PREVIEW_CHARACTERS = 80
PAGE = 60
"""How many rows of each section of the list come at once; all there are of those a person has."""
_MOST_HELD = 500
ORDER = ("waiting", "human", "bot", "closed")


@dataclass
class Row:
    """A conversation in the list. Times are seconds since 1970; `since` is when its mode began,
    `unanswered` when the first customer's message without a person's answer came; `unread` counts
    customers' messages this agent has not seen. Both look back LOOKED_BACK messages at most. `question` is
    what the customer asked last, `case` the case in words, and `gone` whether the holder is: the desk, which
    knows them, fills in the last two."""

    id: str
    mode: str
    since: float
    updated: float
    agent: str | None
    last_id: int
    last_author: str = ""
    preview: str = ""
    unread: int = 0
    unanswered: float | None = None
    question: str = ""
    case: str = ""
    gone: bool = False
    labels: list[str] = field(default_factory=list)

    def as_dict(self) -> contract.Row:
        """The form of the contract, which has these very fields."""
        return cast(contract.Row, asdict(self))


def _labelled(label: str) -> Any:
    return conversations.c.id.in_(sa.select(labels.c.conversation).where(labels.c.label == label))


def _section(mode: str, label: str | None, after: tuple[float, str] | None) -> Any:
    """The rows of a mode in its order, from the one after the key."""
    at, name = conversations.c.updated, conversations.c.id
    query = sa.select(conversations).where(conversations.c.mode == mode)
    if label:
        query = query.where(_labelled(label))
    if mode == "waiting":
        at = conversations.c.mode_since
        if after:
            query = query.where(sa.tuple_(at, name) > sa.tuple_(*map(sa.literal, after)))
        return query.order_by(at, name).limit(PAGE)
    if after:
        query = query.where(at <= after[0], sa.or_(at < after[0], name < after[1]))
    return query.order_by(at.desc(), name.desc()).limit(_MOST_HELD if mode == "human" else PAGE)


def _urgency(row: Row) -> tuple[int, float]:
    place = ORDER.index(row.mode)
    if row.mode == "waiting":
        return place, row.since
    if row.mode == "human":
        # Whoever waits for a reply comes first.
        return place, row.unanswered if row.unanswered is not None else 2e10 - row.updated / 1e3
    return place, -row.updated


class ListedRows:
    """Reads the list as one agent sees it, and notes how far that one has read."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def rows(self, agent: str, ids: Sequence[str]) -> list[Row]:
        """These conversations, as `agent` sees them, in the order of the list."""
        query = sa.select(conversations).where(conversations.c.id.in_(list(ids)))
        return self._read(agent, [query])

    def sections(
        self,
        agent: str,
        modes: Sequence[str] = ORDER,
        label: str | None = None,
        after: tuple[float, str] | None = None,
    ) -> list[Row]:
        """The first PAGE rows of each mode: waiting (the longest first), human, bot, closed (latest first).

        `after` is the key of the last row known of the only mode asked for: when it began to wait or
        was last changed (seconds since 1970), and its id.
        """
        return self._read(agent, [_section(mode, label, after) for mode in modes])

    def counts(self, label: str | None = None) -> dict[str, int]:
        """How many conversations there are of each mode, of those with a label where one is given."""
        query = sa.select(conversations.c.mode, sa.func.count()).group_by(conversations.c.mode)
        if label:
            query = query.where(_labelled(label))
        with self._store.reading() as connection:
            found = {row[0]: int(row[1]) for row in connection.execute(query)}
        return {mode: found.get(mode, 0) for mode in ORDER}

    def _read(self, agent: str, queries: Sequence[Any]) -> list[Row]:
        with self._store.reading() as connection:
            rows = [
                Row(c.id, c.mode, c.mode_since, c.updated, c.agent, c.last_id)
                for query in queries
                for c in connection.execute(query)
            ]
            self._fill(connection, {row.id: row for row in rows}, agent)
        rows.sort(key=_urgency)
        return rows

    @staticmethod
    def _fill(connection: sa.engine.Connection, rows: dict[str, Row], agent: str) -> None:
        if not rows:
            return
        for row in connection.execute(SHOWN_OF, {"ids": list(rows), "agent": agent}):
            shown = rows[row.id]
            shown.last_author, shown.unread = row.author or "", row.unread
            shown.preview = " ".join((row.text or "").split())[:_PREVIEW_CHARACTERS]
            shown.unanswered = row.unanswered if shown.mode == "human" else None
            shown.question = " ".join((row.question or "").split())[:_PREVIEW_CHARACTERS]
        query = sa.select(labels).where(labels.c.conversation.in_(list(rows))).order_by(labels.c.label)
        for row in connection.execute(query):
            rows[row.conversation].labels.append(row.label)

    def mark_read(self, conversation: str, agent: str, last_id: int) -> None:
        """Note that an agent has seen everything up to message `last_id`."""
        kind = postgresql if self._store.engine.dialect.name == "postgresql" else sqlite
        insert = kind.insert(reads).values(conversation=conversation, agent=agent, last_id=last_id)
        insert = insert.on_conflict_do_update(
            index_elements=["conversation", "agent"],
            set_={"last_id": last_id},
            where=reads.c.last_id < last_id,
        )
        with self._store.transaction() as connection:
            connection.execute(insert)

    def held(self, agents: Sequence[str] | None = None) -> list[tuple[str, str, float]]:
        """What a person has (of `agents`, or any): the conversation, whose it is, and since when."""
        query = sa.select(conversations.c.id, conversations.c.agent, conversations.c.mode_since).where(
            conversations.c.mode == "human", conversations.c.agent.is_not(None)
        )
        if agents is not None:
            query = query.where(conversations.c.agent.in_(list(agents)))
        with self._store.reading() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]
