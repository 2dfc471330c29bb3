"""What agents keep about conversations, and the list they work from."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beian.desk.tables import handoffs, labels, notes, reads
from beian.server.masking import mask
from beian.server.store import ConversationStore, conversations, messages, satisfaction
from beian.server.text import readable

MOST_LABELS = 12
MOST_LABEL_CHARACTERS = 24
MOST_NOTE_CHARACTERS = 2000
_PREVIEW_CHARACTERS = 80
_LOOKED_BACK = 200
"""How many messages of a conversation the list looks at, however many there are."""
ORDER = ("waiting", "human", "bot", "closed")


@dataclass
class Row:
    """A conversation in the list. Times are seconds since 1970; `since` is when its mode began,
    `unanswered` when the first customer's message without a person's answer came; `unread` counts
    customers' messages this agent has not seen. Both look back _LOOKED_BACK messages at most."""

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
    labels: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


class Records:
    """Reads and writes the desk's tables about conversations."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    # --- the list ----------------------------------------------------------------------------------

    def rows(
        self, agent: str, ids: Sequence[str] | None = None, modes: Sequence[str] = ORDER, most: int = 300
    ) -> list[Row]:
        """Conversations as agents work them off: waiting (the longest first), human, bot, closed."""
        query = sa.select(conversations).where(conversations.c.mode.in_(list(modes)))
        if ids is not None:
            query = query.where(conversations.c.id.in_(list(ids)))
        order = sa.case({mode: place for place, mode in enumerate(ORDER)}, value=conversations.c.mode)
        query = query.order_by(order, conversations.c.updated.desc()).limit(most)
        with self._store.reading() as connection:
            rows = [
                Row(c.id, c.mode, c.mode_since, c.updated, c.agent, c.last_id)
                for c in connection.execute(query)
            ]
            found = {row.id: row for row in rows}
            self._fill(connection, found, agent)
        rows.sort(key=_urgency)
        return rows

    @staticmethod
    def _fill(connection: sa.engine.Connection, rows: dict[str, Row], agent: str) -> None:
        if not rows:
            return
        for row in connection.execute(_SHOWN_OF, {"ids": list(rows), "agent": agent}):
            shown = rows[row.id]
            shown.last_author, shown.unread = row.author or "", row.unread
            shown.preview = " ".join((row.text or "").split())[:_PREVIEW_CHARACTERS]
            shown.unanswered = row.unanswered if shown.mode == "human" else None
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

    # --- notes and labels ----------------------------------------------------------------------------

    def add_note(self, conversation: str, agent: str, text: str) -> dict[str, Any]:
        """Keep a note for other agents; personal numbers in it are masked. ValueError when it is empty."""
        text = mask(readable(text))[:MOST_NOTE_CHARACTERS]
        if not text:
            raise ValueError("an empty note")
        values = {"conversation": conversation, "at": time.time(), "agent": agent, "text": text}
        with self._store.transaction() as connection:
            inserted = connection.execute(notes.insert().values(**values))
        return {"n": inserted.inserted_primary_key[0], "at": values["at"], "agent": agent, "text": text}

    def notes(self, conversation: str) -> list[dict[str, Any]]:
        """The notes of a conversation, oldest first."""
        query = sa.select(notes.c.n, notes.c.at, notes.c.agent, notes.c.text)
        query = query.where(notes.c.conversation == conversation).order_by(notes.c.n)
        with self._store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def set_labels(self, conversation: str, names: Iterable[str]) -> list[str]:
        """Replace the labels of a conversation; those stored. ValueError when there are too many."""
        # Masked as it will be stored: what is taken out before may have hidden a number.
        wanted = sorted(
            {mask(" ".join(readable(name).split()))[:MOST_LABEL_CHARACTERS] for name in names} - {""}
        )
        if len(wanted) > MOST_LABELS:
            raise ValueError("too many labels")
        with self._store.transaction() as connection:
            connection.execute(labels.delete().where(labels.c.conversation == conversation))
            for name in wanted:
                connection.execute(labels.insert().values(conversation=conversation, label=name))
        return wanted

    def known_labels(self) -> list[str]:
        """Every label in use, the most used first."""
        query = sa.select(labels.c.label).group_by(labels.c.label).order_by(sa.func.count().desc()).limit(100)
        with self._store.reading() as connection:
            return [row[0] for row in connection.execute(query)]

    def labels_of(self, conversation: str) -> list[str]:
        """The labels of a conversation."""
        query = sa.select(labels.c.label).where(labels.c.conversation == conversation)
        with self._store.reading() as connection:
            return sorted(row[0] for row in connection.execute(query))

    # --- handoffs ----------------------------------------------------------------------------------------

    def asked(self, conversation: str) -> None:
        """Note that the customer asked for a person, unless that is noted already."""
        with self._store.transaction() as connection:
            if not connection.execute(_open_handoff(conversation)).first():
                values = {"conversation": conversation, "at": time.time(), "asked": 1}
                connection.execute(handoffs.insert().values(**values))

    def claimed(self, conversation: str, agent: str) -> None:
        """Note who took over, also when nobody had asked."""
        now = time.time()
        with self._store.transaction() as connection:
            row = connection.execute(_open_handoff(conversation)).first()
            if row is None:
                values = {"conversation": conversation, "at": now, "asked": 0}
                values |= {"claimed": now, "agent": agent}
                connection.execute(handoffs.insert().values(**values))
                return
            # A colleague who takes it over later does not change how long the customer waited.
            change = handoffs.update().where(handoffs.c.n == row.n)
            connection.execute(change.values(claimed=row.claimed or now, agent=agent))

    def replied(self, conversation: str) -> None:
        """Note the person's first reply."""
        self._set_now(conversation, "replied")

    def ended(self, conversation: str) -> None:
        """Note that the person is done."""
        self._set_now(conversation, "ended")

    def _set_now(self, conversation: str, column: str) -> None:
        change = handoffs.update().where(
            handoffs.c.conversation == conversation, handoffs.c.ended.is_(None), handoffs.c[column].is_(None)
        )
        with self._store.transaction() as connection:
            connection.execute(change.values({column: time.time()}))

    def satisfaction_of(self, conversation: str) -> int | None:
        """The customer's last answer after a conversation with a person: 1, 0 or None."""
        query = sa.select(satisfaction.c.value).where(satisfaction.c.conversation == conversation)
        with self._store.reading() as connection:
            value = connection.execute(query.order_by(satisfaction.c.at.desc()).limit(1)).scalar()
        return None if value is None else int(value)


