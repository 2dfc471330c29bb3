"""A backup made while the server answers goes on with the same conversations, here and on another machine."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from beian.engine.endpoints import databases
from beian.store.backup import restore as module
from beian.store.backup.make import backup
from beian.store.backup.manifest import BackupError
from beian.store.backup.restore import ASIDE, restore
from beian.store.schema import revisions
from beian.store.schema.found import SchemaError
from beian.store.schema.prepare import prepare
from beian.store.schema.revisions import CONVERSATIONS
from beian.store.schema.sole import sole_use
from tests.store.backup.conftest import SECRET, made, mode, settings_of
from tests.store.schema.conftest import kept, places


def put_back(var, folder):
    return restore(settings_of(var), places(var), folder)


def content(var):
    """The stored messages and events."""
    found = []
    for name, table in (("conversations", "messages"), ("tracker", "events")):
        with closing(sqlite3.connect(var / f"{name}.db")) as connection:
            found.append(connection.execute(f"SELECT * FROM {table}").fetchall())
    return found


def forget(var):
    for name, table in (("conversations", "messages"), ("tracker", "events")):
        with closing(sqlite3.connect(var / f"{name}.db")) as connection:
            connection.execute(f"DELETE FROM {table}")
            connection.commit()


def test_the_same_conversations_go_on_from_a_backup_of_a_running_server(make_server, tmp_path):
    first = make_server()
    one, two = first.session(), first.session()
    first.send(one, "remember:灯塔", "c1")
    first.history(one, 2)
    kept = tmp_path / "kept"
    backup(first.settings, places(first.settings.var), kept)
    # What comes after is not in it.
    first.send(one, "remember:石桥", "c2")
    first.history(one, 4)
    first.send(two, "remember:渡口", "c1")
    first.history(two, 2)
    first.close()
    var = tmp_path / "elsewhere" / "var"
    put_back(var, kept)
    assert {mode(path) for path in var.iterdir()} == {0o600}
    prepare(places(var), "files", lambda said: None)
    second = make_server(var=var)
    assert [message["text"] for message in second.history(one)] == ["remember:灯塔", "记住了"]
    assert second.history(two) == []
    # The customer's browser has the token of the first server; the questions are new ones with old numbers.
    for number, (text, answer) in enumerate(
        [("recall:", "灯塔|"), ("法人换了怎么办", "第一段：法人换了怎么办")]
    ):
        second.send(one, text, f"n{number}")
        assert second.history(one, 4 + 2 * number)[-1]["text"].startswith(answer)
    second.send(two, "recall:", "c1")
    assert second.history(two, 2)[-1]["text"].startswith("None|")


def test_it_takes_the_place_of_what_is_there_which_is_kept(var, tmp_path):
    before = content(var)
    made(var, tmp_path / "kept")
    forget(var)
    (var / "secret").write_text("another-secret-that-came-later")
    _, (aside,) = put_back(var, tmp_path / "kept")
    assert content(var) == before
    assert (var / "secret").read_text() == SECRET
    assert aside.name.startswith(ASIDE)
    assert mode(aside) == 0o700
    assert content(aside) == [[], []]
    assert (aside / "secret").read_text() == "another-secret-that-came-later"
    assert prepare(places(var), "files", pytest.fail) is None


def test_a_log_that_was_left_does_not_come_over_what_is_restored(var, tmp_path):
    """A database file beside the write-ahead log of another is another database."""
    made(var, tmp_path / "kept")
    before = content(var)
    writer = sqlite3.connect(var / "tracker.db", isolation_level=None)
    writer.execute("INSERT INTO events (sender_id, type_name) VALUES ('w-later', 'x')")
    assert (var / "tracker.db-wal").stat().st_size
    put_back(var, tmp_path / "kept")
    writer.close()
    assert content(var) == before


def test_an_older_backup_is_brought_up_to_date_by_the_next_start(old_backup, var):
    put_back(var, old_backup)
    said = []
    prepare(places(var), "files", said.append)
    assert len(said) == 1
    assert "第 0001 版" in said[0]


@pytest.fixture
def old_backup(tmp_path):
    older = kept("0001", tmp_path / "older")
    shutil.copy(tmp_path / "var" / "secret", older / "secret") if (tmp_path / "var").exists() else None
    made(older, tmp_path / "old-backup")
    return tmp_path / "old-backup"


# --- refused ----------------------------------------------------------------------------------------------


def everything(var):
    beside = (".lock", "-shm", "-wal")
    files = [path for path in var.rglob("*") if path.is_file() and not path.name.endswith(beside)]
    return {path: path.read_bytes() for path in files}


def refused(var, folder, words, error=BackupError, settings=None):
    before = everything(var)
    with pytest.raises(error, match=words):
        restore(settings or settings_of(var), places(var), folder)
    assert everything(var) == before


def test_beside_a_running_server(var, tmp_path):
    made(var, tmp_path / "kept")
    with sole_use(places(var)):
        refused(var, tmp_path / "kept", "请先停下", SchemaError)


def test_a_damaged_one_and_one_mixed_from_two(var, tmp_path):
    made(var, tmp_path / "one")
    forget(var)
    made(var, tmp_path / "two")
    shutil.copy(tmp_path / "two" / "events.db", tmp_path / "one" / "events.db")
    refused(var, tmp_path / "one", "与清单不符")
    # Also when somebody makes the manifest fit.
    manifest = tmp_path / "one" / "manifest.json"
    mixed, other = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("one", "two"))
    mixed["parts"]["events.db"] = other["parts"]["events.db"]
    manifest.write_text(json.dumps(mixed))
    refused(var, tmp_path / "one", "混入了另一次备份的文件")


def test_one_of_another_secret(var, tmp_path):
    made(var, tmp_path / "kept")
    other = replace(settings_of(var), secret="a-secret-from-the-environment")
    refused(var, tmp_path / "kept", "BEIAN_SECRET", settings=other)
    backup(other, places(var), tmp_path / "without")
    refused(var, tmp_path / "without", "对不上")
    restore(other, places(var), tmp_path / "without")
    (var / "secret").unlink()
    refused(var, tmp_path / "without", "设好同一个 BEIAN_SECRET")


def test_one_of_a_newer_program(var, tmp_path):
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        connection.execute("UPDATE schema_conversations SET version_num = '9001'")
        connection.commit()
    with pytest.raises(SchemaError, match="9001"):
        made(var, tmp_path / "kept")
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        version = revisions.head(CONVERSATIONS)
        connection.execute("UPDATE schema_conversations SET version_num = ?", (version,))
        connection.commit()
    made(var, tmp_path / "kept")
    known = revisions.known
    older = pytest.MonkeyPatch()
    older.setattr(revisions, "known", lambda line: known(line)[:1])
    refused(var, tmp_path / "kept", "比本程序认识的", SchemaError)
    older.undo()


def test_one_of_the_other_kind_of_database(var, tmp_path):
    made(var, tmp_path / "kept")
    shared = replace(settings_of(var), database="postgresql://beian@127.0.0.1:1/beian")
    with pytest.raises(BackupError, match="postgresql"):
        restore(shared, databases(shared, {}), tmp_path / "kept")


@pytest.mark.parametrize("moment", ["_put_aside", "_note"])
def test_one_that_is_interrupted_is_noticed_and_can_be_done_again(var, tmp_path, monkeypatch, moment):
    before = content(var)
    made(var, tmp_path / "kept")
    forget(var)

    def killed(*_arguments):
        raise KeyboardInterrupt

    if moment == "_put_aside":
        done = []
        put_aside = module._put_aside
        monkeypatch.setattr(
            module, "_put_aside", lambda target: killed() if done else (done.append(1), put_aside(target))[1]
        )
    else:
        monkeypatch.setattr(module.marks, "note", killed)
    with pytest.raises(KeyboardInterrupt):
        put_back(var, tmp_path / "kept")
    monkeypatch.undo()
    with pytest.raises(SchemaError, match="恢复没有做完"):
        prepare(places(var), "files", pytest.fail)
    put_back(var, tmp_path / "kept")
    assert content(var) == before
    prepare(places(var), "files", pytest.fail)
