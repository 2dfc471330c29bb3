"""The messages of a conversation: only ever appended, each with the next number, masked on the way in."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beian.masking import mask, mask_value
from beian.store.modes import IT, TOUCH, Modes
from beian.store.records import Draft, Message, message_of, packed
from beian.store.tables import AUTHORS, conversations, feedback, messages, ticks

_LAST_ID = sa.select(conversations.c.last_id).where(IT)
_COUNT_ON = TOUCH.values(last_id=conversations.c.last_id + 1)
_KNOWN = sa.select(messages).where(
    messages.c.conversation == sa.bindparam("conversation"),
    messages.c.client_id == sa.bindparam("client_id"),
)
_ADD = messages.insert()


class Messages(Modes):
    """Reads and appends messages."""

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
            return [message_of(row._mapping) for row in connection.execute(query)]

    def _by_client_id(
        self, connection: sa.engine.Connection, conversation: str, client_id: str
    ) -> Message | None:
        named = {"conversation": conversation, "client_id": client_id}
        row = connection.execute(_KNOWN, named).first()
        return message_of(row._mapping) if row else None

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
            "buttons": packed(message.buttons),
            "custom": packed(message.custom),
        }
        connection.execute(_ADD, row)
        return message

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
