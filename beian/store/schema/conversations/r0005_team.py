"""Hours, absences and canned replies are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "desk_absences",
        sa.Column("agent", sa.String(32), primary_key=True),
        sa.Column("begin", sa.Float, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
    )
    op.create_table(
        "desk_settings",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("agent", sa.String(32), nullable=False),
    )
    op.create_table(
        "desk_snippets",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(30), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("agent", sa.String(32), nullable=False),
    )
