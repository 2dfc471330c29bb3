"""`python -m beian data`: backup, restore, migrate as an operator gives them."""

import json

import pytest

from beian.__main__ import main
from beian.store.schema.revisions import CONVERSATIONS, EVENTS, head
from beian.store.schema.sole import sole_use
from tests.store.schema.conftest import kept, places
from tests.store.schema.old_store import SECRET


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("BEIAN_SECRET", SECRET)
    return kept("0001", tmp_path / "var")


def outcome(capsys, *command):
    assert main(["data", *map(str, command)]) == 0
    shown = capsys.readouterr()
    return json.loads(shown.out), shown.err.splitlines()


def test_there_and_back(var, tmp_path, capsys):
    told, _ = outcome(capsys, "--var", var, "backup", tmp_path / "kept")
    assert told["revisions"] == {"conversations": "0001", "events": head(EVENTS)}
    assert told["rows"]["conversations"] == 10
    told, said = outcome(capsys, "--var", var, "migrate")
    assert told == {"conversations": head(CONVERSATIONS), "events": head(EVENTS)}
    assert [line for line in said if "升级到" in line]
    assert outcome(capsys, "--var", var, "migrate") == (told, [])
    told, _ = outcome(capsys, "--var", var, "restore", tmp_path / "kept")
    assert told["restored"] == str(tmp_path / "kept")
    assert len(told["replaced"]) == 1
    told, _ = outcome(capsys, "--var", tmp_path / "new", "restore", tmp_path / "kept")
    assert told["replaced"] == []


@pytest.mark.parametrize("command", ["restore", "migrate"])
def test_not_beside_a_server(var, tmp_path, capsys, command):
    outcome(capsys, "--var", var, "backup", tmp_path / "kept")
    arguments = [tmp_path / "kept"] if command == "restore" else []
    with sole_use(places(var)), pytest.raises(SystemExit) as stopped:
        main(["data", "--var", str(var), command, *map(str, arguments)])
    assert stopped.value.code == 1
    assert "请先停下它" in capsys.readouterr().err


def test_a_backup_may_be_made_beside_a_server(var, tmp_path, capsys):
    with sole_use(places(var)):
        outcome(capsys, "--var", var, "backup", tmp_path / "kept")


def test_what_is_no_backup_is_told(var, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["data", "--var", str(var), "restore", str(tmp_path)])
    assert stopped.value.code == 1
    assert "没有完整的备份" in capsys.readouterr().err


def test_other_commands_do_not_bring_it_up_to_date(var, capsys):
    for command in (["data", "--var", str(var), "purge"], ["desk", "--var", str(var), "list"]):
        with pytest.raises(SystemExit) as stopped:
            main(command)
        assert stopped.value.code == 1
        assert "data migrate" in capsys.readouterr().err
