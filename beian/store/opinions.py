"""What customers say about answers, and what they tick."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

import sqlalchemy as sa

from beian.masking import mask
from beian.store.messages import Messages
from beian.store.tables import conversations, feedback, satisfaction, ticks


class Opinions(Messages):
    """Feedback, ticks, satisfaction."""

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
