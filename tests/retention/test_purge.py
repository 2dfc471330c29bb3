import asyncio
import datetime as dt
import json
import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.__main__ import main
from beian.engine.tracker_store import MaskedTrackerStore
from beian.retention import nightly, traces
from beian.retention import purge as retention
from beian.retention.guard import DAY, PurgeRefusedError, note_purge
from beian.store import database, search_index, tables
from beian.store import desk_tables as desk
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Draft
from tests.patience import PATIENCE
from tests.server.conftest import until


@pytest.fixture
def running(make_server):
    return make_server()


def files(var):
    return b"".join(path.read_bytes() for path in var.iterdir() if path.is_file())


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
    assert main(["data", "--var", var, "purge", "--days", "0", "--yes"]) == 0
    gone = json.loads(capsys.readouterr().out)
    assert gone["turns"] == 1
    assert gone["events"] > 0
    assert running.ask("外部系统", "recall:")[0]["text"] == "None|1"


def test_the_next_night():
    now = dt.datetime(2026, 5, 1, 3, 16, 0, tzinfo=dt.timezone.utc)
    assert nightly.until_night(now) == 60
    assert nightly.until_night(now + dt.timedelta(minutes=1)) == 86400
    assert 0 < nightly.until_night(now + dt.timedelta(hours=12)) < 86400


def test_the_nightly_job_goes_on_after_failed_nights(monkeypatch):
    """In a thread of its own, until it is cancelled, which ends a purge that is under way."""
    nights, stopped = [], threading.Event()
    failures = [
        StoreError("disk full"),
        sqlite3.OperationalError("database is locked"),
        SQLAlchemyError("no more connections"),
        RuntimeError("who knows"),
    ]

    def purge(store, trackers, days, stopping):
        nights.append((days, threading.current_thread() is threading.main_thread()))
        if len(nights) <= len(failures):
            raise failures[len(nights) - 1]
        if len(nights) == len(failures) + 2 and stopping.wait(PATIENCE):
            stopped.set()
        return {}

    sleep = asyncio.sleep

    async def run():
        job = asyncio.ensure_future(nightly.purge_nightly(None, None, 12.5))
        while len(nights) < len(failures) + 2:
            await sleep(0.01)
        job.cancel()
        await asyncio.wait([job])
        assert job.cancelled()

    monkeypatch.setattr(nightly, "purge", purge)
    monkeypatch.setattr(nightly.asyncio, "sleep", lambda _seconds: sleep(0))
    monkeypatch.setattr(nightly, "until_night", lambda now: 0)
    asyncio.run(run())
    assert nights == [(12.5, False)] * 6
    assert stopped.wait(PATIENCE)


def test_a_running_server_purges_nightly_after_the_configured_days(make_server, monkeypatch):
    begun = []

    async def purge_nightly(store, trackers, days, report):
        begun.append((store, trackers, days))

    monkeypatch.setattr(nightly, "purge_nightly", purge_nightly)
    running = make_server(retention_days=12.5)
    running.client.get("/healthz")
    context = running.context
    assert begun == [(context.store, context.assistant.tracker_store, 12.5)]


def test_a_refused_night_is_an_alarm_until_one_is_done(monkeypatch, caplog):
    reports, night = [], iter(["clock", "most", None])

    def purge(store, trackers, days, stopping):
        reason = next(night, "end")
        if reason == "end":
            raise asyncio.CancelledError
        if reason is not None:
            raise PurgeRefusedError(reason, "时钟不对")
        return {}

    monkeypatch.setattr(nightly, "purge", purge)
    monkeypatch.setattr(nightly, "check_clock", lambda *_arguments: None)
    sleep = asyncio.sleep
    monkeypatch.setattr(nightly.asyncio, "sleep", lambda _seconds: sleep(0))
    monkeypatch.setattr(nightly, "until_night", lambda now: 0)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(nightly.purge_nightly(None, None, 90.0, reports.append))
    assert reports == ["clock", "most", None]
    told = [record for record in caplog.records if record.message == "purge refused"]
    assert [(record.levelname, record.reason) for record in told] == [("ERROR", "clock"), ("ERROR", "most")]
    assert "data purge --yes" in told[0].cause


