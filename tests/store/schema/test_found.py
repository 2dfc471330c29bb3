"""A database is recognised by what it says or by its tables; what is not ours is refused in a sentence."""

import sqlite3
from contextlib import closing

import pytest

from beian.engine.tracker_store import MaskedTrackerStore
from beian.store.conversations import ConversationStore
from beian.store.database import database_engine
from beian.store.schema import revisions
from beian.store.schema.found import FoundRevision, SchemaError, add_missing, look, look_at_file
from beian.store.schema.revisions import CONVERSATIONS, EVENTS


def at(file, revision, line=CONVERSATIONS):
    """A database of this revision."""
    engine = database_engine(file)
    with engine.begin() as connection:
        revisions.upgrade(connection, line, revision)
    engine.dispose()
    return file


def change(file, statement):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()
    return file


def found(file, line=CONVERSATIONS):
    return look_at_file(file, line, "对话库 ")


# By their tables 0003 to 0005 are 0006: since came words, and tables of the desk, which may be missing.
ALIKE = ("0003", "0004", "0005")
TOLD_APART = [revision for revision in revisions.known(CONVERSATIONS) if revision not in ALIKE]


@pytest.mark.parametrize("revision", TOLD_APART)
def test_by_what_it_says_and_by_its_tables(tmp_path, revision):
    file = at(tmp_path / "a.db", revision)
    assert found(file) == FoundRevision(revision, is_told=True)
    change(file, "DROP TABLE schema_conversations")
    assert found(file) == FoundRevision(revision)


def test_nothing(tmp_path):
    assert found(tmp_path / "none.db") == FoundRevision(None)
    assert not (tmp_path / "none.db").exists()
    change(tmp_path / "empty.db", "PRAGMA user_version=1")
    assert found(tmp_path / "empty.db") == FoundRevision(None)


def test_the_stores_that_the_code_opens_by_itself(old, tmp_path):
    assert found(old / "conversations.db") == FoundRevision("0001")
    assert found(old / "tracker.db", EVENTS) == FoundRevision("0001")
    ConversationStore(tmp_path / "new.db").close()
    MaskedTrackerStore(db=str(tmp_path / "events.db")).engine.dispose()
    # The desk's tables come when the desk is opened; until then they may be missing.
    assert found(tmp_path / "new.db") == FoundRevision(revisions.head(CONVERSATIONS))
    assert found(tmp_path / "events.db", EVENTS) == FoundRevision(revisions.head(EVENTS))


def test_missing_tables_of_the_desk_are_added_as_the_revision_has_them(tmp_path):
    file = at(tmp_path / "a.db", "0001")
    for name in ("desk_notes", "desk_sessions", "desk_agents"):
        change(file, f"DROP TABLE {name}")
    engine = database_engine(file)
    with engine.begin() as connection:
        add_missing(connection, CONVERSATIONS, "0001")
    with engine.connect() as connection:
        assert look(connection, CONVERSATIONS, "") == FoundRevision("0001", is_told=True)
        assert connection.exec_driver_sql("SELECT * FROM desk_notes").keys()
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE schema_conversations SET version_num = '9001'", ["第 9001 版", "新"]),
        ("UPDATE schema_conversations SET version_num = 'f00d'", ["f00d", "不是本程序的"]),
        ("ALTER TABLE turns RENAME COLUMN model TO other", ["turns 没有列 model", "备份"]),
        ("ALTER TABLE messages ADD COLUMN extra TEXT", ["messages 多了列 extra"]),
        ("DROP TABLE ticks", ["没有表 ticks"]),
    ],
)
def test_what_does_not_fit_what_it_says_is_refused(tmp_path, statement, words):
    file = change(at(tmp_path / "a.db", revisions.head(CONVERSATIONS)), statement)
    with pytest.raises(SchemaError) as refused:
        found(file)
    for word in [*words, "对话库"]:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE shop (id INTEGER)", "CREATE TABLE conversations (id INTEGER)"]
)
def test_another_programs_file_is_refused_and_left_as_it_is(tmp_path, statement):
    file = change(tmp_path / "other.db", statement)
    before = file.read_bytes()
    with pytest.raises(SchemaError, match="不是本程序任何一版"):
        found(file)
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.db"]


def test_a_store_from_before_there_were_versions_that_is_older_still_is_refused(old):
    """Its turns have no column `model`: the server used to start and fail at every answer."""
    file = old / "conversations.db"
    change(file, "ALTER TABLE turns DROP COLUMN model")
    with pytest.raises(SchemaError, match="表 turns 没有列 model"):
        found(file)


def test_other_tables_beside_ours_do_not_matter(tmp_path):
    file = change(at(tmp_path / "a.db", "0002"), "CREATE TABLE reports (id INTEGER)")
    assert found(file) == FoundRevision("0002", is_told=True)


def test_the_two_are_not_mistaken_for_each_other(old):
    with pytest.raises(SchemaError):
        found(old / "tracker.db", CONVERSATIONS)
    with pytest.raises(SchemaError):
        found(old / "conversations.db", EVENTS)


def test_a_shared_database_may_hold_both_and_others(empty):
    engine = database_engine(empty)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE shop (id INTEGER)")
        assert look(connection, CONVERSATIONS, "") == FoundRevision(None)
        revisions.upgrade(connection, CONVERSATIONS, "0001")
        assert look(connection, EVENTS, "") == FoundRevision(None)
        revisions.upgrade(connection, EVENTS)
        assert look(connection, CONVERSATIONS, "") == FoundRevision("0001", is_told=True)
        assert look(connection, EVENTS, "") == FoundRevision(revisions.head(EVENTS), is_told=True)
    engine.dispose()
