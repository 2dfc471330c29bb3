"""The door for commands: a socket in the data folder, of its owner alone."""

import asyncio
import socket
import stat

import pytest

from beian.server import control
from beian.server.control import Control, tell_servers
from tests.patience import PATIENCE


async def _double():
    return {"said": "好"}


async def _broken():
    raise OSError


def at_the_door(var, work):
    """What `work` returns, done in a thread while a door is open in the folder."""

    async def run():
        door = Control(var, {"double": _double, "broken": _broken})
        await door.open()
        try:
            return await asyncio.to_thread(work)
        finally:
            await door.close()

    return asyncio.run(run())


def say(var, word="double"):
    return lambda: tell_servers(var, word, PATIENCE)


def test_a_command_is_answered_and_the_door_goes_with_the_server(tmp_path):
    assert at_the_door(tmp_path, say(tmp_path)) == [{"said": "好"}]
    assert list(tmp_path.iterdir()) == []


def test_it_is_the_owners_alone(tmp_path):
    def mode():
        (path,) = tmp_path.glob("control-*.sock")
        return stat.S_IMODE(path.stat().st_mode)

    assert at_the_door(tmp_path, mode) == 0o600


def test_a_word_that_means_nothing_is_said_so(tmp_path):
    assert at_the_door(tmp_path, say(tmp_path, "dance")) == [{"error": "unknown command"}]


def test_an_answer_that_does_not_come_is_an_error(tmp_path):
    with pytest.raises(ConnectionError, match="日志"):
        at_the_door(tmp_path, say(tmp_path, "broken"))


def test_several_servers_are_all_told(tmp_path):
    assert at_the_door(tmp_path, lambda: at_the_door(tmp_path, say(tmp_path))) == [{"said": "好"}] * 2


def test_a_silent_caller_holds_nothing_up_and_is_let_go(tmp_path, monkeypatch):
    monkeypatch.setattr(control, "_WORD_SECONDS", 0.05)

    def silent():
        (path,) = tmp_path.glob("control-*.sock")
        with socket.socket(socket.AF_UNIX) as caller, control._short(path) as name:
            caller.connect(name)
            caller.settimeout(PATIENCE)
            told = tell_servers(tmp_path, "double", PATIENCE)
            return told, caller.recv(1)

    assert at_the_door(tmp_path, silent) == ([{"said": "好"}], b"")


def test_what_a_killed_server_left_is_cleared_away(tmp_path):
    left = tmp_path / "control-00000000.sock"
    with socket.socket(socket.AF_UNIX) as sock, control._short(left) as name:
        sock.bind(name)
    assert tell_servers(tmp_path, "reload", PATIENCE) == []
    assert not left.exists()


def test_a_folder_with_a_long_name_has_a_door_as_well(tmp_path):
    var = tmp_path / ("很长的名字" * 10)
    var.mkdir()
    assert at_the_door(var, say(var)) == [{"said": "好"}]
