"""What agents keep about conversations, and the list they work from."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beian.contract import desk as contract
from beian.contract.desk import MOST_LABELS, Note
from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import handoffs, labels, notes, reads
from beian.store.tables import conversations, messages, satisfaction, turns
from beian.text.acceptable import readable

MOST_LABEL_CHARACTERS = 24
MOST_NOTE_CHARACTERS = 2000
_PREVIEW_CHARACTERS = 80
PAGE = 60
"""How many rows of each section of the list come at once; all there are of those a person has."""
_MOST_HELD = 500
_LOOKED_BACK = 200
"""How many messages of a conversation the list looks at, however many there are."""
ORDER = ("waiting", "human", "bot", "closed")
_USUAL_SECONDS = 7 * 86_400.0
_MOST_SERVED, _FEWEST_SERVED = 50, 5
"""Of how many that waited for a person, all lately, it is told how long one usually waits."""
_NO_QUESTION = ("handoff", "smalltalk")
_WITH_PERSON = ("waiting", "human")


@dataclass
class Row:
    """A conversation in the list. Times are seconds since 1970; `since` is when its mode began,
    `unanswered` when the first customer's message without a person's answer came; `unread` counts
    customers' messages this agent has not seen. Both look back _LOOKED_BACK messages at most. `question` is
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


