"""An edit of kb/ is taken up while the server runs, as a whole or not at all."""

import asyncio
import stat
import threading
from dataclasses import replace

import pytest

from beian.kb import KnowledgeError, load_knowledge, use_knowledge
from beian.server import control
from tests.patience import PATIENCE

KB = load_knowledge()
OTHER = replace(KB, version="0123456789ab", phone="10000")
UNTRAINED = replace(OTHER, foreign_objects=())


@pytest.fixture
def running(make_server):
    yield make_server()
    use_knowledge(KB)


def reload_with(running, found):
    """Reload while kb/ reads as `found`, an error or a knowledge base."""

    def read():
        if isinstance(found, Exception):
            raise found
        return found

    running.context.knowledge._read = read
    (told,) = control.tell_servers(running.settings.var, "reload", PATIENCE)
    return told


def phone(running) -> str:
    return running.client.get("/api/config").json()["phone"]


def notices(running) -> list[str]:
    return running.client.get("/readyz").json().get("notices", [])


def test_it_is_answered_from_the_new_one(running):
    assert phone(running) == KB.phone
    told = reload_with(running, OTHER)
    assert (told["result"], told["version"], told["faults"]) == ("taken_up", OTHER.version, [])
    assert phone(running) == "10000"
    assert load_knowledge() is OTHER, "actions answer from it as well"
    assert running.client.get("/api/config").json()["kb_version"] == OTHER.version
    assert f'kb_version="{OTHER.version}"'.encode() in running.context.metrics.text()


def test_what_is_the_same_changes_nothing(running):
    before = running.context.assistant.kb
    assert reload_with(running, replace(KB))["result"] == "unchanged"
    assert running.context.assistant.kb is before


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (KnowledgeError(["[phrases.yml › smalltalk] 缺少 greet，请补上"]), "缺少 greet"),
        (UNTRAINED, "重新训练"),
    ],
    ids=["faults", "needs training"],
)
def test_a_refused_one_leaves_everything_as_it_was(running, found, said):
    told = reload_with(running, found)
    assert (told["result"], told["version"]) == ("refused", KB.version)
    assert said in told["faults"][0]
    assert phone(running) == KB.phone and load_knowledge() is KB
    assert notices(running) == ["knowledge"]
    assert reload_with(running, OTHER)["result"] == "taken_up"
    assert notices(running) == []


def test_to_go_back_to_what_is_in_use_ends_the_notice(running):
    reload_with(running, UNTRAINED)
    assert reload_with(running, KB)["result"] == "unchanged"
    assert notices(running) == []


def test_what_cannot_be_made_ready_is_not_put_into_use(running, monkeypatch):
    def prepared(kb):
        raise RuntimeError("no room")

    monkeypatch.setattr(running.context.assistant, "prepared", prepared)
    with pytest.raises(ConnectionError, match="日志"):
        reload_with(running, OTHER)
    assert phone(running) == KB.phone and load_knowledge() is KB


def test_reloads_come_one_after_another(running):
    at_once, most = 0, 0

    def read():
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        threading.Event().wait(0.05)
        at_once -= 1
        return KB

    running.context.knowledge._read = read

    async def several():
        return await asyncio.gather(*(running.context.knowledge.reload() for _ in range(3)))

    assert [one.result for one in running.call(several())] == ["unchanged"] * 3
    assert most == 1


def test_customers_are_answered_while_it_reads(running):
    reading, go_on = threading.Event(), threading.Event()

    def read():
        reading.set()
        assert go_on.wait(PATIENCE)
        return OTHER

    running.context.knowledge._read = read
    reload = asyncio.run_coroutine_threadsafe(running.context.knowledge.reload(), running.loop)
    assert reading.wait(PATIENCE)
    assert phone(running) == KB.phone
    go_on.set()
    assert reload.result(PATIENCE).result == "taken_up"
    assert phone(running) == "10000"


# --- the door ---


def test_the_door_is_the_owners_alone_and_goes_with_the_server(make_server):
    running = make_server()
    (path,) = running.settings.var.glob("control-*.sock")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    running.close()
    assert not path.exists()
