"""PostgreSQL announces to every server what one of them has changed, when its transaction commits."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.database import StoreError, cause, creating_tables

# Table: when, the column that says what it is about, and the column with the number of the row (or '').
_TOLD = {
    "messages": ("INSERT", "conversation", "id"),
    "conversations": ("UPDATE OF mode, agent", "id", ""),
    "satisfaction": ("INSERT", "conversation", "value"),
    "desk_notes": ("INSERT", "conversation", "n"),
    "desk_labels": ("INSERT OR DELETE", "conversation", ""),
    "desk_sessions": ("DELETE", "agent", ""),
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION beian_desk_tell() RETURNS trigger AS $$
DECLARE line jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN line := to_jsonb(OLD); ELSE line := to_jsonb(NEW); END IF;
  -- The name comes last: another program's may have spaces in it.
  PERFORM pg_notify('beian_desk', concat_ws(' ', TG_TABLE_NAME, coalesce(line ->> TG_ARGV[1], '0'),
    line ->> TG_ARGV[0], current_setting('application_name')));
  RETURN NULL;
END $$ LANGUAGE plpgsql
"""


def create(engine: sa.engine.Engine) -> None:
    """Have PostgreSQL announce what the desks show; other databases are left alone. Raises StoreError."""
    if engine.dialect.name != "postgresql":
        return
    try:
        with creating_tables(engine) as connection:
            connection.exec_driver_sql(_FUNCTION)
            known = connection.exec_driver_sql("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            present = {row[0] for row in known}
            for table, (when, subject, number) in _TOLD.items():
                # Making it again would wait for everyone who uses the table.
                if f"{table}_told" not in present:
                    connection.exec_driver_sql(
                        f"CREATE TRIGGER {table}_told AFTER {when} ON {table} FOR EACH ROW "
                        f"EXECUTE FUNCTION beian_desk_tell('{subject}', '{number}')"
                    )
    except SQLAlchemyError as error:
        raise StoreError(f"changes cannot be announced: {cause(error)}") from error
