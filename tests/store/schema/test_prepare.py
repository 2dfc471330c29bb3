"""What the server does with the databases it finds, before it opens them."""

import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
import sqlalchemy as sa

from beian.__main__ import main
from beian.store.conversations import ConversationStore
from beian.store.schema import marks, revisions
from beian.store.schema import prepare as module
from beian.store.schema.found import FoundRevision, SchemaError, look, look_at_file
from beian.store.schema.places import Database
from beian.store.schema.prepare import BEFORE, prepare
from beian.store.schema.revisions import CONVERSATIONS, EVENTS
from tests.ports import free_port
from tests.store.schema.conftest import places

HEAD = revisions.head(CONVERSATIONS)


def rows(file):
    """All rows of all tables."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'schema_%'"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


def found(file, line=CONVERSATIONS):
    return look_at_file(file, line, "")


def ready(var, allowed="files"):
    """The sentences that were said."""
    said = []
    prepare(places(var), allowed, said.append)
    return said


def contents(var):
    """Every file but those that come with any look at a database."""
    beside = (".lock", "-wal", "-shm")
    return {path.name: path.read_bytes() for path in var.iterdir() if not path.name.endswith(beside)}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_gets_both_without_a_word(tmp_path):
    assert ready(tmp_path / "var") == []
    assert found(tmp_path / "var" / "conversations.db") == FoundRevision(HEAD, is_told=True)
    assert found(tmp_path / "var" / "tracker.db", EVENTS) == FoundRevision(
        revisions.head(EVENTS), is_told=True
    )
    assert mode(tmp_path / "var" / "conversations.db") == 0o600


def test_an_old_store_is_copied_and_brought_up_to_date_in_one_sentence(old):
    file = old / "conversations.db"
    before = rows(file)
    (said,) = ready(old)
    (copy,) = old.glob(f"*{BEFORE}*")
    for word in (str(file), "第 0001 版", f"第 {HEAD} 版", str(copy)):
        assert word in said
    assert mode(copy) == 0o600
    assert rows(copy) == before
    assert found(copy) == FoundRevision("0001")
    assert found(file) == FoundRevision(HEAD, is_told=True)
    after = rows(file)
    changed = ("pending", "messages", "desk_agents")
    assert {name: after[name] for name in before if name not in changed} == {
        name: found for name, found in before.items() if name not in changed
    }
    assert all(now[:7] == then[:7] for now, then in zip(after["messages"], before["messages"], strict=True))
    assert [row[:2] for row in after["pending"]] == before["pending"]
    assert after["desk_agents"] == [(*row, None) for row in before["desk_agents"]]
    assert ready(old) == []
    assert len(list(old.glob(f"*{BEFORE}*"))) == 1


def test_what_is_up_to_date_and_does_not_say_so_is_told_and_not_copied(tmp_path):
    ConversationStore(tmp_path / "conversations.db").close()
    assert ready(tmp_path, "nothing") == []
    assert found(tmp_path / "conversations.db") == FoundRevision(HEAD, is_told=True)
    assert not list(tmp_path.glob(f"*{BEFORE}*"))


def test_only_the_server_and_the_command_bring_it_up_to_date(old):
    before = rows(old / "conversations.db")
    with pytest.raises(SchemaError, match="data migrate"):
        ready(old, "nothing")
    assert rows(old / "conversations.db") == before
    assert len(ready(old, "all")) == 1


class _BrokenError(RuntimeError):
    pass


@pytest.fixture
def other_upgrade(monkeypatch):
    """Puts another function in the place of the upgrade; tables that it has made are not remembered."""
    yield lambda upgrade: monkeypatch.setattr(module.revisions, "upgrade", upgrade)
    revisions.tables_at.cache_clear()


@pytest.mark.parametrize("fault", ["raises", "orphans"])
def test_a_change_that_fails_leaves_it_as_it_was(old, monkeypatch, other_upgrade, fault):
    file = old / "conversations.db"
    before, upgrade = rows(file), revisions.upgrade

    def broken(connection, line, to=None):
        upgrade(connection, line, to)
        if fault == "raises":
            raise _BrokenError
        connection.exec_driver_sql("INSERT INTO pending (conversation, id) VALUES ('w-nobody', 1)")

    other_upgrade(broken)
    with pytest.raises((_BrokenError, SchemaError)):
        ready(old)
    monkeypatch.undo()
    assert rows(file) == before
    assert found(file) == FoundRevision("0001")
    assert len(ready(old)) == 1


def test_a_table_made_anew_keeps_what_refers_to_it(old, other_upgrade):
    """SQLite deletes what refers to a dropped table, unless it is told not to look."""
    upgrade = revisions.upgrade

    def anew(connection, line, to=None):
        upgrade(connection, line, to)
        if line is CONVERSATIONS:
            connection.exec_driver_sql("CREATE TABLE new_one AS SELECT * FROM conversations")
            connection.exec_driver_sql("DROP TABLE conversations")
            connection.exec_driver_sql("ALTER TABLE new_one RENAME TO conversations")
            connection.exec_driver_sql("CREATE UNIQUE INDEX one ON conversations (id)")

    before = [row[:7] for row in rows(old / "conversations.db")["messages"]]
    assert before
    other_upgrade(anew)
    ready(old)
    assert [row[:7] for row in rows(old / "conversations.db")["messages"]] == before


def test_a_copy_that_cannot_be_made_stops_it(old, monkeypatch):
    def full(_source, _to):
        raise OSError(28, "No space left on device")

    before = rows(old / "conversations.db")
    monkeypatch.setattr(module.files, "copy", full)
    with pytest.raises(SchemaError, match="No space left"):
        ready(old)
    assert rows(old / "conversations.db") == before
    assert found(old / "conversations.db") == FoundRevision("0001")


# --- what is not as it should be --------------------------------------------------------------------------


def newer(var):
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        connection.execute("UPDATE schema_conversations SET version_num = '9001'")
        connection.commit()


def foreign(var):
    (var / "conversations.db").unlink()
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        connection.execute("CREATE TABLE shop (id INTEGER)")


def emptied(name):
    def empty(var):
        for path in var.glob(f"{name}.db*"):
            path.unlink()
        (var / f"{name}.db").touch(mode=0o600)

    return empty


def no_database(var):
    (var / "tracker.db").write_bytes(b"this is a text and no database, of more than a hundred signs" * 3)


def half_restored(var):
    marks.restoring(var).touch()


FAULTS = [
    (newer, "第 9001 版"),
    (foreign, "不是本程序任何一版"),
    (emptied("conversations"), "conversations.db 是空的"),
    (emptied("tracker"), "tracker.db 是空的"),
    (no_database, "not a database"),
    (half_restored, "恢复没有做完"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_it_is_refused_in_one_sentence_and_nothing_is_changed(
    old, tmp_path, monkeypatch, capsys, fault, words
):
    """By every command that opens the databases, with status 1."""
    ready(old)
    fault(old)
    before = contents(old)
    model = tmp_path / "model.tar.gz"
    model.touch()
    monkeypatch.setattr("beian.logs.configure", lambda: None)
    commands = [
        ["serve", "--var", str(old), "--port", str(free_port()), "--model", str(model)],
        ["data", "--var", str(old), "export", "--conversation", "w-1"],
        ["data", "--var", str(old), "migrate"],
    ]
    for command in commands:
        with pytest.raises(SystemExit) as stopped:
            main(command)
        assert stopped.value.code == 1
        told = capsys.readouterr().err.strip()
        assert words in told
        assert "\n" not in told
        assert "Traceback" not in told
    assert contents(old) == before


def test_an_empty_file_counts_when_the_other_has_conversations_or_a_mark_is_there(old):
    """Neither needs the other: a folder of before there were marks, and one without conversations."""
    emptied("conversations")(old)
    with pytest.raises(SchemaError, match="事件库里有会话"):
        ready(old)
    emptied("tracker")(old)
    assert ready(old) == []
    emptied("conversations")(old)
    with pytest.raises(SchemaError, match="这里原来有对话库"):
        ready(old)


def test_a_file_that_is_gone_is_told_and_made_anew(old):
    ready(old)
    (old / "tracker.db").unlink()
    (said,) = ready(old)
    assert "tracker.db 不存在" in said
    assert "备份" in said
    assert ready(old) == []


def test_a_file_that_is_gone_where_nothing_is_known_of_it_is_no_news(old, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(old / "tracker.db", other / "tracker.db")
    with closing(sqlite3.connect(other / "tracker.db")) as connection:
        connection.execute("DELETE FROM events")
        connection.commit()
    assert ready(other) == []


def test_what_others_could_read_is_shut_with_a_word(old):
    ready(old)
    (old / "conversations.db").chmod(0o644)
    (said,) = ready(old)
    assert str(old / "conversations.db") in said
    assert "0600" in said
    assert mode(old / "conversations.db") == 0o600


def test_a_model_that_does_not_exist_is_refused_before_anything_else(tmp_path, monkeypatch, capsys):
    """Rasa takes the newest of the folder instead, under the name that was asked for."""
    (tmp_path / "good.tar.gz").write_bytes(b"")
    monkeypatch.setattr("beian.logs.configure", lambda: None)
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--var", str(tmp_path / "var"), "--model", str(tmp_path / "typo.tar.gz")])
    assert stopped.value.code == 1
    assert "没有这个模型文件" in capsys.readouterr().err
    assert not (tmp_path / "var").exists()


# --- PostgreSQL -------------------------------------------------------------------------------------------


@pytest.fixture
def shared(empty):
    url = sa.engine.make_url(empty)
    return [Database(CONVERSATIONS, url=url), Database(EVENTS, url=url)]


def revision(place):
    engine = place.engine()
    with engine.connect() as connection:
        told = look(connection, place.line, "")
    engine.dispose()
    return told


def test_an_empty_shared_database_gets_its_tables(shared):
    said = []
    prepare(shared, "files", said.append)
    assert said == []
    assert [revision(place) for place in shared] == [
        FoundRevision(HEAD, is_told=True),
        FoundRevision(revisions.head(EVENTS), is_told=True),
    ]


def test_an_older_shared_database_is_left_to_the_command(shared):
    engine = shared[0].engine()
    with engine.begin() as connection:
        revisions.upgrade(connection, CONVERSATIONS, "0001")
    engine.dispose()
    said = []
    with pytest.raises(SchemaError, match="python -m beian data migrate"):
        prepare(shared, "files", said.append)
    assert revision(shared[0]) == FoundRevision("0001", is_told=True)
    prepare(shared, "all", said.append)
    assert len(said) == 1
    assert revision(shared[0]) == FoundRevision(HEAD, is_told=True)


def test_many_servers_prepare_an_empty_database_at_once(shared):
    from tests.server.test_postgres import at_once

    assert at_once(*[lambda: prepare(shared, "files", lambda said: None)] * 6) == [None] * 6
    assert revision(shared[0]) == FoundRevision(HEAD, is_told=True)


def test_a_server_that_cannot_be_reached_is_told(tmp_path):
    url = sa.engine.make_url("postgresql://beian:hidden@127.0.0.1:1/beian")
    with pytest.raises(SchemaError, match="不能用") as refused:
        prepare([Database(CONVERSATIONS, url=url)], "files", print)
    assert "hidden" not in str(refused.value)
