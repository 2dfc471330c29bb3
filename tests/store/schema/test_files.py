import sqlite3
import stat
from contextlib import closing

import pytest

from beian.store.schema import files


@pytest.fixture
def database(tmp_path):
    """With something in its write-ahead log, which another connection holds open."""
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (n INTEGER)")
        connection.execute("INSERT INTO t VALUES (1)")
        yield file


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_every_part_is_shut_to_others(database):
    assert files.shut_to_others(database)
    parts = sorted(database.parent.iterdir())
    assert len(parts) == 3, "the file, its log and the log's index"
    for path in parts:
        assert mode(path) == 0o600
        path.chmod(0o640)
        assert files.shut_to_others(database), path.name
        assert mode(path) == 0o600
    assert not files.shut_to_others(database)
    assert not files.shut_to_others(database.with_name("none.db"))


def test_a_copy_holds_what_is_still_in_the_log_and_is_one_file_of_its_owner(database, tmp_path):
    to = tmp_path / "copies" / "b.db"
    to.parent.mkdir()
    with closing(files.reading(database)) as source:
        files.copy(source, to)
    assert [path.name for path in to.parent.iterdir()] == ["b.db"]
    assert mode(to) == 0o600
    assert files.has_rows(to, "t")


def test_a_copy_that_fails_leaves_nothing(database, tmp_path):
    to = tmp_path / "copies" / "b.db"
    to.parent.mkdir()
    with closing(files.reading(database)) as source:
        source.close()
        with pytest.raises(sqlite3.Error):
            files.copy(source, to)
    assert not list(to.parent.iterdir())


def test_reading_writes_nothing(database):
    with closing(files.reading(database)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("INSERT INTO t VALUES (2)")


def test_rows(database, tmp_path):
    assert files.has_rows(database, "t")
    assert not files.has_rows(database, "other")
    assert not files.has_rows(tmp_path / "none.db", "t")
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "text.db").write_text("no database")
    assert not files.has_rows(tmp_path / "text.db", "t")
