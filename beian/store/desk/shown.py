"""What the list shows of the messages of a conversation, in one query."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from beian.store.desk_tables import reads
from beian.store.tables import conversations, messages, turns

LOOKED_BACK = 200
"""How many messages of a conversation the list looks at, however many there are."""
_NO_QUESTION = ("handoff", "smalltalk")


def _shown_of() -> Any:
    """What the list shows of the messages of `ids` to `agent`, from the newest LOOKED_BACK of each."""
    floor = conversations.c.last_id - LOOKED_BACK

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


SHOWN_OF = _shown_of()
