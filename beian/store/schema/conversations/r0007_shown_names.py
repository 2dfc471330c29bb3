"""Accounts have a name for customers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add it: nobody has one yet."""
    op.add_column("desk_agents", sa.Column("shown", sa.String(32), nullable=True))
