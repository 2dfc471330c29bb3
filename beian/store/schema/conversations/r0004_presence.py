"""When each agent was last at the desk is kept, and rows of the list are found by their mode in order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "desk_presence",
        # No foreign key: a backup from before this table is restored over desk_agents.
        sa.Column("agent", sa.String(32), primary_key=True),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.create_index("ix_conversations_mode_updated", "conversations", ["mode", "updated"])
