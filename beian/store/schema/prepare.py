"""Before anything opens the databases: look at them, bring them up to date, or say why they are refused.

A SQLite file is brought up to date by the server itself, after a copy. A database that several servers may
use is not: they would have to be stopped first, so an operator runs `python -m beian data migrate`.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.store.database import cause, creating_tables
from beian.store.schema import files, marks, revisions
from beian.store.schema.found import FoundRevision, SchemaError, add_missing, look, look_at_file
from beian.store.schema.places import Database

logger = logging.getLogger(__name__)

Allowed = Literal["nothing", "files", "all"]
"""What may be brought up to date: a new database is always made."""

BEFORE = ".before-"
"""What follows a database's name in the names of the copies that are made of it."""


def prepare(places: Sequence[Database], allowed: Allowed, say: Callable[[str], None]) -> None:
    """Make the databases ready, telling in a sentence each thing that was done. Raises SchemaError."""
    for place in places:
        if place.file is not None:
            _check_file(place, [other for other in places if other is not place], say)
    for place in places:
        try:
            if place.file is not None:
                _prepare_file(place, place.file, allowed, say)
            else:
                _prepare_shared(place, allowed, say)
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise SchemaError(f"{place.label}不能用：{cause(error)}") from error
        except OSError as error:
            raise SchemaError(f"{place.label}不能用：{error.strerror}") from error


# --- SQLite -----------------------------------------------------------------------------------------------


def _check_file(place: Database, others: list[Database], say: Callable[[str], None]) -> None:
    file = place.file
    assert file is not None
    if marks.restoring(file.parent).exists():
        raise SchemaError(f"{file.parent} 里上一次恢复没有做完：请再运行一次 `python -m beian data restore`")
    if file.exists():
        try:
            if files.shut_to_others(file):
                say(f"{file} 原来其他用户可以读，已改为只有本用户可读写（0600）")
        except OSError as error:
            raise SchemaError(f"其他用户能读 {file}，又改不了权限：{error.strerror}") from error
        if file.stat().st_size:
            return
    if marks.seen(file):
        reason = f"这里原来有{place.line.title}"
    elif any(_has_content(other) for other in others):
        reason = f"{others[0].line.title}里有会话"
    else:
        return
    if file.exists():
        raise SchemaError(f"{file} 是空的，而{reason}：请从备份恢复；确实要从头开始，就先把这个空文件移走")
    say(f"{file} 不存在，而{reason}：现在另建一个空的；若不是有意的，请停下服务，从备份恢复")


def _has_content(place: Database) -> bool:
    return place.file is not None and files.has_rows(place.file, place.line.content)


def _prepare_file(place: Database, file: Path, allowed: Allowed, say: Callable[[str], None]) -> None:
    found = look_at_file(file, place.line, place.label)
    head = revisions.head(place.line)
    if found.revision == head and found.is_told:
        marks.note(file, head)
        return
    if found.revision not in (None, head):
        if allowed == "nothing":
            raise SchemaError(
                f"{place.label}的结构是第 {found.revision} 版，本程序要第 {head} 版："
                "请启动新版的服务（它自己升级），或停下服务后运行 `python -m beian data migrate`"
            )
        kept = _copy(file, found.revision)
        _change_file(place, found)
        say(f"{place.label}已从第 {found.revision} 版升级到第 {head} 版；升级前的副本：{kept}")
    else:
        _change_file(place, found)
    logger.info(
        "schema", extra={"database": place.line.name, "found": found.revision or "nothing", "now": head}
    )
    marks.note(file, head)


def _copy(file: Path, revision: str | None) -> Path:
    kept = file.with_name(f"{file.name}{BEFORE}{time.strftime('%Y%m%d-%H%M%S')}-{revision}")
    with closing(files.reading(file)) as source:
        files.copy(source, kept)
    return kept


def _change_file(place: Database, found: FoundRevision) -> None:
    engine = place.engine()
    try:
        with engine.connect() as connection:
            # SQLite changes few things in place; a table made anew would take along what refers to it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            with connection.begin():
                _change(connection, place, found)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise SchemaError(
                        f"{place.label}升级后表 {broken[0][0]} 里有无主的行，已退回原样：请报告问题"
                    )
    finally:
        engine.dispose()


# --- shared -----------------------------------------------------------------------------------------------


def _prepare_shared(place: Database, allowed: Allowed, say: Callable[[str], None]) -> None:
    head = revisions.head(place.line)
    engine = place.engine()
    try:
        # Under the lock that everybody takes who makes tables: several servers may start at once.
        with creating_tables(engine) as connection:
            found = look(connection, place.line, place.label)
            if found.revision == head and found.is_told:
                return
            if found.revision not in (None, head):
                if allowed != "all":
                    raise SchemaError(
                        f"{place.label}的结构是第 {found.revision} 版，本程序要第 {head} 版："
                        "请先备份，停下所有服务，再运行 `python -m beian data migrate`"
                    )
                say(f"{place.label}从第 {found.revision} 版升级到第 {head} 版")
            _change(connection, place, found)
    finally:
        engine.dispose()


def _change(connection: sa.engine.Connection, place: Database, found: FoundRevision) -> None:
    if found.revision is not None:
        if not found.is_told:
            revisions.stamp(connection, place.line, found.revision)
        add_missing(connection, place.line, found.revision)
    revisions.upgrade(connection, place.line)
