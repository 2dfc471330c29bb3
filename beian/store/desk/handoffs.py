"""From asking for a person until the person is done, and what the customer says of it."""

from __future__ import annotations

import statistics
import time
from typing import Any

import sqlalchemy as sa

from beian.store.desk.rows import ListedRows
from beian.store.desk_tables import handoffs
from beian.store.tables import conversations, satisfaction

_USUAL_SECONDS = 7 * 86_400.0
_MOST_SERVED, _FEWEST_SERVED = 50, 5
"""Of how many that waited for a person, all lately, it is told how long one usually waits."""
_WITH_PERSON = ("waiting", "human")


class Handoffs(ListedRows):
    """Notes each step of one, and how long customers wait."""

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


def _open_handoff(conversation: str) -> Any:
    return sa.select(handoffs).where(handoffs.c.conversation == conversation, handoffs.c.ended.is_(None))
