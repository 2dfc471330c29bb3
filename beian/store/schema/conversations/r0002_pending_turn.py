"""What waits for an answer knows its turn's random id, and by how many processes it was begun."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two columns; of what waits already no try is known."""
    op.add_column("pending", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("pending", sa.Column("turn", sa.String(32)))
