"""The stores on PostgreSQL, for several servers; where its programs are installed."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from beian.server.endpoints import open_tracker_store
from beian.server.store import ConversationStore, Draft, TurnRecord
from tests.server.process import free_port
from tests.server.test_trackers import DOMAIN, talk, texts


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def postgres():
    """The port of a fresh cluster."""
    if not _program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    # Not among pytest's own folders: each session that begins shuts those to other users again.
    folder = Path(tempfile.mkdtemp(prefix="beian-postgres-"))
    port = free_port()
    # It refuses to run as root.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run = lambda *command: subprocess.run([*as_owner, *command], check=True, capture_output=True, cwd=folder)  # noqa: E731
    run(_program("initdb"), "-D", str(data), "-U", "beian", "--auth=trust", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run(_program("pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    yield port
    run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    shutil.rmtree(folder)


def test_conversations_of_several_servers(postgres):
    url = f"postgresql://beian@127.0.0.1:{postgres}/postgres"
    stores = [ConversationStore(url) for _ in range(4)]
    got = []

    def send(store, place):
        for number in range(10):
            draft = Draft("user", f"手机13800138000 {number}", client_id=f"c{number}")
            got.append(store.accept("w-1", draft)[0].id)

    threads = [threading.Thread(target=send, args=(store, place)) for place, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 40
    assert [m.id for m in stores[0].messages("w-1")] == list(range(1, 11))
    assert "13800138000" not in str(stores[0].export("w-1"))
    turn = TurnRecord("web", "w-1", 1, "x", "answered", [], None, None, 1.0, "kb", "model")
    answers = [store.answer("w-1", 1, [Draft("bot", "答")], turn) for store in stores]
    assert [len(answer) for answer in answers] == [1, 0, 0, 0]
    assert stores[1].set_mode("w-1", "waiting", expect=["bot"])
    assert stores[2].mode("w-1") == "waiting"
    stores[3].check()
    assert stores[0].delete("w-1")["messages"] == 11


def test_rasas_events_of_several_servers(postgres, tmp_path):
    async def run():
        endpoints = {
            "tracker_store": {
                "type": "beian.server.trackers.MaskedTrackerStore",
                "dialect": "postgresql",
                "url": f"127.0.0.1:{postgres}",
                "db": "postgres",
                "username": "beian",
            }
        }
        first, second = [await open_tracker_store(endpoints, tmp_path) for _ in range(2)]
        first.domain = second.domain = DOMAIN
        await talk(first, "a", "一")
        await talk(second, "a", "二 13800138000")
        await talk(first, "a", "三")
        assert texts(await second.retrieve("a"))[-1] == "三"
        assert texts(await second.retrieve_full_tracker("a")) == ["一", "二 〔手机号〕", "三"]
        first.check()
        assert second.delete("a") > 0
        assert await first.retrieve("a") is None

    asyncio.run(run())
