"""The conversations' database: its transactions, threads and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from beian.store.database import (
    PROBE_CHARACTERS,
    StoreError,
    cause,
    creating_tables,
    database_engine,
)
from beian.store.tables import metadata, probe
from beian.store.threads import StoreThreads

T = TypeVar("T")
_TRIES = 3


@contextmanager
def _as_store_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise StoreError(f"the conversation store failed: {cause(error)}") from error


class StoreConnection:
    """What all parts of the conversation store share. Its methods wait for the database."""

    def __init__(self, database: str | Path = ":memory:") -> None:
        """`database` is a file for SQLite, ":memory:", or a URL such as postgresql://…"""
        self.engine = database_engine(database)
        self.shared = self.engine.dialect.name != "sqlite"
        """Whether other servers may use the same database."""
        self._reader = self.engine.execution_options(reading=True)
        # SQLite takes one writer at a time; the others would only get in each other's way.
        self.threads = StoreThreads("store", writers=4 if self.shared else 1)
        try:
            with creating_tables(self.engine) as connection:
                metadata.create_all(connection)
        except SQLAlchemyError as error:
            raise StoreError(f"the conversation store cannot be used: {cause(error)}") from error

    @contextmanager
    def transaction(self) -> Iterator[sa.engine.Connection]:
        """One transaction, rolled back by any error; database errors become StoreError."""
        with _as_store_errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.engine.Connection]:
        """One transaction that changes nothing, and waits for nobody who does."""
        with _as_store_errors(), self._reader.begin() as connection:
            yield connection

    @staticmethod
    def _again(write: Callable[..., T], *arguments: Any) -> T:
        """Run a transaction; again when another server wrote the same thing at the same moment."""
        for _ in range(_TRIES - 1):
            try:
                return write(*arguments)
            except IntegrityError:
                continue
        try:
            return write(*arguments)
        except IntegrityError as error:
            raise StoreError(f"the conversation store failed: {cause(error)}") from error

    def check(self) -> None:
        """Raise StoreError when the store cannot be written: by writing, and taking it back."""
        with self.transaction() as connection:
            connection.execute(probe.insert().values(filler="-" * PROBE_CHARACTERS))
            connection.execute(probe.delete())

    def close(self) -> None:
        """End the threads and close the connections."""
        self.threads.close()
        self.engine.dispose()
