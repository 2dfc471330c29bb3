"""The tables as they were when versions began: conversations and the agents' desk."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all of them."""
    _conversations()
    _about_messages()
    _turns()
    _agents()
    _desk()


def _conversation(**options: bool) -> sa.Column:
    """What belongs to a conversation goes with it."""
    return sa.Column(
        "conversation", sa.String(64), sa.ForeignKey("conversations.id", ondelete="CASCADE"), **options
    )


def _number() -> sa.Column:
    """A message's number within its conversation."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("updated", sa.Float, nullable=False, index=True),
        sa.Column("mode", sa.String(8), nullable=False, index=True),
        sa.Column("mode_since", sa.Float, nullable=False),
        sa.Column("agent", sa.String(64)),
        sa.Column("last_id", sa.Integer, nullable=False),
    )
    op.create_table(
        "messages",
        _conversation(primary_key=True),
        _number(),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("author", sa.String(8), nullable=False),
        sa.Column("agent", sa.String(64)),
        sa.Column("client_id", sa.String(64)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.Text),
        sa.Column("custom", sa.Text),
        sa.UniqueConstraint("conversation", "client_id"),
    )
    op.create_table("pending", _conversation(primary_key=True), _number())


def _about_messages() -> None:
    op.create_table(
        "feedback",
        _conversation(primary_key=True),
        _number(),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("value", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "ticks",
        _conversation(primary_key=True),
        _number(),
        sa.Column("ticked", sa.Text, nullable=False),
    )
    op.create_table(
        "satisfaction",
        _conversation(primary_key=True),
        sa.Column("at", sa.Float, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )


def _turns() -> None:
    op.create_table(
        "turns",
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
    op.create_table(
        "probe", sa.Column("n", sa.Integer, primary_key=True), sa.Column("filler", sa.Text, nullable=False)
    )


def _agents() -> None:
    op.create_table(
        "desk_agents",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("disabled", sa.Integer, nullable=False),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "agent",
            sa.String(32),
            sa.ForeignKey("desk_agents.name", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.create_table(
        "desk_failures",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "desk_audit",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("agent", sa.String(64), nullable=False, index=True),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64)),
        sa.Column("detail", sa.Text),
    )


def _desk() -> None:
    op.create_table(
        "desk_notes",
        sa.Column("n", sa.Integer, primary_key=True),
        _conversation(nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("agent", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_labels", _conversation(primary_key=True), sa.Column("label", sa.String(24), primary_key=True)
    )
    op.create_table(
        "desk_reads",
        _conversation(primary_key=True),
        sa.Column("agent", sa.String(32), primary_key=True),
        sa.Column("last_id", sa.Integer, nullable=False),
    )
    op.create_table(
        "desk_handoffs",
        sa.Column("n", sa.Integer, primary_key=True),
        _conversation(nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("claimed", sa.Float),
        sa.Column("agent", sa.String(32)),
        sa.Column("replied", sa.Float),
        sa.Column("ended", sa.Float),
    )
