"""The tables of the conversations: modes, messages, feedback, ticks, turns."""

from __future__ import annotations

import sqlalchemy as sa

from beian.contract.about import values_of
from beian.contract.customer import Author, Mode

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

# When something was last done that is done by the clock: beian/retention.
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
