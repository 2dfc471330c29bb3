"""What stands in a PostgreSQL database beside the tables of a backup and refers to them.

Tables of ours that came after the backup go: the program makes them again when it brings the database up to
date. Tables of others stay as they are; where one refers to a table that is replaced, its foreign key is
taken away and put back, as what holds for new rows: the old ones may refer to what is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from beian.store.schema.revisions import CONVERSATIONS, EVENTS, head, tables_at

# Without a search path every name is told in full, which is what the restored database is spoken to with.
_FOREIGN_KEYS = sa.text(
    "SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid), r.relname "
    "FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid JOIN pg_class t ON t.oid = c.conrelid "
    "WHERE c.contype = 'f' AND c.conparentid = 0 AND NOT (t.relname = ANY(:ours)) AND r.relname = ANY(:ours)"
)


def later_tables(holds: Mapping[str, str]) -> set[str]:
    """The tables of this program's that a backup of these revisions, by database, does not have."""
    found: set[str] = set()
    for line in (CONVERSATIONS, EVENTS):
        if line.name in holds:
            kept = tables_at(line, holds[line.name]).tables
            found |= tables_at(line, head(line)).tables.keys() - kept.keys()
    return found


def around(engine: sa.engine.Engine, holds: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Statements for before and after the tables of a backup are replaced."""
    later = later_tables(holds)
    before, after = [], []
    ours = _tables_of(holds)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL search_path = ''")
        for table, name, words, refers_to in connection.execute(_FOREIGN_KEYS, {"ours": sorted(ours)}):
            before.append(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            if refers_to not in later:
                words = words.removesuffix(" NOT VALID")
                after.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words} NOT VALID")
    # One of them may refer to another.
    before += [f"DROP TABLE IF EXISTS public.{table} CASCADE" for table in sorted(later)]
    return before, after


def _tables_of(holds: Mapping[str, str]) -> Collection[str]:
    """All tables of ours, of the backup and later ones."""
    lines = [line for line in (CONVERSATIONS, EVENTS) if line.name in holds]
    return {table for line in lines for table in tables_at(line, head(line)).tables} | later_tables(holds)
