"""One server for each SQLite file: two would not know of each other's modes, limits and streams."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from beian.store.schema.found import SchemaError
from beian.store.schema.places import Database


def lock_file(database: Path) -> Path:
    """The file that is locked while a server uses the database; it stays, the lock ends with the process."""
    return database.with_name(f"{database.name}.lock")


@contextmanager
def sole_use(databases: Iterable[Database]) -> Iterator[None]:
    """Hold the SQLite files alone. Raises SchemaError when another process has them."""
    with ExitStack() as held:
        for database in databases:
            if database.file is not None:
                held.enter_context(_held(database.file))
        yield


@contextmanager
def _held(file: Path) -> Iterator[None]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock_file(file), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SchemaError(f"数据目录 {file.parent} 不能写：{error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "?"
            raise SchemaError(
                f"已有一个服务或数据命令（进程 {holder}）在使用 {file}：请先停下它；"
                "要开几个服务进程，请改用 PostgreSQL"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
