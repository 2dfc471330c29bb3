"""SQLite databases as SQL text and back: the repository holds no database."""

import sqlite3
from pathlib import Path

_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
"""What FTS5 makes beside a table of its own; it makes them again."""


def dump(file: Path) -> str:
    """SQL that makes the same tables, rows, indexes and triggers.

    The standard library's iterdump() writes full-text tables into the catalogue by hand, which newer
    SQLite versions refuse.
    """
    connection = sqlite3.connect(file)
    objects = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY rowid"
    ).fetchall()
    virtual = {name for kind, name, sql in objects if sql.startswith("CREATE VIRTUAL")}
    shadows = {name + suffix for name in virtual for suffix in _SHADOWS}
    objects = [found for found in objects if found[1] not in shadows]
    lines = [f"{sql};" for kind, _, sql in objects if kind == "table"]
    for kind, name, _ in objects:
        if kind == "table":
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            columns = ["rowid", *columns] if name in virtual else columns
            quoted = ", ".join(f"quote({column})" for column in columns)
            for row in connection.execute(f"SELECT {quoted} FROM {name} ORDER BY rowid"):
                lines.append(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join(row)});")
    lines += [f"{sql};" for kind, _, sql in objects if kind != "table"]
    connection.close()
    return "\n".join(lines) + "\n"


def load(text: str, file: Path) -> None:
    """Make the database of a dump, with a write-ahead log as the server's."""
    file.touch(mode=0o600)
    connection = sqlite3.connect(file)
    connection.executescript(text)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
