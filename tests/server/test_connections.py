"""What happens when connections or files run out."""

import logging
import os
import socket

import httpx
import pytest

from beian.server.connections import SHORT_SECONDS, Descriptors
from tests.patience import PATIENCE
from tests.server import raw
from tests.server.conftest import until
from tests.server.process import Process


class Connection:
    closed = False

    def give_up(self):
        self.closed = True


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_the_one_that_has_asked_nothing_for_the_longest_time_goes_first():
    descriptors = Descriptors(most=3)
    first, second, third, fourth, fifth = (Connection() for _ in range(5))
    assert all(descriptors.admit(one) for one in (first, second, third))
    descriptors.asks(first)
    descriptors.asks(second)
    descriptors.waits(first)
    assert descriptors.admit(fourth)
    assert (third.closed, first.closed) == (True, False)
    assert descriptors.admit(fifth)
    assert first.closed
    descriptors.asks(fourth)
    descriptors.asks(fifth)
    # All are being answered.
    assert not descriptors.admit(Connection())
    assert not (second.closed or fourth.closed or fifth.closed)
    descriptors.leave(second)
    assert descriptors.admit(Connection())
    assert len(descriptors) == 3


def test_a_connection_that_has_left_does_not_wait_again():
    descriptors = Descriptors(most=1)
    gone = Connection()
    descriptors.admit(gone)
    descriptors.leave(gone)
    descriptors.waits(gone)
    assert descriptors.admit(Connection())
    assert not gone.closed


def test_a_shortage_is_logged_once_a_minute_and_told_for_a_while(caplog):
    clock = Clock()
    descriptors = Descriptors(most=1, clock=clock)
    assert not descriptors.is_short
    for _ in range(50):
        descriptors.admit(Connection())
    assert descriptors.is_short
    assert len(caplog.records) == 1
    clock.now += SHORT_SECONDS + 1
    assert not descriptors.is_short
    clock.now += 60
    descriptors.admit(Connection())
    assert [record.times for record in caplog.records] == [1, 49]
    assert {record.levelno for record in caplog.records} == {logging.ERROR}


@pytest.mark.parametrize("code", ["EMFILE", "ENFILE"])
def test_files_that_cannot_be_opened_are_a_shortage(monkeypatch, caplog, code):
    descriptors = Descriptors(most=5)
    descriptors.look()
    assert not descriptors.is_short

    def none_left(*_arguments):
        raise OSError(getattr(__import__("errno"), code), os.strerror(24))

    monkeypatch.setattr(os, "open", none_left)
    assert descriptors.is_short
    assert [record.short_of for record in caplog.records] == ["files"]


def test_hundreds_of_silent_connections_keep_nobody_out(tiny_model, tmp_path):
    process = Process(tmp_path / "var", tiny_model, files=140)
    try:
        process.wait_until_it_answers()
        silent = []
        for _ in range(400):
            try:
                silent.append(raw.connect(process.port))
            except OSError:
                break
        assert len(silent) == 400
        assert httpx.get(f"{process.url}/healthz", timeout=PATIENCE).json() == {"ok": True}
        ready = httpx.get(f"{process.url}/readyz", timeout=PATIENCE)
        assert (ready.status_code, ready.json()["faults"]) == (503, ["descriptors"])
        body = {"sender": "a", "message": "你好"}
        answer = httpx.post(f"{process.url}/webhooks/rest/webhook", json=body, timeout=PATIENCE)
        assert answer.json()[0]["custom"]["status"] == "answered"
        told = [line for line in process.lines() if line["message"] == "out of file descriptors"]
        assert len(told) == 1
        assert told[0]["most_connections"] < 140
        for connection in silent:
            connection.close()
        until(lambda: httpx.get(f"{process.url}/readyz", timeout=PATIENCE).status_code == 200)
        assert {line["level"] for line in process.lines() if line not in told} <= {"info", "warning"}
    finally:
        process.kill()


def test_who_finds_no_room_is_told_so(make_server):
    running = make_server()
    running.context.descriptors.most = 1
    headers = {"X-Session": httpx.post(f"{running.url}/api/sessions", json={}).json()["session"]}
    with httpx.stream("GET", f"{running.url}/api/events", headers=headers, timeout=PATIENCE) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: mode"
        # The only connection is a stream: it is not given up for another one.
        with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as connection:
            refused = connection.recv(4096)
        assert raw.status_of(refused) == 503
        assert "排队".encode() in refused
    until(lambda: len(running.context.descriptors) == 0)
    assert httpx.get(f"{running.url}/healthz").status_code == 200
