"""What a reply says of how it was understood has one name for the label: `intent` (docs/labels.md)."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_PORTION = 1000


def upgrade() -> None:
    """Write the label of replies that are kept where replies have it today."""
    text = {name: sa.column(name) for name in ("conversation", "id", "custom")}
    messages = sa.table("messages", *text.values())
    connection = op.get_bind()
    old = sa.select(*text.values()).where(text["custom"].contains('"label"'))
    changed = [row for row in map(_renamed, connection.execute(old)) if row]
    change = (
        sa.update(messages)
        .where(text["conversation"] == sa.bindparam("of"), text["id"] == sa.bindparam("number"))
        .values(custom=sa.bindparam("renamed"))
    )
    for begin in range(0, len(changed), _PORTION):
        connection.execute(change, changed[begin : begin + _PORTION])


def _renamed(row: Any) -> dict[str, Any] | None:
    custom = json.loads(row.custom)
    understood = custom.get("understood")
    if not isinstance(understood, dict) or "label" not in understood:
        return None
    understood["intent"] = understood.pop("label")
    return {"of": row.conversation, "number": row.id, "renamed": json.dumps(custom, ensure_ascii=False)}