def test_a_clock_that_is_wrong_at_the_start_is_told_at_once(make_server, tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    store.accept("w-1", Draft("user", "x"))
    note_purge(store, time.time() - 100 * DAY)
    store.close()
    running = make_server(var=tmp_path)
    until(lambda: running.client.get("/readyz").json().get("notices") == ["purge_refused"])
    # It answers all the same.
    assert running.client.get("/readyz").status_code == 200
    metrics = running.client.get("/metrics").text
    assert "beian_purge_refused 1.0" in metrics
    running.do(running.context.tell_purge, None)
    assert running.client.get("/readyz").json() == {"ready": True, "faults": []}
    assert "beian_purge_refused 0.0" in running.client.get("/metrics").text


def test_the_command_refuses_in_a_sentence_unless_told(stores, tmp_path, capsys):
    fill(stores, OLD, time.time() - 91 * DAY)
    command = ["data", "--var", str(tmp_path), "purge"]
    with pytest.raises(SystemExit) as stopped:
        main(command)
    assert stopped.value.code == 1
    assert "没有清除任何内容" in capsys.readouterr().err
    assert set(rows(stores, OLD).values()) == {1}
    assert main([*command, "--yes"]) == 0
    assert json.loads(capsys.readouterr().out)["messages"] == 1


def test_copies_and_what_was_replaced_go_when_they_are_old(stores, tmp_path):
    old, new = time.time() - 31 * DAY, time.time() - 29 * DAY
    for at in (old, new):
        for name in ("conversations.db.before-x-0001", "tracker.db.before-x-0001", "replaced-x"):
            path = tmp_path / f"{name}-{at:.0f}"
            (path / "in it").parent.mkdir() if name == "replaced-x" else path.touch()
            os.utime(path, (at, at))
    retention.purge(*stores, 90.0)
    left = sorted(path.name for path in tmp_path.iterdir() if "-x-" in path.name)
    assert left == sorted(
        f"{name}-{new:.0f}"
        for name in ("conversations.db.before-x-0001", "tracker.db.before-x-0001", "replaced-x")
    )


# --- every table ------------------------------------------------------------------------------------------

OLD, NEW = "w-old", "w-new"
NOT_ABOUT_CONVERSATIONS = {
    "probe",
    "upkeep",
    "desk_agents",
    "desk_sessions",
    "desk_failures",
    "desk_presence",
    "desk_absences",
    "desk_settings",
    "desk_snippets",
}
# Written once: who did what to which conversation, without a word of what it says.
KEPT = {"desk_audit"}


@pytest.fixture
def stores(tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    desk.create(store.engine)
    search_index.create(store.engine)
    trackers = MaskedTrackerStore(db=str(tmp_path / "tracker.db"))
    return store, trackers


def every_table(trackers):
    return {
        table.name: table
        for table in [
            *tables.metadata.sorted_tables,
            *desk.metadata.sorted_tables,
            trackers.SQLEvent.__table__,
        ]
    }


def fill(stores, conversation, at):
    """A row of this time about the conversation in every table."""
    store, trackers = stores
    for name, table in every_table(trackers).items():
        if name in NOT_ABOUT_CONVERSATIONS:
            continue
        row = {}
        for column in table.columns:
            kind = column.type.python_type
            if column.name in ("conversation", "sender_id") or (
                name == "conversations" and column.name == "id"
            ):
                row[column.name] = conversation
            elif kind is float:
                row[column.name] = at
            elif not column.nullable and not (
                column.primary_key and column.name in ("n", "id") and kind is int
            ):
                row[column.name] = (
                    1 if kind is int else f"{conversation} 独一无二"[: column.type.length or None]
                )
            elif column.name == "id" and name != "events":
                row[column.name] = 1
        if name == "events":
            row["data"] = json.dumps({"event": "user", "text": "独一无二"})
        engine = trackers.engine if name == "events" else store.engine
        with engine.begin() as connection:
            connection.execute(table.insert().values(**row))


def rows(stores, conversation):
    """How many rows of each table are about the conversation."""
    store, trackers = stores
    found = {}
    for name, table in every_table(trackers).items():
        if name not in NOT_ABOUT_CONVERSATIONS:
            key = "id" if name == "conversations" else "sender_id" if name == "events" else "conversation"
            engine = trackers.engine if name == "events" else store.engine
            with engine.connect() as connection:
                query = sa.select(sa.func.count()).select_from(table).where(table.c[key] == conversation)
                found[name] = connection.execute(query).scalar()
    return found


def test_every_table_about_a_conversation_is_purged(stores):
    now = time.time()
    fill(stores, OLD, now - 91 * DAY)
    fill(stores, NEW, now - 89 * DAY)
    tables = rows(stores, OLD)
    assert set(tables.values()) == {1}
    assert len(tables) >= 13
    gone = retention.purge(*stores, 90.0, sure=True)
    assert rows(stores, OLD) == {name: int(name in KEPT) for name in tables}
    assert set(rows(stores, NEW).values()) == {1}
    assert (gone["messages"], gone["turns"], gone["conversations"], gone["events"]) == (1, 1, 1, 1)


def test_every_table_about_a_conversation_is_deleted(stores):
    fill(stores, OLD, 1000.0)
    fill(stores, NEW, 1000.0)
    retention.delete(*stores, OLD)
    assert rows(stores, OLD) == {name: int(name in KEPT) for name in rows(stores, OLD)}
    assert set(rows(stores, NEW).values()) == {1}


def test_every_table_about_a_conversation_is_exported(stores):
    fill(stores, OLD, 1000.0)
    exported = retention.export(*stores, OLD)
    # What waits for an answer shows as a message without one.
    assert {name for name, found in exported.items() if found} == set(rows(stores, OLD)) - KEPT - {"pending"}
    assert not any(retention.export(*stores, NEW).values())


def test_old_notes_go_from_conversations_that_go_on(stores):
    store, _ = stores
    now = time.time()
    fill(stores, NEW, now)
    with store.engine.begin() as connection:
        for days in (89, 91):
            note = {"conversation": NEW, "at": now - days * DAY, "agent": "li", "text": f"{days}"}
            connection.execute(desk.notes.insert().values(**note))
    assert retention.purge(*stores, 90.0, sure=True)["desk_notes"] == 1
    assert "91" not in {note["text"] for note in retention.export(*stores, NEW)["desk_notes"]}
    assert rows(stores, NEW)["desk_notes"] == 2


def test_a_store_without_a_desk_is_purged(tmp_path):
    stores = (
        ConversationStore(tmp_path / "conversations.db"),
        MaskedTrackerStore(db=str(tmp_path / "tracker.db")),
    )
    stores[0].accept("w-1", Draft("user", "x"))
    assert retention.purge(*stores, 0.0, sure=True)["messages"] == 1


# --- much of it -------------------------------------------------------------------------------------------


def grow(stores, count):
    """As many old messages, turns and events; all of the last hundred at the same moment."""
    store, trackers = stores
    at = [1000.0 + min(place, count - 100) for place in range(count)]
    with store.engine.begin() as connection:
        row = {
            "id": OLD,
            "channel": "web",
            "created": 1.0,
            "updated": at[-1],
            "mode": "bot",
            "mode_since": 1.0,
        }
        connection.execute(tables.conversations.insert().values(**row, last_id=count))
        text = "独一无二的句子"
        connection.execute(
            tables.messages.insert(),
            [
                {
                    "conversation": OLD,
                    "id": place + 1,
                    "at": at[place],
                    "author": "user",
                    "text": f"{text}{place}",
                }
                for place in range(count)
            ],
        )
    with trackers.engine.begin() as connection:
        connection.execute(
            trackers.SQLEvent.__table__.insert(),
            [{"sender_id": OLD, "type_name": "user", "timestamp": t, "data": "独一无二的句子"} for t in at],
        )


def test_much_goes_in_portions_between_which_others_write(stores, monkeypatch):
    monkeypatch.setattr(retention, "PORTION_ROWS", 40)
    store, trackers = stores
    grow(stores, 1000)
    sizes, purge = [], store.purge

    def counted(before):
        gone = purge(before)
        sizes.append(gone["messages"])
        # A writer that does not wait: it fails when a transaction is open.
        with sqlite3.connect(store.engine.url.database, timeout=0) as other:
            other.execute("insert into probe (filler) values ('x')")
        return gone

    monkeypatch.setattr(store, "purge", counted)
    gone = retention.purge(store, trackers, 90.0, sure=True)
    assert (gone["messages"], gone["events"], gone["conversations"]) == (1000, 1000, 1)
    assert len(sizes) >= 20
    # The last hundred of the same moment go together.
    assert max(sizes) <= 40 + 100
    found = files(Path(store.engine.url.database).parent)
    assert "独一无二".encode() not in found


def test_a_purge_that_is_told_to_stop_stops_and_is_taken_up_again(stores, monkeypatch):
    monkeypatch.setattr(retention, "PORTION_ROWS", 40)
    grow(stores, 400)
    store, stopping, purge = stores[0], threading.Event(), stores[0].purge
    monkeypatch.setattr(store, "purge", lambda before: (stopping.set(), purge(before))[1])
    assert retention.purge(*stores, 90.0, stopping, sure=True)["messages"] == 40
    monkeypatch.setattr(store, "purge", purge)
    assert retention.purge(*stores, 90.0, sure=True)["messages"] == 360


def test_a_log_that_stays_in_use_is_tried_again_and_told(stores, monkeypatch, caplog):
    monkeypatch.setattr(traces, "_FLUSH_PAUSE_SECONDS", 0.05)
    store, _ = stores

    def waits():
        with store.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA busy_timeout").scalar()

    usual = waits()
    grow(stores, 200)
    file = store.engine.url.database
    reader = sqlite3.connect(file)
    reader.execute("begin")
    reader.execute("select count(*) from messages").fetchone()
    retention.purge(*stores, 90.0, sure=True)
    assert [record.file for record in caplog.records if "write-ahead log" in record.message] == [file]
    caplog.clear()
    # It is tried several times: a reader that ends meanwhile does not matter.
    tries, look = [], traces._is_emptied

    def looked(engine):
        tries.append(look(engine))
        reader.rollback()
        return tries[-1]

    monkeypatch.setattr(traces, "_is_emptied", looked)
    reader.rollback()
    fill(stores, "w-2", 1000.0)
    reader.execute("begin")
    reader.execute("select count(*) from messages").fetchone()
    retention.purge(*stores, 90.0, sure=True)
    assert tries == [False, True, True]
    assert not caplog.records
    assert Path(f"{file}-wal").stat().st_size == 0
    assert waits() == usual


@pytest.mark.parametrize("broken", ["forget_deleted", "_is_emptied"])
@pytest.mark.parametrize("error", [sqlite3.OperationalError("locked"), SQLAlchemyError("gone")], ids=repr)
def test_whatever_the_database_says_is_a_store_error(stores, monkeypatch, broken, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(traces, broken, fail)
    with pytest.raises(retention.StoreError):
        retention.purge(*stores, 90.0, sure=True)
    with pytest.raises(retention.StoreError):
        retention.delete(*stores, OLD)


@pytest.mark.parametrize("days", ["-1", "nan", "inf", "x"])
def test_ages_that_make_no_sense_are_refused(tmp_path, days):
    with pytest.raises(SystemExit):
        main(["data", "--var", str(tmp_path), "purge", "--days", days])


def test_counting_what_would_go_may_take_longer_than_removing_it(stores, monkeypatch):
    allowed = {}
    for name in ("check_amount", "_purge_notes"):
        monkeypatch.setattr(
            retention, name, lambda *_, name=name: allowed.__setitem__(name, database._limits.statement)
        )
    retention.purge(*stores, 90.0)
    assert allowed["check_amount"] >= 600 > allowed["_purge_notes"] > database.STATEMENT_SECONDS
