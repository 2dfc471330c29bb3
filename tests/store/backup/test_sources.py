"""What is copied is what stood in both databases at one moment, whatever is written meanwhile."""

import sqlite3
import threading
from contextlib import ExitStack, closing

import pytest

from beian.store.backup import sources
from beian.store.backup.manifest import BackupError
from beian.store.backup.sources import pinned, sound
from tests.store.schema.conftest import places


def events(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM events").fetchone()[0]


def write(file, sender):
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        connection.execute("INSERT INTO events (sender_id, type_name) VALUES (?, 'x')", (sender,))
        connection.commit()


def test_what_is_written_after_the_moment_is_not_copied(var, tmp_path):
    before = events(var / "tracker.db")
    with pinned(places(var)) as found:
        write(var / "tracker.db", "w-later")
        parts = [source.copy(tmp_path) for source in found]
        write(var / "tracker.db", "w-later")
    assert events(tmp_path / "events.db") == before
    assert [part.rows for part in parts] == [{"conversations": 9 + 1}, {"events": before}]
    assert events(var / "tracker.db") == before + 2


def test_nobody_writes_to_either_while_they_are_pinned(var, monkeypatch):
    """The first is pinned, and the second not yet: what is written now would be in one of them alone."""
    refused = []
    pin = sources.File.pin

    def tried(source):
        pin(source)
        for name in ("conversations", "tracker"):
            with closing(sqlite3.connect(var / f"{name}.db", timeout=0)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    refused.append(str(error))

    monkeypatch.setattr(sources.File, "pin", tried)
    with pinned(places(var)):
        assert refused == ["database is locked"] * 4
        write(var / "tracker.db", "w-now")


def test_a_pair_is_a_pair_while_many_write(var, tmp_path):
    """Each writer adds to one, then to the other; the copy never has more in the second than in the first."""
    stop = threading.Event()

    def writer():
        while not stop.is_set():
            with closing(sqlite3.connect(var / "conversations.db", timeout=30)) as connection:
                connection.execute("INSERT INTO probe (filler) VALUES ('x')")
                connection.commit()
            write(var / "tracker.db", "w-writer")

    threads = [threading.Thread(target=writer) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(8):
            folder = tmp_path / str(number)
            folder.mkdir()
            with pinned(places(var)) as found:
                for source in found:
                    source.copy(folder)
            with closing(sqlite3.connect(folder / "conversations.db")) as connection:
                first = connection.execute("SELECT count(*) FROM probe").fetchone()[0]
            with closing(sqlite3.connect(folder / "events.db")) as connection:
                query = "SELECT count(*) FROM events WHERE sender_id = 'w-writer'"
                second = connection.execute(query).fetchone()[0]
            assert 0 <= first - second <= len(threads)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_database_that_stays_in_use_is_told(var, monkeypatch):
    monkeypatch.setattr(sources, "_WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(var / "tracker.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupError, match="一直被占用"), pinned(places(var)):
            raise AssertionError
        # The other was not kept from writing for longer than that.
        with closing(sqlite3.connect(var / "conversations.db", timeout=0)) as free:
            free.execute("BEGIN IMMEDIATE")


def test_nothing_to_back_up_is_told(var):
    (var / "tracker.db").unlink()
    with pytest.raises(BackupError, match="没有可备份的事件库"), pinned(places(var)):
        raise AssertionError


def test_a_damaged_file_is_told(var):
    file = var / "conversations.db"
    sound(file)
    with ExitStack() as stack:
        connection = stack.enter_context(closing(sqlite3.connect(file)))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(file.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 200] = b"\xff" * 200
    file.write_bytes(content)
    with pytest.raises(BackupError, match="已损坏"):
        sound(file)
