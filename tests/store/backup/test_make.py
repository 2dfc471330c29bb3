import json

import pytest

from beian.settings import Settings
from beian.store.backup import make as module
from beian.store.backup.make import backup
from beian.store.backup.manifest import NAME, BackupError, check_of, read
from beian.store.schema.revisions import CONVERSATIONS, head
from tests.store.backup.conftest import SECRET, made, mode
from tests.store.schema.conftest import kept, places


def test_all_of_it_is_there_for_its_owner_alone(var, tmp_path):
    folder = tmp_path / "kept" / "monday"
    manifest = made(var, folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "conversations.db",
        "events.db",
        NAME,
        "secret",
    ]
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert (folder / "secret").read_text() == SECRET
    assert read(folder) == manifest
    assert manifest.parts["conversations.db"].holds == {"conversations": head(CONVERSATIONS)}
    assert manifest.check == check_of(SECRET, manifest.parts)
    assert manifest.program[0].isdigit()
    assert [path.name for path in folder.parent.iterdir()] == ["monday"]


def test_a_secret_that_is_kept_elsewhere_stays_there(var, tmp_path):
    settings = Settings(var=var, secret="a-secret-from-the-environment")
    manifest = backup(settings, places(var), tmp_path / "kept")
    assert not (tmp_path / "kept" / "secret").exists()
    assert manifest.check == check_of("a-secret-from-the-environment", manifest.parts)
    for path in (tmp_path / "kept").iterdir():
        assert b"a-secret-from-the-environment" not in path.read_bytes()


def test_a_store_of_before_there_were_versions_can_be_backed_up(tmp_path):
    var = kept("0001", tmp_path / "var")
    manifest = made(var, tmp_path / "kept")
    assert manifest.parts["conversations.db"].holds == {"conversations": "0001"}


def test_a_folder_with_something_in_it_is_left_alone(var, tmp_path):
    (tmp_path / "kept").mkdir()
    made(var, tmp_path / "kept")
    before = (tmp_path / "kept" / NAME).read_bytes()
    with pytest.raises(BackupError, match="已经有内容"):
        made(var, tmp_path / "kept")
    assert (tmp_path / "kept" / NAME).read_bytes() == before
    (tmp_path / "file").write_text("x")
    with pytest.raises(BackupError, match="已经有内容"):
        made(var, tmp_path / "file")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "x"), BackupError("没有")])
def test_one_that_fails_leaves_nothing(var, tmp_path, monkeypatch, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(module, "check_of", fail)
    with pytest.raises(BackupError):
        made(var, tmp_path / "kept" / "monday")
    assert not list((tmp_path / "kept").iterdir())


def test_nothing_of_the_backup_is_json_that_only_python_reads(var, tmp_path):
    made(var, tmp_path / "kept")
    content = json.loads((tmp_path / "kept" / NAME).read_text(encoding="utf-8"))
    assert content["format"] == 1
