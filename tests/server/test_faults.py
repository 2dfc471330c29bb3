"""What happens when something breaks. bench/server_long.py runs it with more rounds and conversations."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter

import httpx
import pytest
import sqlalchemy as sa

from beian.engine.tracker_store import MaskedTrackerStore
from beian.store.conversations import ConversationStore
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.server.conftest import until
from tests.server.process import Process

ROUNDS = int(os.environ.get("BEIAN_ROUNDS", "2"))
CONVERSATIONS = int(os.environ.get("BEIAN_CONVERSATIONS", "40"))


# --- killed ------------------------------------------------------------------------------------------


class _Customers:
    """Many conversations at once over both channels, and what the server acknowledged of them."""

    def __init__(self, url, chance):
        self.url, self.chance = url, chance
        self.sessions: list[dict[str, str]] = []
        self.sent: dict[int, list[str]] = {}
        self.acknowledged: dict[int, dict[str, int]] = {}
        self.rest: dict[str, list[str]] = {}

    async def talk_until(self, seconds, count):
        limits = httpx.Limits(max_connections=64)
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE, limits=limits) as client:
            for _ in range(count - len(self.sessions)):
                token = (await client.post("/api/sessions", json={})).json()["session"]
                self.sessions.append({"X-Session": token})
            until = time.monotonic() + seconds
            jobs = [self._widget(client, place, until) for place in range(count)]
            jobs += [self._webhook(client, f"sender-{place}", until) for place in range(count // 4)]
            await asyncio.gather(*jobs)

    async def _widget(self, client, place, until):
        sent = self.sent.setdefault(place, [])
        acknowledged = self.acknowledged.setdefault(place, {})
        while time.monotonic() < until:
            name = f"m{place}-{len(sent)}"
            sent.append(name)
            try:
                body = {"client_id": name, "text": f"文{name}。"}
                response = await client.post("/api/messages", json=body, headers=self.sessions[place])
            except httpx.HTTPError:
                return
            if response.status_code == 202:
                acknowledged[name] = response.json()["id"]
            await asyncio.sleep(self.chance.random() * 0.2)

    async def _webhook(self, client, sender, until):
        acknowledged = self.rest.setdefault(sender, [])
        while time.monotonic() < until:
            # No long number: one in some hundreds looks like that of a bank card and would be masked.
            text = f"书{sender}-{len(acknowledged)}-{''.join(self.chance.choices('甲乙丙丁戊己庚辛', k=8))}。"
            try:
                response = await client.post(
                    "/webhooks/rest/webhook", json={"sender": sender, "message": text}
                )
            except httpx.HTTPError:
                return
            if response.status_code == 200:
                acknowledged.append(text)


def _kill_in_the_middle(server, customers, seconds):
    """Kill the server some time after both channels have got something acknowledged in this round."""

    def acknowledged():
        return sum(map(len, customers.acknowledged.values())), sum(map(len, customers.rest.values()))

    before = acknowledged()
    for _ in range(int(20 * PATIENCE)):
        now = acknowledged()
        if now[0] > before[0] and now[1] > before[1]:
            break
        threading.Event().wait(0.05)
    threading.Event().wait(seconds)
    server.process.kill()


def _wait_until_all_is_answered(var):
    store = ConversationStore(var / "conversations.db")
    for _ in range(int(20 * PATIENCE)):
        if not store.unanswered():
            store.close()
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"{len(store.unanswered())} messages are still unanswered")


def test_killed_while_many_talk_nothing_acknowledged_is_lost_or_doubled(tiny_model, tmp_path):
    var, port, chance = tmp_path / "var", free_port(), random.Random(11)
    customers = _Customers(f"http://127.0.0.1:{port}", chance)
    for _ in range(ROUNDS):
        server = Process(var, tiny_model, port).wait_until_it_answers()
        killer = threading.Thread(target=_kill_in_the_middle, args=(server, customers, chance.random() * 1.5))
        killer.start()
        asyncio.run(customers.talk_until(60, CONVERSATIONS))
        killer.join()
        server.process.wait(PATIENCE)
        assert server.process.returncode == -signal.SIGKILL
    server = Process(var, tiny_model, port).wait_until_it_answers()
    _wait_until_all_is_answered(var)
    total = 0
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        for place, headers in enumerate(customers.sessions):
            # What was not acknowledged is sent again, as a client does.
            for name in customers.sent[place][-1:]:
                client.post("/api/messages", json={"client_id": name, "text": f"文{name}。"}, headers=headers)
        _wait_until_all_is_answered(var)
        for place, headers in enumerate(customers.sessions):
            history = client.get("/api/history", headers=headers).json()["messages"]
            asked = Counter(m["client_id"] for m in history if m["author"] == "user")
            said = Counter(m["text"] for m in history if m["author"] == "bot")
            assert [m["id"] for m in history] == list(range(1, len(history) + 1))
            assert max(asked.values(), default=1) == 1
            for name, number in customers.acknowledged[place].items():
                assert history[number - 1]["client_id"] == name
            assert said == Counter(f"第一段：文{name}。\n\n第二段" for name in asked)
            total += len(asked)
    assert server.stop() == 0
    assert total > CONVERSATIONS
    trackers = MaskedTrackerStore(db=str(var / "tracker.db"))
    texts = Counter()
    for key in asyncio.run(trackers.keys()):
        texts.update(event["text"] for event in trackers.events(key) if event["event"] == "user")
    assert max(texts.values()) == 1
    for acknowledged in customers.rest.values():
        assert [text for text in acknowledged if texts[text] != 1] == []
    assert sum(map(len, customers.rest.values())) > 0


def _patient(var, model, done):
    """A server that gives a slow action, which ends with the file `done`, all the time that a test waits."""
    server = Process(var, model, action_seconds=PATIENCE, TINY_SLOW_UNTIL=str(done))
    return server.wait_until_it_answers()


def _stop_in_the_middle(server, done):
    """Stop it; what it is at is done, by the file `done`, only after it has ceased to listen."""
    server.process.send_signal(signal.SIGTERM)

    def refused():
        # no request: one that is taken in just before would wait for the end of the grace
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except ConnectionRefusedError:
            return True
        return False

    until(refused)
    threading.Event().wait(0.5)
    done.touch()
    return server.process.wait(PATIENCE)


def test_a_stop_finishes_what_was_begun(tiny_model, tmp_path):
    done = tmp_path / "done"
    server = _patient(tmp_path / "var", tiny_model, done)
    got = []

    def ask():
        body = {"sender": "a", "message": "slow:"}
        got.append(httpx.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=PATIENCE))

    thread = threading.Thread(target=ask)
    thread.start()
    until(done.with_suffix(".begun").exists)
    assert _stop_in_the_middle(server, done) == 0
    thread.join()
    assert got[0].json()[0]["text"] == "慢"
    assert "Traceback" not in server.log.read_text()


def test_a_stop_finishes_the_widgets_turns_and_ends_the_streams(tiny_model, tmp_path):
    done = tmp_path / "done"
    server = _patient(tmp_path / "var", tiny_model, done)
    client = httpx.Client(base_url=server.url, timeout=PATIENCE)
    headers = {"X-Session": client.post("/api/sessions", json={}).json()["session"]}
    lines, watching, begun = [], threading.Event(), threading.Event()

    def watch():
        with httpx.stream("GET", f"{server.url}/api/events", headers=headers, timeout=PATIENCE) as response:
            for line in response.iter_lines():
                lines.append(line)
                watching.set()
                if line == 'data: {"on": true}':
                    begun.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert watching.wait(PATIENCE)
    for name, text in (("a", "slow:"), ("b", "后来的话")):
        body = {"client_id": name, "text": text}
        assert client.post("/api/messages", json=body, headers=headers).status_code == 202
    assert begun.wait(PATIENCE)
    assert _stop_in_the_middle(server, done) == 0
    # The stream ended as it should: a broken one raises in the thread.
    watcher.join(PATIENCE)
    assert not watcher.is_alive()
    assert lines[0] == "event: mode"
    store = ConversationStore(tmp_path / "var" / "conversations.db")
    [(conversation, number)] = store.unanswered()
    # What had been begun was finished; what had not waits for the next start.
    assert [m.text for m in store.messages(conversation) if m.author == "bot"] == ["慢"]
    assert (number, store.message(conversation, number).text) == (2, "后来的话")
    store.close()
    assert "Traceback" not in server.log.read_text()
    server = Process(tmp_path / "var", tiny_model, server.port).wait_until_it_answers()
    _wait_until_all_is_answered(tmp_path / "var")
    client.close()
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as again:
        history = again.get("/api/history", headers=headers).json()["messages"]
    assert [m["text"] for m in history if m["author"] == "bot"] == ["慢", "第一段：后来的话\n\n第二段"]
    assert server.stop() == 0


@pytest.mark.parametrize("fault", ["model", "port", "secret", "store"])
def test_what_cannot_start_says_why_and_stops(tiny_model, tmp_path, fault):
    var, model, port = tmp_path / "var", tiny_model, free_port()
    var.mkdir()
    holder = socket.socket()
    if fault == "model":
        model = tmp_path / "half.tar.gz"
        model.write_bytes(tiny_model.read_bytes()[:2000])
    elif fault == "port":
        holder.bind(("127.0.0.1", port))
        holder.listen()
    elif fault == "secret":
        (var / "secret").write_text("s" * 40)
        (var / "secret").chmod(0o644)
    else:
        (var / "conversations.db").write_bytes(b"no database" * 1000)
    server = Process(var, model, port)
    try:
        assert server.process.wait(PATIENCE) == 1
    finally:
        holder.close()
    log = server.log.read_text()
    assert "Traceback" not in log
    wanted = {
        "model": "half.tar.gz",
        "port": str(port),
        "secret": "chmod 600",
        "store": "conversations.db 不能用",
    }
    assert wanted[fault] in log


# --- stores ------------------------------------------------------------------------------------------


@pytest.fixture(params=["full", "read only"])
def breakable(request, make_server):
    """A server, and a function that breaks (True) or mends its stores."""
    running = make_server()

    broken_now = {"conversations": False, "events": False}
    engines = {
        "conversations": running.context.store.engine,
        "events": running.context.assistant.tracker_store.engine,
    }

    def follow(which):
        def set_pragma(connection, *_):
            broken = broken_now[which]
            if request.param == "full":
                connection.execute(f"PRAGMA max_page_count={1 if broken else 1_000_000}")
            else:
                connection.execute(f"PRAGMA query_only={'ON' if broken else 'OFF'}")

        # Whichever connection is used, by whatever thread.
        sa.event.listen(engines[which], "checkout", set_pragma)

    for name in engines:
        follow(name)

    def set_broken(which, broken):
        broken_now[which] = broken

    return running, set_broken


def _fill(running, headers):
    """Use up the pages a full database still has free."""
    for number in range(60):
        response = running.send(headers, f"填{number}" + "满" * 1500, f"fill{number}")
        if response.status_code != 202:
            return response
    raise AssertionError("the database never became full")


def _wait_for_readyz(running, status):
    """The stores are looked at once a second at most."""
    for _ in range(int(20 * PATIENCE)):
        if running.client.get("/readyz").status_code == status:
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"/readyz never said {status}")


def test_messages_that_cannot_be_stored_are_refused_and_taken_later(breakable):
    running, set_broken = breakable
    headers = running.session()
    running.send(headers, "先前的话", "before")
    running.history(headers, 2)
    set_broken("conversations", True)
    refused = _fill(running, headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store")
    assert refused.headers["Retry-After"]
    _wait_for_readyz(running, 503)
    set_broken("conversations", False)
    _wait_for_readyz(running, 200)
    assert running.send(headers, "后来的话", "after").status_code == 202
    asked = [m["client_id"] for m in running.history(headers, 4) if m["author"] == "user"]
    assert asked[0] == "before"
    assert asked[-1] == "after"
    assert len(set(asked)) == len(asked)


def test_turns_that_cannot_be_stored_are_an_error_and_no_new_conversation(breakable):
    running, set_broken = breakable
    running.ask("a", "remember:蓝")
    set_broken("events", True)
    for number in range(60):
        response = running.client.post(
            "/webhooks/rest/webhook", json={"sender": "a", "message": f"{number}" + "满" * 1500}
        )
        if response.status_code != 200:
            break
    assert (response.status_code, response.json()["error"]["code"]) == (503, "store")
    set_broken("events", False)
    assert running.ask("a", "recall:")[0]["text"].startswith("蓝|")


def test_the_widget_gets_its_answer_when_the_events_can_be_stored_again(breakable):
    running, set_broken = breakable
    headers = running.session()
    running.send(headers, "remember:蓝", "a")
    running.history(headers, 2)
    set_broken("events", True)
    for number in range(12):
        running.send(headers, f"{number}" + "满" * 1500, f"b{number}")
    threading.Event().wait(0.3)
    set_broken("events", False)
    history = running.history(headers, 2 + 24)
    assert [m["author"] for m in history].count("bot") == 13
    texts = [m["text"] for m in history if m["author"] == "bot"]
    assert len(set(texts)) == len(texts)


def test_an_outage_longer_than_the_retries_costs_no_answer_and_no_order(breakable):
    running, set_broken = breakable
    running.context.hub.retry_seconds = (0.02, 0.05)
    headers = running.session()
    running.send(headers, "remember:蓝", "a")
    running.history(headers, 2)
    failed = running.context.metrics.store_errors._value.get
    set_broken("events", True)
    texts = [f"{number}" + "满" * 1500 for number in range(12)]
    before = failed()
    for number, text in enumerate(texts):
        assert running.send(headers, text, f"b{number}").status_code == 202
    until(lambda: failed() >= before + 12)
    for number, text in enumerate(texts):
        # A customer who sends again what has no answer yet changes nothing.
        assert running.send(headers, text, f"b{number}").status_code == 202
    assert running.context.hub.waiting
    set_broken("events", False)
    history = running.history(headers, 2 + 24)
    said = [m["text"] for m in history if m["author"] == "bot"]
    assert said == ["记住了", *(f"第一段：{text}\n\n第二段" for text in texts)]
    until(lambda: not running.context.hub.waiting)
    assert running.do(running.context.store.unanswered) == []


# --- connections -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def impatient(make_server):
    return make_server(request_seconds=0.6)


def _raw(running, data):
    connection = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
    connection.sendall(data)
    return connection


def test_slow_senders_are_cut_off_and_hold_nobody_up(impatient):
    head = b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    starts = [
        b"",
        b"POST /web",
        head,
        head + b"Content-Length: 100\r\n\r\n{",
        b"\x16\x03\x01\x02",
        b"GET / HTTP/9\r\n",
    ]
    slow = [_raw(impatient, starts[number % len(starts)]) for number in range(120)]
    assert impatient.ask("quick", "你好")[0]["custom"]["status"] == "answered"
    until = time.monotonic() + PATIENCE
    for connection in slow:
        connection.settimeout(max(0.1, until - time.monotonic()))
        try:
            while connection.recv(4096):
                pass
        except ConnectionError:
            pass
        connection.close()
    assert impatient.ask("quick", "你好")


def test_half_closed_and_broken_connections(impatient):
    request = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    connection = _raw(impatient, request)
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(PATIENCE)
    connection.recv(4096)
    connection.close()
    body = b'{"sender": "gone", "message": "slow:"}'
    head = f"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    for _ in range(4):
        connection = _raw(impatient, head + body)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()
    assert impatient.ask("here", "你好")
    # The turns of those who hung up were finished all the same.
    for _ in range(int(20 * PATIENCE)):
        if not impatient.context.in_flight:
            break
        threading.Event().wait(0.05)
    conversation = impatient.context.signer.conversation_of_sender("gone")
    events = impatient.do(impatient.context.assistant.tracker_store.events, conversation)
    asked = [event for event in events if event["event"] == "user"]
    said = [event for event in events if event["event"] == "bot"]
    assert len(asked) == len(said)


def test_streams_of_clients_that_left_are_closed(impatient):
    headers = impatient.session()
    conversation = impatient.conversation(headers)
    for _ in range(8):
        with httpx.stream(
            "GET", impatient.url + "/api/events", headers=headers, timeout=PATIENCE
        ) as response:
            assert response.status_code in (200, 429)
            next(response.iter_lines())
        impatient.send(headers, "醒醒", str(random.random()))
        threading.Event().wait(0.1)
    for _ in range(int(10 * PATIENCE)):
        if not impatient.context.hub.watchers(conversation):
            return
        impatient.send(headers, "醒醒", str(random.random()))
        threading.Event().wait(0.1)
    raise AssertionError("streams stay open after their clients left")


def test_the_command_stops_with_the_list_of_faults_of_the_knowledge_base(tmp_path):
    """Run in a copy of the checkout with a broken file."""
    import shutil
    import sys

    from beian.settings import ROOT

    copy = tmp_path / "copy"
    for name in ("beian", "kb", "actions"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "static", "node_modules")
        )
    (copy / "kb" / "contact.yml").write_text("fact: no.such.fact\n")
    result = subprocess.run(
        [sys.executable, "-m", "beian", "serve", "--port", str(free_port())],
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "contact.yml" in result.stderr
