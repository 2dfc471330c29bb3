"""Backup and restore of databases on PostgreSQL, where its programs are installed."""

import shutil
import subprocess
import threading
import uuid

import pytest
import sqlalchemy as sa

from beian.settings import Settings
from beian.store import desk_tables as tables
from beian.store import search, search_index
from beian.store.backup import beside
from beian.store.backup import postgres as module
from beian.store.backup import sources as module_of_sources
from beian.store.backup.make import backup
from beian.store.backup.manifest import BackupError
from beian.store.backup.restore import restore
from beian.store.backup.sources import pinned
from beian.store.conversations import ConversationStore
from beian.store.desk import announce
from beian.store.records import Draft
from beian.store.schema import revisions
from beian.store.schema.places import Database
from beian.store.schema.prepare import prepare
from beian.store.schema.revisions import CONVERSATIONS, EVENTS

pytestmark = pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not installed")
SETTINGS = Settings(secret="a-secret-from-the-environment")


def another(url):
    """A second empty database beside the first."""
    name = f"t{uuid.uuid4().hex}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    return sa.engine.make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["one database", "two databases"])
def pair(request, empty):
    urls = [empty, empty if request.param == "one database" else another(empty)]
    lines = (CONVERSATIONS, EVENTS)
    places = [Database(line, url=sa.engine.make_url(url)) for line, url in zip(lines, urls, strict=True)]
    prepare(places, "files", pytest.fail)
    store = ConversationStore(empty)
    tables.create(store.engine)
    search_index.create(store.engine)
    announce.create(store.engine)
    store.accept("w-1", Draft("user", "我们在琉璃厂东街换服务器"))
    store.close()
    run(places[1], "INSERT INTO events (sender_id, type_name) VALUES ('w-1', 'user')")
    return places


def run(place, statement):
    """The first column of what a statement gives."""
    engine = place.engine()
    with engine.begin() as connection:
        result = connection.exec_driver_sql(statement)
        found = result.scalars().all() if result.returns_rows else []
    engine.dispose()
    return found


def both(pair):
    return run(pair[0], "SELECT text FROM messages ORDER BY at"), run(pair[1], "SELECT sender_id FROM events")


def test_both_come_back(pair, tmp_path):
    before = both(pair)
    manifest = backup(SETTINGS, pair, tmp_path / "kept")
    assert len(manifest.parts) == (1 if pair[0].url.database == pair[1].url.database else 2)
    assert {name: rows for part in manifest.parts.values() for name, rows in part.rows.items()} == {
        "conversations": 1,
        "events": 1,
    }
    run(pair[0], "DELETE FROM messages")
    run(pair[1], "DELETE FROM events")
    restore(SETTINGS, pair, tmp_path / "kept")
    assert both(pair) == before
    prepare(pair, "files", pytest.fail)
    store = ConversationStore(pair[0].url.render_as_string(hide_password=False))
    store.accept("w-1", Draft("user", "还在琉璃厂吗"))
    assert search.search(store, "还在琉璃厂")
    # What refuses changes and what announces them came back as well.
    assert "desk_audit_no_delete" in [name.lower() for name in run(pair[0], "SELECT tgname FROM pg_trigger")]
    store.close()


def test_it_goes_to_an_empty_database_on_another_server(pair, tmp_path, empty):
    backup(SETTINGS, pair, tmp_path / "kept")
    same = pair[0].url.database == pair[1].url.database
    first = sa.engine.make_url(another(empty))
    second = first if same else sa.engine.make_url(another(empty))
    there = [Database(CONVERSATIONS, url=first), Database(EVENTS, url=second)]
    restore(SETTINGS, there, tmp_path / "kept")
    assert both(there) == both(pair)


def test_what_is_written_after_the_moment_is_not_in_it(pair, tmp_path, empty):
    with pinned(pair) as sources:
        run(pair[1], "INSERT INTO events (sender_id, type_name) VALUES ('w-later', 'user')")
        parts = [source.copy(tmp_path) for source in sources]
        files = [tmp_path / source.name for source in sources]
    rows = {name: count for part in parts for name, count in part.rows.items()}
    assert rows == {"conversations": 1, "events": 1}
    assert both(pair)[1] == ["w-1", "w-later"]
    there = Database(EVENTS, url=sa.engine.make_url(another(empty)))
    module.restore(there.url, files[-1])
    assert run(there, "SELECT sender_id FROM events") == ["w-1"]