def _open_handoff(conversation: str) -> Any:
    return sa.select(handoffs).where(handoffs.c.conversation == conversation, handoffs.c.ended.is_(None))


def _shown_of() -> Any:
    """What the list shows of the messages of `ids` to `agent`, from the newest _LOOKED_BACK of each."""
    floor = conversations.c.last_id - _LOOKED_BACK

    def those(what: Any, *conditions: Any) -> Any:
        mine = messages.c.conversation == conversations.c.id
        return sa.select(what).where(mine, *conditions).correlate(conversations).scalar_subquery()

    def newest(*conditions: Any) -> Any:
        return those(sa.func.max(messages.c.id), messages.c.id > floor, *conditions)

    def after(number: Any) -> Any:
        # One bound, so that the rows below it are not even looked at.
        number = sa.func.coalesce(number, 0)
        return messages.c.id > sa.case((number > floor, number), else_=floor)

    mine = sa.and_(reads.c.conversation == conversations.c.id, reads.c.agent == sa.bindparam("agent"))
    read = sa.select(reads.c.last_id).where(mine).correlate(conversations).scalar_subquery()
    answered = newest(messages.c.author.in_(("agent", "bot")))
    asked = messages.c.author == "user"
    # What a person or the assistant said last; that someone is waiting shows anyway.
    last = messages.alias("last")
    said = sa.and_(
        last.c.conversation == conversations.c.id, last.c.id == newest(messages.c.author != "system")
    )
    return (
        sa.select(
            conversations.c.id,
            last.c.author,
            sa.func.substr(last.c.text, 1, 160).label("text"),
            those(sa.func.count(), asked, after(read)).label("unread"),
            those(sa.func.min(messages.c.at), asked, after(answered)).label("unanswered"),
        )
        .select_from(conversations.outerjoin(last, said))
        .where(conversations.c.id.in_(sa.bindparam("ids", expanding=True)))
    )


_SHOWN_OF = _shown_of()


def _urgency(row: Row) -> tuple[int, float]:
    place = ORDER.index(row.mode)
    if row.mode == "waiting":
        return place, row.since
    if row.mode == "human":
        # Whoever waits for a reply comes first.
        return place, row.unanswered if row.unanswered is not None else 2e10 - row.updated / 1e3
    return place, -row.updated
