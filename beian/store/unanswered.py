"""Messages that wait for the answer of the assistant: taken, tried, answered, left to a person."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from beian.store.messages import Messages
from beian.store.modes import MODE
from beian.store.records import Draft, Message, PendingMessage, TurnRecord, message_of
from beian.store.tables import ANSWERED_MODES, conversations, messages, pending
from beian.store.turns import Turns

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


class Unanswered(Messages, Turns):
    """Takes messages and answers, each in one transaction."""

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

    def question(self, conversation: str, number: int) -> PendingMessage | None:
        """The message with the conversation's mode, or None when it waits for no answer any more."""
        with self.reading() as connection:
            row = connection.execute(_QUESTION, {"conversation": conversation, "number": number}).first()
        if row is None:
            return None
        # Those accepted by a server that named them otherwise have no name: none of their answers is known.
        return PendingMessage(message_of(row._mapping), row.mode, row.turn or uuid.uuid4().hex)

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
            mode = connection.execute(MODE, {"conversation": conversation}).scalar()
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
