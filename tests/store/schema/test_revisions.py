"""The revisions lead to the tables that the code has, from nothing and from every store that is kept."""

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from beian.engine.tracker_store import MaskedTrackerStore
from beian.store import desk_tables as desk
from beian.store import tables as store
from beian.store.database import database_engine
from beian.store.schema import revisions
from beian.store.schema.revisions import CONVERSATIONS, EVENTS

CODE = {
    CONVERSATIONS: [store.metadata, desk.metadata],
    EVENTS: [MaskedTrackerStore.Base.metadata],
}
LINES = pytest.mark.parametrize("line", [CONVERSATIONS, EVENTS], ids=lambda line: line.name)


def differences(engine, line):
    """What the code's tables have that the database has not, and the other way round."""
    ours = {name for metadata in CODE[line] for name in metadata.tables}

    def include(_object, name, kind, _reflected, _compared):
        return kind != "table" or name in ours or not name.startswith(("desk_search", "schema_"))

    options = {
        "include_object": include,
        "compare_type": True,
        "compare_server_default": True,
        "version_table": line.version_table,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, CODE[line])


def upgraded(database, line):
    engine = database_engine(database)
    with engine.begin() as connection:
        revisions.upgrade(connection, line)
    return engine


@LINES
def test_from_nothing_they_make_the_tables_of_the_code(line, tmp_path):
    assert differences(upgraded(tmp_path / "new.db", line), line) == []


@LINES
def test_the_same_on_postgresql(line, empty):
    engine = upgraded(empty, line)
    assert differences(engine, line) == []
    engine.dispose()


@LINES
def test_what_is_created_from_the_code_is_the_same(line, tmp_path):
    """A store that is opened without the server has the same tables."""
    engine = database_engine(tmp_path / "new.db")
    for metadata in CODE[line]:
        metadata.create_all(engine)
    assert differences(engine, line) == []


def test_a_difference_would_be_seen(tmp_path):
    engine = database_engine(tmp_path / "new.db")
    with engine.begin() as connection:
        revisions.upgrade(connection, CONVERSATIONS, "0001")
    seen = repr(differences(engine, CONVERSATIONS))
    for word in ("upkeep", "tries", "turn"):
        assert word in seen


@LINES
def test_they_are_numbered_one_after_the_other(line):
    numbers = revisions.known(line)
    assert numbers == [f"{place + 1:04}" for place in range(len(numbers))]
    folder = revisions._HERE / line.name
    assert sorted(path.name[:5] for path in folder.glob("r*.py")) == [f"r{number}" for number in numbers]
    for path in folder.glob("r*.py"):
        # A revision says what it does itself: tables that the code has later are none of its business.
        assert not re.search(r"(?:import|from) beian", path.read_text(encoding="utf-8")), path.name


def test_each_can_be_reached_and_says_so(tmp_path):
    for number in revisions.known(CONVERSATIONS):
        engine = database_engine(tmp_path / f"{number}.db")
        with engine.begin() as connection:
            revisions.upgrade(connection, CONVERSATIONS, number)
            assert revisions.current(connection, CONVERSATIONS) == number
            revisions.upgrade(connection, CONVERSATIONS)
        assert differences(engine, CONVERSATIONS) == []


def test_what_waits_keeps_waiting_and_has_been_tried_no_time(tmp_path):
    engine = database_engine(tmp_path / "new.db")
    with engine.begin() as connection:
        revisions.upgrade(connection, CONVERSATIONS, "0001")
        connection.exec_driver_sql(
            "INSERT INTO conversations VALUES ('w-1', 'web', 1.0, 1.0, 'bot', 1.0, NULL, 1)"
        )
        connection.exec_driver_sql("INSERT INTO pending VALUES ('w-1', 1)")
        revisions.upgrade(connection, CONVERSATIONS)
        rows = connection.execute(sa.select(store.pending)).fetchall()
    assert [tuple(row) for row in rows] == [("w-1", 1, 0, None)]
