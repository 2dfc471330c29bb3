"""Rasa's own commands on the project's own files answer as this server does."""

import asyncio
import os
import subprocess
import sys
import threading
import time

import httpx
import pytest

from beian.engine.assistant import Assistant
from beian.engine.model_file import newest_model
from beian.settings import ROOT
from tests.patience import PATIENCE
from tests.ports import free_port

QUESTIONS = ["审核要多久", "企业换了法人要准备什么材料", "今天天气怎么样"]


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """`rasa run` with `rasa run actions`; the URL of its webhook and its tracker database."""
    folder = tmp_path_factory.mktemp("stock")
    server, actions = free_port(), free_port()
    endpoints = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    assert "127.0.0.1:5055" in endpoints
    assert "db: var/tracker.db" in endpoints
    endpoints = endpoints.replace("5055", str(actions)).replace("var/tracker.db", str(folder / "tracker.db"))
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    env = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    rasa = [sys.executable, "-m", "rasa", "run"]
    commands = [
        [*rasa, "actions", "--actions", "actions", "--port", str(actions)],
        [*rasa, "--model", str(newest_model()), "--interface", "127.0.0.1", "--port", str(server)],
    ]
    commands[1] += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", "credentials.yml"]
    with (folder / "log").open("wb") as log:
        running = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) for command in commands
        ]
    url = f"http://127.0.0.1:{server}"
    try:
        until = time.monotonic() + 5 * PATIENCE
        while time.monotonic() < until:
            assert all(process.poll() is None for process in running), (folder / "log").read_text()[-3000:]
            try:
                if httpx.get(url, verify=False, timeout=PATIENCE).status_code == 200:
                    break
            except httpx.HTTPError:
                threading.Event().wait(0.2)
        else:
            raise AssertionError((folder / "log").read_text()[-3000:])
        yield url + "/webhooks/rest/webhook", folder / "tracker.db"
    finally:
        for process in running:
            process.terminate()
            process.wait(PATIENCE)


def test_the_answers_are_the_same(stock):
    url, database = stock

    async def ours():
        assistant = await Assistant.load()
        replies = [await assistant.reply("same", question) for question in QUESTIONS]
        assistant.close()
        return replies

    mine = asyncio.run(ours())
    for question, replies in zip(QUESTIONS, mine, strict=True):
        theirs = httpx.post(url, json={"sender": "same", "message": question}, timeout=PATIENCE).json()
        text = "\n\n".join(message["text"] for message in theirs if "text" in message)
        [custom] = [message["custom"] for message in theirs if "custom" in message]
        assert text == replies[0]["text"]
        assert custom["facts"] == replies[0]["custom"]["facts"]
        assert custom["status"] == replies[0]["custom"]["status"]
    httpx.post(url, json={"sender": "same", "message": "13800138000是我的手机"}, timeout=PATIENCE)
    stored = b"".join(path.read_bytes() for path in database.parent.glob("tracker.db*"))
    assert "审核要多久".encode() in stored
    assert b"13800138000" not in stored
