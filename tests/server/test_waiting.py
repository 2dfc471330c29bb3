"""A database that does not answer: the server goes on, says so, and loses nothing."""

import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import pytest

from beian.store import threads
from tests.server.conftest import until

LOOKS = int(os.environ.get("BEIAN_LOOKS", "30"))


@contextmanager
def locked(var):
    """Another program writes to both databases and does not come to an end."""
    others = [
        sqlite3.connect(var / name, isolation_level=None, check_same_thread=False)
        for name in ("conversations.db", "tracker.db")
    ]
    for other in others:
        other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        for other in others:
            other.close()


@contextmanager
def stopped(port):
    """A PostgreSQL server that does not run, and is not gone."""
    found = [
        process
        for process in psutil.process_iter(["cmdline"])
        if f"-p {port} " in " ".join(process.info["cmdline"] or ())
        and "pg_ctl" not in process.info["cmdline"][0]
    ]
    [server] = [process for process in found if process.name().startswith("postgres")]
    everyone = [server, *server.children(recursive=True)]
    for process in everyone:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in everyone:
            if process.is_running():
                os.kill(process.pid, signal.SIGCONT)


def answers_of(server, headers, count):
    until(
        lambda: sum(m["author"] == "bot" for m in server.history(headers)) >= count,
        seconds=60,
    )
    return [m["text"] for m in server.history(headers) if m["author"] == "bot"]


@pytest.fixture(params=["SQLite locked", "PostgreSQL stopped"])
def held_up(request, make_server):
    """A server, and what holds its database up."""
    if request.param == "SQLite locked":
        server = make_server()
        return server, lambda: locked(server.context.settings.var)
    url = request.getfixturevalue("empty")
    return make_server(database=url), lambda: stopped(request.getfixturevalue("cluster"))


def test_the_loop_goes_on_and_everything_accepted_is_answered(held_up, monkeypatch):
    server, hold_up = held_up
    headers = server.session()
    assert server.send(headers, "零", "c0").status_code == 202
    answers_of(server, headers, 1)
    # What is sent waits until it may be stored, and so the looks come before its end.
    monkeypatch.setattr(threads, "WAIT_SECONDS", 600.0)
    with ThreadPoolExecutor(4) as pool:
        with hold_up():
            sent = [pool.submit(server.send, headers, f"文{number}", f"c{number}") for number in (1, 2, 3)]
            for _ in range(LOOKS):
                assert server.client.get("/healthz").status_code == 200
                assert server.client.get("/api/config").status_code == 200
            assert server.client.get("/readyz").json()["faults"]
            assert not any(one.done() for one in sent)
        assert [one.result().status_code for one in sent] == [202] * 3
    said = answers_of(server, headers, 4)
    assert sorted(said) == sorted(f"第一段：{text}\n\n第二段" for text in ("零", "文1", "文2", "文3"))
    until(lambda: server.client.get("/readyz").status_code == 200)


def test_who_waited_too_long_is_told_and_may_send_again(held_up, monkeypatch):
    server, hold_up = held_up
    headers = server.session()
    assert server.send(headers, "零", "c0").status_code == 202
    answers_of(server, headers, 1)
    monkeypatch.setattr(threads, "WAIT_SECONDS", 0.5)
    with hold_up():
        response = server.send(headers, "一", "c1")
        assert (response.status_code, response.json()["error"]["code"]) == (503, "store")
    monkeypatch.undo()
    # The same message: it may have been stored all the same when PostgreSQL went on.
    until(lambda: server.send(headers, "一", "c1").status_code == 202)
    assert server.send(headers, "二", "c2").status_code == 202
    said = answers_of(server, headers, 3)
    assert sorted(said) == sorted(f"第一段：{text}\n\n第二段" for text in "零一二")
