import asyncio
import datetime as dt
import json

import pytest

from beian.__main__ import main
from beian.server import retention


@pytest.fixture
def running(make_server):
    return make_server()


def files(var):
    return b"".join(path.read_bytes() for path in var.iterdir())


def test_deleting_one_conversation_reaches_every_byte(running):
    headers, kept = running.session(), running.session()
    running.send(headers, "独一无二的句子甲乙丙")
    running.send(kept, "应当保留的句子")
    running.history(headers, 2)
    running.history(kept, 2)
    conversation = running.conversation(headers)
    context = running.context
    assert "独一无二的句子甲乙丙".encode() in files(running.settings.var)
    gone = running.do(retention.delete, context.store, context.assistant.tracker_store, conversation)
    assert gone["messages"] == 2
    assert gone["events"] > 0
    found = files(running.settings.var)
    assert "独一无二的句子甲乙丙".encode() not in found
    assert conversation.encode() not in found
    assert "应当保留的句子".encode() in found
    assert running.history(headers) == []
    running.send(headers, "recall:", "again")
    assert running.history(headers, 2)[-1]["text"] == "None|1"


def test_the_commands(running, capsys):
    running.ask("外部系统", "要导出的句子")
    var = str(running.settings.var)
    assert main(["data", "--var", var, "export", "--sender", "外部系统"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert [event["text"] for event in exported["events"] if event["event"] == "user"] == ["要导出的句子"]
    assert len(exported["turns"]) == 1
    assert main(["data", "--var", var, "delete", "--sender", "外部系统"]) == 0
    assert main(["data", "--var", var, "export", "--sender", "外部系统"]) == 1
    capsys.readouterr()
    running.ask("外部系统", "又一句")
    assert main(["data", "--var", var, "purge", "--days", "0"]) == 0
    gone = json.loads(capsys.readouterr().out)
    assert gone["turns"] == 1
    assert gone["events"] > 0
    assert running.ask("外部系统", "recall:")[0]["text"] == "None|1"


def test_the_next_night():
    now = dt.datetime(2026, 5, 1, 3, 16, 0, tzinfo=dt.timezone.utc)
    assert retention.until_night(now) == 60
    assert retention.until_night(now + dt.timedelta(minutes=1)) == 86400
    assert 0 < retention.until_night(now + dt.timedelta(hours=12)) < 86400


def test_the_nightly_job_goes_on_after_a_failed_night(monkeypatch):
    nights = []

    def purge(store, trackers, days):
        nights.append(days)
        if len(nights) == 1:
            raise retention.StoreError("disk full")
        if len(nights) == 3:
            raise asyncio.CancelledError
        return {}

    async def no_sleep(_seconds):
        return None

    monkeypatch.setattr(retention, "purge", purge)
    monkeypatch.setattr(retention.asyncio, "sleep", no_sleep)
    monkeypatch.setattr(retention, "until_night", lambda now: 0)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(retention.purge_nightly(None, None, 90.0))
    assert nights == [90.0, 90.0, 90.0]