def test_nobody_writes_to_either_while_they_are_pinned(pair, monkeypatch):
    refused, pin = [], module_of_sources.BackupServer.pin

    def tried(source):
        pin(source)
        for place, table in zip(pair, ("conversations", "events"), strict=True):
            try:
                run(place, f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE NOWAIT")
            except sa.exc.OperationalError as error:
                refused.append(table if "could not obtain lock" in str(error) else str(error))

    monkeypatch.setattr(module_of_sources.BackupServer, "pin", tried)
    with pinned(pair) as sources:
        assert refused == ["conversations", "events"] * len(sources)
        run(pair[1], "LOCK TABLE events IN ROW EXCLUSIVE MODE NOWAIT")


def test_a_pair_is_a_pair_while_others_write(pair, tmp_path):
    stop = threading.Event()

    def writer():
        engines = [place.engine() for place in pair]
        while not stop.is_set():
            with engines[0].begin() as connection:
                connection.exec_driver_sql("UPDATE conversations SET last_id = last_id + 1")
            with engines[1].begin() as connection:
                connection.exec_driver_sql("INSERT INTO events (sender_id, type_name) VALUES ('w-2', 'user')")

    thread = threading.Thread(target=writer)
    thread.start()
    try:
        for _ in range(5):
            with pinned(pair) as sources:
                readers = {place.line.name: source._reader for source in sources for place in source._places}
                count = "SELECT last_id FROM conversations"
                first = readers["conversations"].exec_driver_sql(count).scalar()
                count = "SELECT count(*) FROM events WHERE sender_id = 'w-2'"
                second = readers["events"].exec_driver_sql(count).scalar()
                assert 0 <= first - 1 - second <= 1
    finally:
        stop.set()
        thread.join()


def test_beside_a_running_server_nothing_is_restored(pair, tmp_path):
    backup(SETTINGS, pair, tmp_path / "kept")
    store = ConversationStore(pair[0].url.render_as_string(hide_password=False))
    store.check()
    with pytest.raises(BackupError, match="还有 1 个连接"):
        restore(SETTINGS, pair, tmp_path / "kept")
    store.close()


def test_tables_that_came_after_the_backup_go(pair, tmp_path):
    engine = pair[0].engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE upkeep")
        for table in ("presence", "absences", "settings", "snippets"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS desk_{table}")
        connection.exec_driver_sql("DROP INDEX ix_conversations_mode_updated")
        connection.exec_driver_sql("ALTER TABLE pending DROP COLUMN tries, DROP COLUMN turn")
        connection.exec_driver_sql("ALTER TABLE IF EXISTS desk_agents DROP COLUMN shown")
        connection.exec_driver_sql("UPDATE schema_conversations SET version_num = '0001'")
    backup(SETTINGS, pair, tmp_path / "kept")
    prepare(pair, "all", lambda said: None)
    engine.dispose()
    restore(SETTINGS, pair, tmp_path / "kept")
    assert run(pair[0], "SELECT version_num FROM schema_conversations") == ["0001"]
    said = []
    prepare(pair, "all", said.append)
    assert len(said) == 1
    assert run(pair[0], "SELECT version_num FROM schema_conversations") == [revisions.head(CONVERSATIONS)]


@pytest.fixture
def later(pair, tmp_path):
    """A backup from before tables that refer to those in it: one of this program's, one of somebody else."""
    backup(SETTINGS, pair, tmp_path / "kept")
    run(
        pair[0],
        "CREATE TABLE desk_snippets_of (n INTEGER PRIMARY KEY, "
        "conversation VARCHAR(64) REFERENCES conversations (id) ON DELETE CASCADE)",
    )
    run(pair[0], "INSERT INTO desk_snippets_of VALUES (1, 'w-1')")
    run(pair[0], "CREATE SCHEMA report")
    run(
        pair[0],
        'CREATE TABLE report."Kept conversations" (n INTEGER PRIMARY KEY, '
        "conversation VARCHAR(64) REFERENCES conversations (id), other INTEGER REFERENCES desk_snippets_of)",
    )
    run(pair[0], "INSERT INTO report.\"Kept conversations\" VALUES (1, 'w-1', 1)")
    return tmp_path / "kept"


@pytest.mark.parametrize("is_ours", [True, False])
def test_later_tables_that_refer_to_restored_ones(pair, later, monkeypatch, is_ours):
    if is_ours:
        known = beside.later_tables
        monkeypatch.setattr(beside, "later_tables", lambda holds: known(holds) | {"desk_snippets_of"})
    before = both(pair)
    run(
        pair[0],
        "INSERT INTO conversations SELECT 'w-2', channel, created, updated, mode, mode_since, "
        "agent, last_id FROM conversations",
    )
    run(pair[0], "INSERT INTO report.\"Kept conversations\" VALUES (2, 'w-2', NULL)")
    restore(SETTINGS, pair, later)
    assert both(pair) == before
    names = run(pair[0], "SELECT relname FROM pg_class WHERE relkind = 'r'")
    assert ("desk_snippets_of" in names) != is_ours
    # What is not ours is all there, also what refers to a conversation that is gone.
    kept = run(pair[0], 'SELECT conversation FROM report."Kept conversations" ORDER BY n')
    assert kept == ["w-1", "w-2"]
    with pytest.raises(sa.exc.IntegrityError):
        run(pair[0], "INSERT INTO report.\"Kept conversations\" VALUES (3, 'w-9', NULL)")
    prepare(pair, "files", pytest.fail)


def test_what_fails_at_the_end_leaves_everything_as_it_was(pair, later, monkeypatch):
    monkeypatch.setattr(beside, "later_tables", lambda holds: {"desk_snippets_of"})
    around = beside.around
    monkeypatch.setattr(beside, "around", lambda *given: (around(*given)[0], ["SELECT 1 / 0"]))
    run(pair[0], "DELETE FROM messages")
    with pytest.raises(BackupError, match=r"psql 没有成功.*division by zero"):
        restore(SETTINGS, pair, later)
    assert both(pair)[0] == []
    assert run(pair[0], "SELECT conversation FROM desk_snippets_of") == ["w-1"]


def test_a_restore_that_fails_changes_nothing(pair, tmp_path):
    before = both(pair)
    (tmp_path / "x.dump").write_bytes(b"PGDMP and nothing of it")
    with pytest.raises(BackupError, match="pg_restore 没有成功"):
        module.restore(pair[0].url, tmp_path / "x.dump")
    assert both(pair) == before


def test_without_the_programs_it_says_what_to_install(pair, tmp_path, monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    with pytest.raises(BackupError, match="pg_dump"):
        backup(SETTINGS, pair, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_the_password_is_on_no_command_line(tmp_path, monkeypatch):
    ran = []

    def noted(command, env, **_options):
        ran.append((command, env["PGPASSWORD"]))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(module.subprocess, "run", noted)
    module.dump(sa.engine.make_url("postgresql://beian:hidden@db.example/beian"), "1", tmp_path / "x")
    ((command, password),) = ran
    assert password == "hidden"
    assert "hidden" not in " ".join(command)
