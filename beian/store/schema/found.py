"""What a database is found to hold: nothing, one of our revisions, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from beian.store.database import StoreError
from beian.store.schema import revisions
from beian.store.schema.files import reading
from beian.store.schema.revisions import RevisionLine

_LATER = "desk_"
"""Tables with this beginning may be missing where the desk was never opened; they are made when it is."""


class SchemaError(StoreError):
    """A database cannot be used as it is; the sentence says what to do."""


@dataclass(frozen=True)
class FoundRevision:
    """`revision` None is a database without tables; `is_told` whether it says its revision itself."""

    revision: str | None
    is_told: bool = False


def look(connection: sa.engine.Connection, line: RevisionLine, label: str) -> FoundRevision:
    """The revision of what is there, by what it says or else by its tables. Raises SchemaError."""
    there = {
        table: frozenset(column["name"] for column in sa.inspect(connection).get_columns(table))
        for table in sa.inspect(connection).get_table_names()
    }
    told = revisions.current(connection, line) if line.version_table in there else None
    if told is not None:
        return _told(there, line, label, told)
    if not there or (connection.dialect.name != "sqlite" and not _ours(there, line)):
        return FoundRevision(None)
    for revision in reversed(revisions.known(line)):
        if not _difference(there, line, revision):
            return FoundRevision(revision)
    difference = _difference(there, line, revisions.known(line)[0])
    raise SchemaError(
        f"{label}里的表不是本程序任何一版的{line.title}（{difference}）：请检查路径是否写对，或从备份恢复"
    )


def look_at_file(file: Path, line: RevisionLine, label: str) -> FoundRevision:
    """The same of a SQLite file, which is not written to. Raises SchemaError or SQLAlchemyError."""
    if not file.exists() or not file.stat().st_size:
        return FoundRevision(None)
    # Nothing is written, not even the journal mode, before it is known to be ours.
    engine = sa.create_engine("sqlite://", creator=lambda: reading(file), poolclass=NullPool)
    with engine.connect() as connection:
        return look(connection, line, label)


def add_missing(connection: sa.engine.Connection, line: RevisionLine, revision: str) -> None:
    """Make the tables that may be missing, as the revision has them."""
    revisions.tables_at(line, revision).create_all(connection)


def _told(there: dict[str, frozenset[str]], line: RevisionLine, label: str, told: str) -> FoundRevision:
    known = revisions.known(line)
    if told not in known:
        if told.isdecimal() and told > known[-1]:
            raise SchemaError(
                f"{label}的结构是第 {told} 版，比本程序认识的第 {known[-1]} 版新："
                "请用写它的那一版程序，或恢复升级前的备份"
            )
        raise SchemaError(f"{label}的结构版本“{told}”不是本程序的：请检查路径是否写对，或从备份恢复")
    difference = _difference(there, line, told)
    if difference:
        raise SchemaError(f"{label}自称是第 {told} 版的结构，但不相符（{difference}）：请从备份恢复")
    return FoundRevision(told, is_told=True)


def _ours(there: dict[str, frozenset[str]], line: RevisionLine) -> set[str]:
    known: set[str] = set(revisions.tables_at(line, revisions.head(line)).tables)
    return there.keys() & known


def _difference(there: dict[str, frozenset[str]], line: RevisionLine, revision: str) -> str:
    """What differs from the revision, in a few words; "" when nothing does. Tables of others do not count."""
    expected = revisions.tables_at(line, revision).tables
    for name, table in expected.items():
        if name not in there:
            if not name.startswith(_LATER):
                return f"没有表 {name}"
            continue
        columns = set(table.columns.keys())
        if columns - there[name]:
            return f"表 {name} 没有列 {min(columns - there[name])}"
        if there[name] - columns:
            return f"表 {name} 多了列 {min(there[name] - columns)}"
    if _ours(there, line) - expected.keys():
        return f"多了表 {min(_ours(there, line) - expected.keys())}"
    return ""
