import json

import pytest

from beian.store.backup import manifest as module
from beian.store.backup.manifest import BackupError, Manifest, check_of, described, read


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.db").write_bytes(b"content")
    part = described(tmp_path / "a.db", "sqlite", {"events": "0001"}, {"events": 3})
    Manifest("2026-11-27T00:00:00Z", "0.1.0", {"a.db": part}, "check").write(tmp_path)
    return tmp_path


def test_it_is_read_as_it_was_written(folder):
    found = read(folder)
    assert (found.made, found.program, found.check) == ("2026-11-27T00:00:00Z", "0.1.0", "check")
    assert found.parts["a.db"].holds == {"events": "0001"}
    assert found.parts["a.db"].bytes == 7


def changed(folder, **values):
    content = json.loads((folder / module.NAME).read_text())
    (folder / module.NAME).write_text(json.dumps({**content, **values}))


FAULTS = {
    "cut": lambda folder: (folder / "a.db").write_bytes(b"conten"),
    "changed": lambda folder: (folder / "a.db").write_bytes(b"c0ntent"),
    "missing": lambda folder: (folder / "a.db").unlink(),
    "no manifest": lambda folder: (folder / module.NAME).unlink(),
    "cut manifest": lambda folder: (folder / module.NAME).write_text('{"format": 1, "parts"'),
    "no object": lambda folder: (folder / module.NAME).write_text("[1]"),
    "another format": lambda folder: changed(folder, format=2),
    "unknown key": lambda folder: changed(folder, more=1),
    "no parts": lambda folder: changed(folder, parts=None),
    "a file elsewhere": lambda folder: changed(
        folder, parts={"../a.db": {"kind": "sqlite", "holds": {}, "rows": {}, "bytes": 7, "sha256": "x"}}
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_that_is_not_whole_is_refused(folder, fault):
    FAULTS[fault](folder)
    with pytest.raises(BackupError) as refused:
        read(folder)
    assert "备份" in str(refused.value)


def test_the_check_tells_another_secret_and_other_files(folder):
    parts = read(folder).parts
    check = check_of("one-secret", parts)
    assert check == check_of("one-secret", dict(parts))
    assert check != check_of("another-secret", parts)
    (folder / "a.db").write_bytes(b"other")
    assert check != check_of("one-secret", {"a.db": described(folder / "a.db", "sqlite", {}, {})})
    assert "one-secret" not in check