class Records:
    """Reads and writes the desk's tables about conversations."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    # --- the list ----------------------------------------------------------------------------------

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
        for row in connection.execute(_SHOWN_OF, {"ids": list(rows), "agent": agent}):
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

    # --- notes and labels ----------------------------------------------------------------------------

    def add_note(self, conversation: str, agent: str, text: str) -> Note:
        """Keep a note for other agents; personal numbers in it are masked. ValueError when it is empty."""
        text = mask(readable(text))[:MOST_NOTE_CHARACTERS]
        if not text:
            raise ValueError("an empty note")
        now = time.time()
        values = {"conversation": conversation, "at": now, "agent": agent, "text": text}
        with self._store.transaction() as connection:
            inserted = connection.execute(notes.insert().values(**values))
        return Note(n=inserted.inserted_primary_key[0], at=now, agent=agent, text=text)

    def notes(self, conversation: str) -> list[Note]:
        """The notes of a conversation, oldest first."""
        query = sa.select(notes.c.n, notes.c.at, notes.c.agent, notes.c.text)
        query = query.where(notes.c.conversation == conversation).order_by(notes.c.n)
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        return [Note(n=row.n, at=row.at, agent=row.agent, text=row.text) for row in found]

    def change_labels(self, conversation: str, add: Iterable[str], remove: Iterable[str]) -> list[str]:
        """Add labels and take others off; those there are then. ValueError when there are too many.

        Two agents who change them at once both get what they want.
        """
        wanted, unwanted = _as_stored(add), _as_stored(remove)
        kind = postgresql if self._store.engine.dialect.name == "postgresql" else sqlite
        here = labels.c.conversation == conversation
        with self._store.transaction() as connection:
            connection.execute(labels.delete().where(here, labels.c.label.in_(unwanted)))
            for name in wanted:
                insert = kind.insert(labels).values(conversation=conversation, label=name)
                connection.execute(insert.on_conflict_do_nothing())
            stored = [row[0] for row in connection.execute(sa.select(labels.c.label).where(here))]
            if len(stored) > MOST_LABELS:
                raise ValueError("too many labels")
        return sorted(stored)

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

    def waits_since(self, conversation: str) -> float:
        """Since when the customer waits: for a person at all, or for a reply to what is unanswered."""
        with self._store.reading() as connection:
            row = connection.execute(_open_handoff(conversation)).first()
        if row is not None and row.replied is None:
            return float(row.at)
        rows = self.rows("", [conversation])
        unanswered = rows[0].unanswered if rows else None
        return time.time() if unanswered is None else unanswered

    def returned(self, conversation: str, since: float) -> None:
        """Note that whoever had it has it no longer: the customer has waited for a person since `since`.

        What was never replied to goes on waiting; after a reply a new wait begins.
        """
        with self._store.transaction() as connection:
            row = connection.execute(_open_handoff(conversation)).first()
            if row is not None and row.replied is None:
                change = handoffs.update().where(handoffs.c.n == row.n)
                connection.execute(change.values(claimed=None, agent=None, asked=1))
                return
            if row is not None:
                change = handoffs.update().where(handoffs.c.n == row.n)
                connection.execute(change.values(ended=time.time()))
            values = {"conversation": conversation, "at": since, "asked": 1}
            connection.execute(handoffs.insert().values(**values))

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

    def queue(self, conversation: str) -> tuple[int | None, float | None]:
        """How many customers have waited longer for a person than this one, None where it does not wait; and
        how many seconds one waits usually: the median of the newest that were served, None of too few."""
        this, other = conversations.alias(), conversations.alias()
        longer = sa.and_(other.c.mode == "waiting", other.c.mode_since < this.c.mode_since)
        ahead = sa.select(sa.func.count()).select_from(other).where(longer).scalar_subquery()
        place = sa.select(ahead).where(this.c.id == conversation, this.c.mode == "waiting")
        served = sa.select(handoffs.c.claimed - handoffs.c.at).where(
            handoffs.c.asked == 1,
            handoffs.c.claimed.is_not(None),
            handoffs.c.at > time.time() - _USUAL_SECONDS,
        )
        served = served.order_by(handoffs.c.at.desc()).limit(_MOST_SERVED)
        with self._store.reading() as connection:
            waits = [float(wait) for wait in connection.execute(served).scalars()]
            found = connection.execute(place).scalar()
        return found, statistics.median(waits) if len(waits) >= _FEWEST_SERVED else None

    def may_rate(self, conversation: str) -> bool:
        """Whether a person has served it, is done, and the customer has not said yet whether it helped."""
        served = sa.exists().where(
            handoffs.c.conversation == conversation,
            handoffs.c.replied.is_not(None),
            handoffs.c.ended.is_not(None),
        )
        said = sa.exists().where(satisfaction.c.conversation == conversation)
        now = sa.exists().where(conversations.c.id == conversation, conversations.c.mode.in_(_WITH_PERSON))
        with self._store.reading() as connection:
            return bool(connection.execute(sa.select(sa.and_(served, ~said, ~now))).scalar())

    def satisfaction_of(self, conversation: str) -> int | None:
        """The customer's last answer after a conversation with a person: 1, 0 or None."""
        query = sa.select(satisfaction.c.value).where(satisfaction.c.conversation == conversation)
        with self._store.reading() as connection:
            value = connection.execute(query.order_by(satisfaction.c.at.desc()).limit(1)).scalar()
        return None if value is None else int(value)


def _as_stored(names: Iterable[str]) -> list[str]:
    # Masked as it will be stored: what is taken out before may have hidden a number.
    return sorted({mask(" ".join(readable(name).split()))[:MOST_LABEL_CHARACTERS] for name in names} - {""})


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
    # What only calls for a person, or greets, asks nothing that an agent has to know.
    beside = sa.exists().where(
        turns.c.conversation == messages.c.conversation,
        turns.c.message == messages.c.id,
        turns.c.status.in_(_NO_QUESTION),
    )
    question = messages.alias("question")
    asked_last = sa.and_(
        question.c.conversation == conversations.c.id,
        question.c.id
        == sa.func.coalesce(
            newest(messages.c.author == "user", ~beside), newest(messages.c.author == "user")
        ),
    )
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
            sa.func.substr(question.c.text, 1, 160).label("question"),
            those(sa.func.count(), asked, after(read)).label("unread"),
            those(sa.func.min(messages.c.at), asked, after(answered)).label("unanswered"),
        )
        .select_from(conversations.outerjoin(last, said).outerjoin(question, asked_last))
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
