"""The conversations as customers and agents see them: modes, messages, feedback, ticks, turns.

One file, `var/conversations.db` by default, or any database SQLAlchemy knows. Rasa's own events are in
the tracker store beside it. Messages are only ever appended: each has the next number of its
conversation. Every text is masked on the way in. Errors of the database come out as StoreError.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from beian.contract import customer as contract
from beian.contract.about import values_of
from beian.contract.customer import Author, Feedback, Mode
from beian.contract.reply import Choice
from beian.server.database import (
    PROBE_CHARACTERS,
    StoreError,
    cause,
    creating_tables,
    database_engine,
)
from beian.server.masking import mask, mask_value
from beian.server.threads import StoreThreads

T = TypeVar("T")

MODES = values_of(Mode)
ANSWERED_MODES = ("bot", "waiting")
"""Who waits for a person is still answered by the assistant, until an agent takes over."""
AUTHORS = values_of(Author)

metadata = sa.MetaData()
conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("updated", sa.Float, nullable=False, index=True),
    sa.Column("mode", sa.String(8), nullable=False, index=True),
    sa.Column("mode_since", sa.Float, nullable=False),
    sa.Column("agent", sa.String(64)),
    sa.Column("last_id", sa.Integer, nullable=False),
    sa.Index("ix_conversations_mode_updated", "mode", "updated"),
)
messages = sa.Table(
    "messages",
    metadata,
    sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("author", sa.String(8), nullable=False),
    sa.Column("agent", sa.String(64)),
    sa.Column("client_id", sa.String(64)),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("buttons", sa.Text),
    sa.Column("custom", sa.Text),
    sa.UniqueConstraint("conversation", "client_id"),
)
# Messages that were accepted and still wait for the assistant's answer. `turn` is the random name under which
# Rasa's events know the message: numbers come again when this database is lost or restored, a name does not.
pending = sa.Table(
    "pending",
    metadata,
    sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # By how many processes an answer was begun.
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("turn", sa.String(32)),
)
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("value", sa.String(8), nullable=False),
    sa.Column("reason", sa.Text),
)
ticks = sa.Table(
    "ticks",
    metadata,
    sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("ticked", sa.Text, nullable=False),
)
satisfaction = sa.Table(
    "satisfaction",
    metadata,
    sa.Column("conversation", sa.ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
# One row for each answered message, for analysis: no names, masked text.
turns = sa.Table(
    "turns",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("message", sa.Integer),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False, index=True),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("intent", sa.String(80)),
    sa.Column("confidence", sa.Float),
    sa.Column("ms", sa.Float, nullable=False),
    sa.Column("kb_version", sa.String(16), nullable=False),
    sa.Column("model", sa.String(80), nullable=False),
)

# When something was last done that is done by the clock; beian/server/retention.py.
upkeep = sa.Table(
    "upkeep",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
# For `check`: a full disk shows only when something is really written.
probe = sa.Table(
    "probe",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("filler", sa.Text, nullable=False),
)

# What every turn runs is built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_IT = conversations.c.id == sa.bindparam("conversation")
_MODE = sa.select(conversations.c.mode).where(_IT)
_LAST_ID = sa.select(conversations.c.last_id).where(_IT)
_TOUCH = conversations.update().where(_IT).values(updated=sa.bindparam("now"))
_COUNT_ON = _TOUCH.values(last_id=conversations.c.last_id + 1)
_CREATE = conversations.insert()
_KNOWN = sa.select(messages).where(
    messages.c.conversation == sa.bindparam("conversation"),
    messages.c.client_id == sa.bindparam("client_id"),
)
_ADD = messages.insert()
_WAIT = pending.insert()
_ANSWERED = pending.delete().where(
    pending.c.conversation == sa.bindparam("conversation"), pending.c.id == sa.bindparam("question")
)
_QUESTION = (
    sa.select(messages, conversations.c.mode, pending.c.turn)
    .join(pending, sa.and_(pending.c.conversation == messages.c.conversation, pending.c.id == messages.c.id))
    .join(conversations, conversations.c.id == messages.c.conversation)
    .where(messages.c.conversation == sa.bindparam("conversation"), messages.c.id == sa.bindparam("number"))
)
_WAITS = sa.and_(pending.c.conversation == sa.bindparam("where"), pending.c.id == sa.bindparam("question"))
_TRIES_OF = sa.select(pending.c.tries).where(_WAITS)
_BEGIN = pending.update().where(_WAITS).values(tries=pending.c.tries + 1)
_LEAVE = pending.update().where(_WAITS, pending.c.tries > 0).values(tries=pending.c.tries - 1)
_RECORD = turns.insert()

# PostgreSQL refuses what is longer than its column; SQLite does not mind.
_LENGTHS = {
    column.name: column.type.length
    for column in turns.columns
    if isinstance(column.type, sa.String) and column.type.length
}
_TRIES = 3


@dataclass(frozen=True)
class Message:
    """One message of a conversation; `id` counts up from 1 within it, `at` is seconds since 1970."""

    id: int
    at: float
    author: Author
    text: str
    client_id: str | None = None
    agent: str | None = None
    buttons: list[Choice] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)
    feedback: Feedback | None = None
    ticked: list[int] = field(default_factory=list)

    def as_dict(self) -> contract.Message:
        """The form of the contract."""
        whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.at))
        return {
            "id": self.id,
            "at": f"{whole}.{int(self.at % 1 * 1000):03d}Z",
            "author": self.author,
            "client_id": self.client_id,
            "text": self.text,
            "buttons": self.buttons,
            "custom": self.custom,
            "feedback": self.feedback,
            "ticked": self.ticked,
        }


@dataclass(frozen=True)
class Draft:
    """A message to be appended."""

    author: Author
    text: str
    client_id: str | None = None
    agent: str | None = None
    buttons: Sequence[Choice] = ()
    custom: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """The state of one conversation; `last_id` is the number of its newest message."""

    id: str
    channel: str
    created: float
    updated: float
    mode: Mode
    mode_since: float
    agent: str | None
    last_id: int


@dataclass(frozen=True)
class Question:
    """A message that waits for the assistant's answer; `turn` names it in Rasa's events."""

    message: Message
    mode: str
    turn: str


@dataclass(frozen=True)
class TurnRecord:
    """What the `turns` table says of one answered message; `ms` is the time the answer took."""

    channel: str
    conversation: str
    message: int | None
    text: str
    status: str
    facts: Sequence[str]
    intent: str | None
    confidence: float | None
    ms: float
    kb_version: str
    model: str


@contextmanager
def _as_store_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise StoreError(f"the conversation store failed: {cause(error)}") from error


class ConversationStore:
    """Reads and writes the tables above. Its methods wait for the database: call them in `threads`."""

    def __init__(self, database: str | Path = ":memory:") -> None:
        """`database` is a file for SQLite, ":memory:", or a URL such as postgresql://…"""
        self.engine = database_engine(database)
        self.shared = self.engine.dialect.name != "sqlite"
        """Whether other servers may use the same database."""
        self._reader = self.engine.execution_options(reading=True)
        # SQLite takes one writer at a time; the others would only get in each other's way.
        self.threads = StoreThreads("store", writers=4 if self.shared else 1)
        try:
            with creating_tables(self.engine) as connection:
                metadata.create_all(connection)
        except SQLAlchemyError as error:
            raise StoreError(f"the conversation store cannot be used: {cause(error)}") from error

    @contextmanager
    def transaction(self) -> Iterator[sa.engine.Connection]:
        """One transaction, rolled back by any error; database errors become StoreError."""
        with _as_store_errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.engine.Connection]:
        """One transaction that changes nothing, and waits for nobody who does."""
        with _as_store_errors(), self._reader.begin() as connection:
            yield connection

    @staticmethod
    def _again(write: Callable[..., T], *arguments: Any) -> T:
        """Run a transaction; again when another server wrote the same thing at the same moment."""
        for _ in range(_TRIES - 1):
            try:
                return write(*arguments)
            except IntegrityError:
                continue
        try:
            return write(*arguments)
        except IntegrityError as error:
            raise StoreError(f"the conversation store failed: {cause(error)}") from error

    def check(self) -> None:
        """Raise StoreError when the store cannot be written: by writing, and taking it back."""
        with self.transaction() as connection:
            connection.execute(probe.insert().values(filler="-" * PROBE_CHARACTERS))
            connection.execute(probe.delete())

    # --- conversations ---------------------------------------------------------------------------

    def conversation(self, conversation: str) -> Conversation | None:
        """The conversation, or None before its first message."""
        with self.reading() as connection:
            row = connection.execute(
                sa.select(conversations).where(conversations.c.id == conversation)
            ).first()
        return Conversation(**row._mapping) if row else None

    def mode(self, conversation: str) -> Mode:
        """The conversation's mode; "bot" before its first message."""
        with self.reading() as connection:
            mode = connection.execute(_MODE, {"conversation": conversation}).scalar()
        return cast(Mode, mode or "bot")

    def list_conversations(
        self, modes: Sequence[str] = MODES, limit: int = 100, before: float | None = None
    ) -> list[Conversation]:
        """Conversations in these modes, the latest first; `before` pages by the time of the last change."""
        query = sa.select(conversations).where(conversations.c.mode.in_(list(modes)))
        if before is not None:
            query = query.where(conversations.c.updated < before)
        query = query.order_by(conversations.c.updated.desc()).limit(limit)
        with self.reading() as connection:
            return [Conversation(**row._mapping) for row in connection.execute(query)]

    def set_mode(
        self,
        conversation: str,
        mode: str,
        *,
        expect: Sequence[str] | None = None,
        agent: str | None = None,
        expect_agent: str | None = None,
        since: float | None = None,
    ) -> bool:
        """Change the mode if it is one of `expect` (and held by `expect_agent`); whether it was changed.

        `since` is when it began (seconds since 1970), where that is not now.
        """
        if mode not in MODES:
            raise ValueError(f"no such mode: {mode}")
        now = time.time()
        query = conversations.update().where(conversations.c.id == conversation)
        if expect is not None:
            query = query.where(conversations.c.mode.in_(list(expect)))
        if expect_agent is not None:
            query = query.where(conversations.c.agent == expect_agent)
        query = query.values(mode=mode, mode_since=now if since is None else since, updated=now, agent=agent)
        with self.transaction() as connection:
            return bool(connection.execute(query).rowcount)

    # --- messages --------------------------------------------------------------------------------

    def accept(self, conversation: str, draft: Draft, channel: str = "web") -> tuple[Message, bool, str]:
        """Take a customer's message: it, whether it is new (not a repeat of its client id), and the mode.

        A new message in one of ANSWERED_MODES is noted as waiting for an answer; one in a closed
        conversation opens it again. All in one transaction.
        """
        return self._again(self._accept, conversation, draft, channel)

    def _accept(self, conversation: str, draft: Draft, channel: str) -> tuple[Message, bool, str]:
        with self.transaction() as connection:
            now = time.time()
            mode = self._open(connection, conversation, channel, now)
            if draft.client_id is not None:
                known = self._by_client_id(connection, conversation, draft.client_id)
                if known is not None:
                    return known, False, mode
            if mode == "closed":
                mode = "bot"
                connection.execute(
                    conversations.update()
                    .where(conversations.c.id == conversation)
                    .values(mode=mode, mode_since=now, agent=None)
                )
            message = self._append(connection, conversation, draft, now)
            if mode in ANSWERED_MODES:
                waiting = {"conversation": conversation, "id": message.id, "turn": uuid.uuid4().hex}
                connection.execute(_WAIT, waiting)
            return message, True, mode

    def by_client_id(self, conversation: str, client_id: str) -> Message | None:
        """The message the customer's side knows by this id, or None."""
        with self.reading() as connection:
            return self._by_client_id(connection, conversation, client_id)

    def append(self, conversation: str, draft: Draft, channel: str = "web") -> Message:
        """Add a message that waits for no answer (from the assistant, an agent or the system).

        When another server adds one with the same client id at the same moment, both get the same message.
        """

        def write() -> Message:
            try:
                with self.transaction() as connection:
                    now = time.time()
                    self._open(connection, conversation, channel, now)
                    return self._append(connection, conversation, draft, now)
            except IntegrityError:
                known = self.by_client_id(conversation, draft.client_id) if draft.client_id else None
                if known is None:
                    raise
                return known

        return self._again(write)

    def answer(
        self, conversation: str, question: int, drafts: Sequence[Draft], turn: TurnRecord | None = None
    ) -> list[Message]:
        """Add the answer to message `question` and note it as answered, in one transaction.

        Nothing is added, and the result is empty, when it was answered already, a person has taken over
        meanwhile (at another server, perhaps), or the conversation is gone.
        """
        return self._again(self._give, conversation, question, drafts, turn)

    def _give(
        self, conversation: str, question: int, drafts: Sequence[Draft], turn: TurnRecord | None
    ) -> list[Message]:
        with self.transaction() as connection:
            waiting = {"conversation": conversation, "question": question}
            if not connection.execute(_ANSWERED, waiting).rowcount:
                return []
            now = time.time()
            if self._open(connection, conversation, "web", now) not in ANSWERED_MODES:
                return []
            if turn is not None:
                self._record(connection, turn, now)
            return [self._append(connection, conversation, draft, now) for draft in drafts]

    def unanswered(self, conversation: str | None = None) -> list[tuple[str, int]]:
        """(conversation, message) of accepted messages without an answer, oldest first."""
        query = sa.select(pending.c.conversation, pending.c.id).order_by(pending.c.conversation, pending.c.id)
        if conversation is not None:
            query = query.where(pending.c.conversation == conversation)
        with self.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def waiting(self) -> dict[tuple[str, float], list[int]]:
        """Accepted messages without an answer, by conversation and when it last changed."""
        query = (
            sa.select(conversations.c.id, conversations.c.updated, pending.c.id)
            .join_from(pending, conversations)
            .order_by(pending.c.conversation, pending.c.id)
        )
        found: dict[tuple[str, float], list[int]] = {}
        with self.reading() as connection:
            for conversation, updated, number in connection.execute(query):
                found.setdefault((conversation, updated), []).append(number)
        return found

    def take_over(self, conversation: str, updated: float) -> bool:
        """Note a change of a conversation that has not changed since `updated`; one server alone can."""
        query = _TOUCH.where(conversations.c.updated == sa.bindparam("then"))
        with self.transaction() as connection:
            row = {"conversation": conversation, "now": time.time(), "then": updated}
            return bool(connection.execute(query, row).rowcount)

    def question(self, conversation: str, number: int) -> Question | None:
        """The message with the conversation's mode, or None when it waits for no answer any more."""
        with self.reading() as connection:
            row = connection.execute(_QUESTION, {"conversation": conversation, "number": number}).first()
        if row is None:
            return None
        # Those accepted by a server that named them otherwise have no name: none of their answers is known.
        return Question(_message(row._mapping), row.mode, row.turn or uuid.uuid4().hex)

    def tries(self, conversation: str, question: int) -> int:
        """How many processes have begun to answer a message that waits, and ended before it was answered."""
        with self.reading() as connection:
            row = {"where": conversation, "question": question}
            return int(connection.execute(_TRIES_OF, row).scalar() or 0)

    def begun(self) -> list[tuple[str, int]]:
        """(conversation, message) of those that wait and have been tried."""
        query = sa.select(pending.c.conversation, pending.c.id).where(pending.c.tries > 0)
        with self.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query.order_by(*pending.primary_key))]

    def begin(self, conversation: str, question: int) -> None:
        """Note, before anything is done, that this process begins to answer a message."""
        with self.transaction() as connection:
            connection.execute(_BEGIN, {"where": conversation, "question": question})

    def leave(self, questions: Sequence[tuple[str, int]]) -> None:
        """Take the notes back: the process ends, but not by these (conversation, message)."""
        with self.transaction() as connection:
            rows = [{"where": conversation, "question": number} for conversation, number in questions]
            connection.execute(_LEAVE, rows)

    def set_aside(self, conversation: str, question: int) -> None:
        """A person answers this message: the assistant no longer has to."""
        with self.transaction() as connection:
            connection.execute(_ANSWERED, {"conversation": conversation, "question": question})

    def ask_again(self, conversation: str, number: int) -> bool:
        """Have the assistant answer what a person was asked and left open; whether it is to be answered.

        Not where a person answers, and not twice.
        """
        with self.transaction() as connection:
            mode = connection.execute(_MODE, {"conversation": conversation}).scalar()
            if mode not in ANSWERED_MODES or not self._has(connection, conversation, number, "user"):
                return False
            known = sa.select(pending.c.id).where(
                pending.c.conversation == conversation, pending.c.id == number
            )
            if connection.execute(known).first() is not None:
                return False
            row = {"conversation": conversation, "id": number, "turn": uuid.uuid4().hex}
            connection.execute(_WAIT, row)
            return True

    def messages(self, conversation: str, after: int = 0, limit: int = 500) -> list[Message]:
        """The messages with a number above `after`, oldest first, with their feedback and ticks."""
        return self._messages(conversation, messages.c.id > after, limit)

    def message(self, conversation: str, number: int) -> Message | None:
        """One message, or None."""
        found = self._messages(conversation, messages.c.id == number, 1)
        return found[0] if found else None

    def _messages(self, conversation: str, condition: Any, limit: int) -> list[Message]:
        joined = messages.outerjoin(
            feedback,
            sa.and_(feedback.c.conversation == messages.c.conversation, feedback.c.id == messages.c.id),
        ).outerjoin(
            ticks, sa.and_(ticks.c.conversation == messages.c.conversation, ticks.c.id == messages.c.id)
        )
        query = (
            sa.select(messages, feedback.c.value, feedback.c.reason, ticks.c.ticked)
            .select_from(joined)
            .where(messages.c.conversation == conversation, condition)
            .order_by(messages.c.id)
            .limit(limit)
        )
        with self.reading() as connection:
            return [_message(row._mapping) for row in connection.execute(query)]

    def _open(self, connection: sa.engine.Connection, conversation: str, channel: str, now: float) -> str:
        """The conversation's mode, after creating it if need be; holds it until the transaction ends."""
        touched = connection.execute(_TOUCH, {"conversation": conversation, "now": now})
        if touched.rowcount:
            return str(connection.execute(_MODE, {"conversation": conversation}).scalar())
        row = {
            "id": conversation,
            "channel": channel,
            "created": now,
            "updated": now,
            "mode": "bot",
            "mode_since": now,
            "last_id": 0,
        }
        connection.execute(_CREATE, row)
        return "bot"

    def _by_client_id(
        self, connection: sa.engine.Connection, conversation: str, client_id: str
    ) -> Message | None:
        named = {"conversation": conversation, "client_id": client_id}
        row = connection.execute(_KNOWN, named).first()
        return _message(row._mapping) if row else None

    def _append(
        self, connection: sa.engine.Connection, conversation: str, draft: Draft, now: float
    ) -> Message:
        if draft.author not in AUTHORS:
            raise ValueError(f"no such author: {draft.author}")
        connection.execute(_COUNT_ON, {"conversation": conversation, "now": now})
        number = connection.execute(_LAST_ID, {"conversation": conversation}).scalar()
        message = Message(
            id=int(number),
            at=now,
            author=draft.author,
            text=mask(draft.text),
            client_id=draft.client_id,
            agent=draft.agent,
            buttons=mask_value(list(draft.buttons)),
            custom=mask_value(draft.custom),
        )
        row = {
            "conversation": conversation,
            "id": message.id,
            "at": now,
            "author": message.author,
            "agent": message.agent,
            "client_id": message.client_id,
            "text": message.text,
            "buttons": _packed(message.buttons),
            "custom": _packed(message.custom),
        }
        connection.execute(_ADD, row)
        return message

    # --- what customers say about answers -----------------------------------------------------------

    def set_feedback(self, conversation: str, number: int, value: str | None, reason: str | None) -> bool:
        """Store, or with value None withdraw, the opinion on a bot message; False when there is none."""
        with self.transaction() as connection:
            if not self._has(connection, conversation, number, author="bot"):
                return False
            connection.execute(
                feedback.delete().where(feedback.c.conversation == conversation, feedback.c.id == number)
            )
            if value is not None:
                connection.execute(
                    feedback.insert().values(
                        conversation=conversation,
                        id=number,
                        at=time.time(),
                        value=value,
                        reason=mask(reason) if reason else None,
                    )
                )
            return True

    def set_ticks(self, conversation: str, number: int, ticked: Sequence[int]) -> bool:
        """Store which entries of a message's card are ticked; False when there is no such message."""
        with self.transaction() as connection:
            if not self._has(connection, conversation, number, author="bot"):
                return False
            connection.execute(
                ticks.delete().where(ticks.c.conversation == conversation, ticks.c.id == number)
            )
            connection.execute(
                ticks.insert().values(
                    conversation=conversation, id=number, ticked=json.dumps(sorted(set(ticked)))
                )
            )
            return True

    def add_satisfaction(self, conversation: str, value: int) -> bool:
        """Store 1 (content) or 0 after a conversation with a person; False when there is none."""
        with self.transaction() as connection:
            exists = sa.select(conversations.c.id).where(conversations.c.id == conversation)
            if not connection.execute(exists).first():
                return False
            connection.execute(
                satisfaction.insert().values(conversation=conversation, at=time.time(), value=value)
            )
            return True

    @staticmethod
    def _has(connection: sa.engine.Connection, conversation: str, number: int, author: str) -> bool:
        """Whether there is such a message; other servers leave it alone until the transaction ends."""
        query = (
            sa.select(messages.c.id)
            .where(
                messages.c.conversation == conversation, messages.c.id == number, messages.c.author == author
            )
            .with_for_update()
        )
        return connection.execute(query).first() is not None

    # --- analysis, retention ----------------------------------------------------------------------

    def record_turn(self, turn: TurnRecord) -> None:
        """Add a row to `turns`."""
        with self.transaction() as connection:
            self._record(connection, turn, time.time())

    @staticmethod
    def _record(connection: sa.engine.Connection, turn: TurnRecord, now: float) -> None:
        row: dict[str, Any] = {
            "at": now,
            "channel": turn.channel,
            "conversation": turn.conversation,
            "message": turn.message,
            "text": mask(turn.text),
            "status": turn.status,
            "facts": json.dumps(list(turn.facts)),
            "intent": turn.intent,
            "confidence": turn.confidence,
            "ms": round(turn.ms, 2),
            "kb_version": turn.kb_version,
            "model": turn.model,
        }
        for name, length in _LENGTHS.items():
            if row[name] is not None:
                row[name] = row[name][:length]
        connection.execute(_RECORD, row)

    def purge(self, before: float) -> dict[str, int]:
        """Remove messages and turns older than `before` (seconds since 1970) and conversations left empty."""
        # ON DELETE works from conversations down; feedback and ticks of single messages go by hand.
        gone = {}
        with self.transaction() as connection:
            old = sa.and_(messages.c.at < before)
            for table in (feedback, ticks, pending):
                matching = sa.exists().where(
                    messages.c.conversation == table.c.conversation, messages.c.id == table.c.id, old
                )
                connection.execute(table.delete().where(matching))
            gone["messages"] = connection.execute(messages.delete().where(old)).rowcount
            gone["turns"] = connection.execute(turns.delete().where(turns.c.at < before)).rowcount
            connection.execute(satisfaction.delete().where(satisfaction.c.at < before))
            gone["conversations"] = connection.execute(
                conversations.delete().where(conversations.c.updated < before)
            ).rowcount
        return gone

    def delete(self, conversation: str) -> dict[str, int]:
        """Remove everything of one conversation; the number of rows that went, by table."""
        gone = {}
        with self.transaction() as connection:
            for table in (feedback, ticks, satisfaction, pending, turns, messages):
                result = connection.execute(table.delete().where(table.c.conversation == conversation))
                gone[table.name] = result.rowcount
            result = connection.execute(conversations.delete().where(conversations.c.id == conversation))
            gone["conversations"] = result.rowcount
        return gone

    def export(self, conversation: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of one conversation, by table."""
        tables: dict[str, list[dict[str, Any]]] = {}
        with self.reading() as connection:
            for table in (conversations, messages, feedback, ticks, satisfaction, turns):
                key = table.c.id if table is conversations else table.c.conversation
                rows = connection.execute(sa.select(table).where(key == conversation))
                tables[table.name] = [dict(row._mapping) for row in rows]
        return tables

    def close(self) -> None:
        """End the threads and close the connections."""
        self.threads.close()
        self.engine.dispose()


def _packed(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _message(row: Any) -> Message:
    opinion: Feedback | None = None
    if row.get("value") is not None:
        opinion = {"value": row["value"]}
        if row["reason"]:
            opinion["reason"] = row["reason"]
    return Message(
        id=row["id"],
        at=row["at"],
        author=row["author"],
        text=row["text"],
        client_id=row["client_id"],
        agent=row["agent"],
        buttons=json.loads(row["buttons"] or "[]"),
        custom=json.loads(row["custom"] or "{}"),
        feedback=opinion,
        ticked=json.loads(row.get("ticked") or "[]"),
    )
