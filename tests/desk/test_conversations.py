"""The list, search, transcript, notes and labels, live events; personal numbers nowhere."""

import json
import threading
import time

import httpx
import pytest
import sqlalchemy as sa

from beian.desk import list_routes
from beian.retention import purge as retention
from beian.store import search
from beian.store.desk import rows as listed
from beian.store.records import Draft
from beian.store.tables import conversations, turns
from tests.desk.conftest import PASSWORD, AgentClient, Customer, desk_of, prepare
from tests.patience import PATIENCE

SECRETS = ["13800138000", "11010519491231002X", "someone@example.com"]


def test_unread_and_reading(customer, li, wang):
    customer.ask("变更")
    customer.ask("变更二")
    assert li.row(customer.id)["unread"] == 2
    shown = li.get(f"/conversations/{customer.id}").json()
    assert [m["author"] for m in shown["messages"]] == ["user", "bot", "user", "bot"]
    custom = shown["messages"][1]["custom"]
    assert (custom["status"], custom["understood"]["confidence"]) == ("answered", 0.97)
    assert custom["sources"][0]["section"]
    li.post(f"/conversations/{customer.id}/read", {"last_id": 999})
    assert li.row(customer.id)["unread"] == 0
    assert wang.row(customer.id)["unread"] == 2


def test_the_order_of_the_list(desk_server, li):
    hub, made = desk_server.context.hub, {}
    for name in ("bot", "closed", "human", "late", "early"):
        made[name] = Customer(desk_server)
        made[name].ask("变更")
    for name, mode in (("closed", "closed"), ("human", "human"), ("early", "waiting"), ("late", "waiting")):
        desk_server.do(lambda n=name, m=mode: hub.set_mode(made[n].id, m, agent="李敏"))
    ids = {customer.id: name for name, customer in made.items()}
    rows = li.get("/conversations").json()["rows"]
    assert [ids[row["id"]] for row in rows if row["id"] in ids] == ["early", "late", "human", "bot", "closed"]
    only = li.get("/conversations", modes="waiting").json()["rows"]
    assert {row["mode"] for row in only} == {"waiting"}
    assert li.get("/conversations", modes="nonsense").status_code == 400


@pytest.mark.parametrize(
    "query", ["琉璃厂", "琉璃", "璃", "琉璃厂 东街", "琉 东街", "EASTSTREET", '"东街"', "100%东_街"]
)
def test_search(desk_server, li, query):
    customer = Customer(desk_server)
    customer.ask('我们在琉璃厂的 "东街" 换了服务器 eaststreet 100%东_街')
    other = Customer(desk_server)
    other.ask("我们在别处")
    rows = li.get("/conversations", q=query).json()["rows"]
    assert customer.id in [row["id"] for row in rows]
    assert other.id not in [row["id"] for row in rows]


@pytest.mark.parametrize(
    "query", ["没有这句话", "' OR 1=1 --", "desk_search", "NEAR(a b)", "text:我们", "*", "%%%", "___"]
)
def test_search_is_for_text_alone(customer, li, query):
    customer.ask("普通的一句话")
    response = li.get("/conversations", q=query)
    assert response.status_code == 200
    assert customer.id not in [row["id"] for row in response.json()["rows"]]


def test_deleted_conversations_are_not_found_or_kept(desk_server, customer, li, tmp_path):
    word = "翡翠湖畔"
    customer.ask(f"我们在{word}")
    li.post(f"/conversations/{customer.id}/notes", {"text": f"{word}的客户"})
    li.post(f"/conversations/{customer.id}/labels", {"add": [word]})
    context = desk_server.context
    exported = retention.export(context.store, context.assistant.tracker_store, customer.id)
    assert exported["desk_notes"][0]["text"] == f"{word}的客户"
    assert exported["desk_labels"][0]["label"] == word
    desk_server.do(retention.delete, context.store, context.assistant.tracker_store, customer.id)
    assert li.get("/conversations", q=word).json()["rows"] == []
    assert li.get(f"/conversations/{customer.id}").status_code == 404
    assert search.search(context.store, word) == []
    for file in context.settings.var.glob("conversations.db*"):
        # The search itself is in the audit log, once; nothing of the conversation is anywhere.
        assert file.read_bytes().count(f"在{word}".encode()) == 0
        assert file.read_bytes().count(f"{word}的客户".encode()) == 0


def test_personal_numbers_are_masked_everywhere(desk_server, customer, li, chief):
    text = "，".join(SECRETS)
    customer.ask(text)
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    li.post(f"{path}/messages", {"client_id": "m1", "text": f"请确认 {text}"})
    li.post(f"{path}/notes", {"text": text})
    li.post(f"{path}/labels", {"add": [SECRETS[0]]})
    li.get("/conversations", q=SECRETS[0])
    seen = [
        li.get(path).text,
        li.get("/conversations").text,
        li.get(f"{path}/suggestions").text,
        chief.get("/audit").text,
        li.get("/numbers").text,
        li.get("/numbers.csv").text,
        json.dumps(customer.history()),
    ]
    for secret in SECRETS:
        assert not [page for page in seen if secret in page]
        for file in desk_server.context.settings.var.glob("conversations.db*"):
            assert secret.encode() not in file.read_bytes()


def test_notes_and_labels_are_for_agents_alone(customer, li, wang):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    assert li.post(f"{path}/notes", {"text": "内部备注"}).status_code == 200
    assert li.post(f"{path}/notes", {"text": "  "}).status_code == 400
    assert li.post(f"{path}/labels", {"add": ["加急", " 加急 ", "企业"]}).json()["labels"] == [
        "企业",
        "加急",
    ]
    assert li.post(f"{path}/labels", {"add": [str(n) for n in range(20)]}).status_code == 400
    assert li.post(f"{path}/labels", {"add": "x"}).status_code == 400
    shown = wang.get(path).json()
    assert (shown["notes"][0]["text"], shown["notes"][0]["agent"]) == ("内部备注", "李敏")
    assert shown["labels"] == ["企业", "加急"]
    assert "加急" in wang.get("/conversations").json()["labels"]
    assert "内部备注" not in json.dumps(customer.history(), ensure_ascii=False)


def test_long_conversations_come_in_pages(desk_server, customer, li):
    from beian.store.records import Draft

    def fill():
        for number in range(620):
            desk_server.context.store.append(customer.id, Draft("system", f"第{number}条"))

    desk_server.do(fill)
    newest = li.get(f"/conversations/{customer.id}").json()["messages"]
    assert (len(newest), newest[-1]["id"]) == (150, 620)
    older = li.get(f"/conversations/{customer.id}", before=newest[0]["id"]).json()["messages"]
    assert [message["id"] for message in older] == list(range(321, 471))


class Follower:
    """Reads an agent's stream in a thread, with the time of each event."""

    def __init__(self, agent, **params):
        self.seen: list[tuple[float, str, object]] = []
        self.ended = threading.Event()
        self._ready = threading.Event()
        threading.Thread(target=self._run, args=(agent, params), daemon=True).start()
        assert self._ready.wait(PATIENCE)

    def _run(self, agent, params):
        try:
            for kind, value in agent.events(**params):
                self.seen.append((time.monotonic(), kind, value))
                self._ready.set()
        except httpx.TransportError:
            # The test is over and has closed the connection.
            pass
        self.ended.set()

    def wait_for(self, test, seconds=PATIENCE):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = [entry for entry in list(self.seen) if test(entry[1], entry[2])]
            if found:
                return found[0]
            threading.Event().wait(0.01)
        raise AssertionError([entry[1:] for entry in self.seen])


def test_events_reach_the_desk(desk_server, customer, li, wang):
    customer.ask("变更")
    follower = Follower(li, open=customer.id, after=2)
    customer.send("新的一句")
    follower.wait_for(lambda kind, value: kind == "message" and value["text"] == "新的一句")
    follower.wait_for(lambda kind, value: kind == "rows" and value[0]["id"] == customer.id)
    wang.post(f"/conversations/{customer.id}/notes", {"text": "同事的备注"})
    follower.wait_for(lambda kind, value: kind == "note" and value["text"] == "同事的备注")
    other = Customer(desk_server)
    other.ask("不是打开的这个")
    follower.wait_for(lambda kind, value: kind == "rows" and other.id in [row["id"] for row in value])
    assert not [v for _, kind, v in follower.seen if kind == "message" and v["text"] == "不是打开的这个"]


def test_a_stream_takes_up_where_it_broke(customer, li):
    customer.ask("变更")
    customer.ask("变更二")
    follower = Follower(li, open=customer.id, after=2)
    follower.wait_for(lambda kind, value: kind == "message" and value["id"] == 4)
    assert [value["id"] for _, kind, value in follower.seen if kind == "message"] == [3, 4]


def test_logging_out_everywhere_ends_the_streams(agent_of):
    first, second = agent_of("a.b"), agent_of("a.b")
    follower = Follower(first)
    assert second.post("/logout-everywhere").json()["ended"] >= 2
    assert follower.ended.wait(PATIENCE)
    assert first.get("/me").status_code == 401


def test_what_became_of_a_suggestion_is_kept(desk_server, customer, li):
    customer.ask("换服务器域名解析怎么办")
    found = li.get(f"/conversations/{customer.id}/suggestions").json()
    assert len({entry["fact"] for entry in found["suggestions"]}) == 3
    assert "access.server_change" in [entry["fact"] for entry in found["suggestions"]]
    li.post(f"/conversations/{customer.id}/claim")
    for client_id, text, became in (
        ("s1", "换服务器要先解析好域名", "kept"),
        ("s2", "换服务器要先解析好域名，我来帮您", "edited"),
        ("s3", "您好", "replaced"),
    ):
        body = {"client_id": client_id, "text": text, "suggestion": "access.server_change"}
        body["offered"] = "换服务器要先解析好域名"
        said = li.post(f"/conversations/{customer.id}/messages", body).json()["message"]
        kept = {"fact": "access.server_change", "outcome": became, "edited": became != "kept"}
        assert said["custom"]["suggestion"] == kept


def test_what_would_be_hidden_is_told_before_it_is_sent(customer, li):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    body = {"client_id": "n1", "text": "请打我们专员 13800138000", "warn": True}
    refused = li.post(f"{path}/messages", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "hidden")
    assert customer.history()[-1]["author"] == "system"
    del body["warn"]
    assert li.post(f"{path}/messages", body).json()["message"]["text"] == "请打我们专员 〔手机号〕"


def test_every_section_comes_in_pages_and_is_counted_whole(make_server, monkeypatch):
    server = prepare(make_server())
    agent = AgentClient(server, "李敏")
    monkeypatch.setattr(listed, "PAGE", 3)
    store = server.context.store

    def make():
        for mode in ("waiting", "bot", "closed"):
            for number in range(8):
                name = f"w-{mode}{number}"
                store.append(name, Draft("user", f"{mode} {number}"))
                # Several at the same moment, as a busy day has them.
                store.set_mode(name, mode, since=float(number // 2))
        moved = sa.update(conversations).values(updated=sa.func.round(conversations.c.mode_since))
        with store.transaction() as connection:
            connection.execute(moved)
        desk_of(server).records.change_labels("w-closed1", ["加急"], [])

    server.do(make)
    first = agent.get("/conversations").json()
    assert first["counts"] == {"waiting": 8, "human": 0, "bot": 8, "closed": 8}
    assert [row["id"] for row in first["rows"]][:3] == ["w-waiting0", "w-waiting1", "w-waiting2"]
    for mode in ("waiting", "bot", "closed"):
        rows = [row for row in first["rows"] if row["mode"] == mode]
        while True:
            last = rows[-1]
            after = f"{last['since'] if mode == 'waiting' else last['updated']!r},{last['id']}"
            more = agent.get("/conversations", modes=mode, after=after).json()["rows"]
            if not more:
                break
            rows += more
        names = [row["id"] for row in rows]
        assert len(names) == len(set(names)) == 8
        times = [row["since"] if mode == "waiting" else -row["updated"] for row in rows]
        assert times == sorted(times)
    labelled = agent.get("/conversations", label="加急").json()
    assert [row["id"] for row in labelled["rows"]] == ["w-closed1"]
    assert labelled["counts"]["closed"] == 1
    for after in ("x,w-1", "1", "nan,w-1", "1,"):
        assert agent.get("/conversations", modes="bot", after=after).status_code == 400
    assert agent.get("/conversations", after="1,w-1").status_code == 400
    agent.close()


def test_a_search_goes_on_to_the_oldest(desk_server, li, monkeypatch):
    monkeypatch.setattr(list_routes, "SEARCHED", 2)
    made = [Customer(desk_server) for _ in range(5)]
    for customer in made:
        customer.ask("我们在鸬鹚滩换服务器")
    found, before = [], ""
    while True:
        body = li.get("/conversations", q="鸬鹚滩", before=before).json()
        found += [row["id"] for row in body["rows"]]
        if body["before"] is None:
            break
        before = repr(body["before"])
    assert sorted(found) == sorted(customer.id for customer in made)


def test_a_message_far_back_is_jumped_to(desk_server, li, customer):
    customer.ask("第一句")
    store = desk_server.context.store

    def fill():
        for number in range(600):
            store.append(customer.id, Draft("system", f"之间 {number}"))

    desk_server.do(fill)
    newest = li.get(f"/conversations/{customer.id}").json()
    assert not newest["later"]
    assert newest["messages"][0]["id"] > 100
    around = li.get(f"/conversations/{customer.id}", around=1).json()
    assert around["later"]
    assert around["messages"][0]["text"] == "第一句"


def test_rows_show_what_was_asked_and_the_case(desk_server, customer, li):
    customer.ask("变更")
    customer.ask("人工")
    row = li.row(customer.id)
    assert row["question"] == "人工"
    # What the assistant took for small talk or a call for a person asks nothing.
    with desk_server.context.store.transaction() as connection:
        moved = turns.update().where(turns.c.text == "人工", turns.c.conversation == customer.id)
        connection.execute(moved.values(status="handoff"))
    assert li.row(customer.id)["question"] == "变更"
    assert li.row(customer.id)["gone"] is False


def test_two_agents_change_labels_at_once(customer, li, wang):
    customer.ask("变更")
    path = f"/conversations/{customer.id}/labels"
    li.post(path, {"add": ["急"]})
    wang.post(path, {"add": ["改名"]})
    assert li.post(path, {"add": ["急"], "remove": ["没有的"]}).json()["labels"] == ["急", "改名"]
    assert wang.post(path, {"remove": ["急"]}).json()["labels"] == ["改名"]


def test_look_up_and_tools_without_a_conversation(li):
    found = li.get("/lookup", q="加盖公章").json()
    assert found["hits"][0]["fact"] == "materials.subject_info.enterprise"
    assert li.get("/lookup", q="x", change_type="nonsense").status_code == 400
    assert "最晚" in li.get("/tools", kind="submit", given="2026-10-08").json()["result"]["text"]
    assert "国家" in li.get("/tools", kind="name", given="国家图书网").json()["result"]["text"]
    assert li.get("/tools", kind="review", given="没有日子").json()["result"] is None
    assert li.get("/tools", kind="nonsense", given="x").status_code == 400


def test_what_agents_did_is_in_the_log(customer, li, chief):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    li.get(path)
    li.post(f"{path}/claim")
    li.post(f"{path}/messages", {"client_id": "l1", "text": "好"})
    li.post(f"{path}/notes", {"text": "记一下"})
    li.post(f"{path}/hand-back")
    entries = chief.get("/audit", agent="李敏").json()["entries"]
    did = [entry["action"] for entry in entries if entry["conversation"] == customer.id]
    assert did[::-1] == ["open", "claim", "reply", "note", "hand_back"]
    assert "login" in [entry["action"] for entry in entries]


@pytest.mark.parametrize("way", ["events", "earlier", "suggestions"])
def test_nobody_reads_a_conversation_unseen(customer, agent_of, chief, way):
    """Not only the page's own way of opening it is in the log; once for each log-in is enough."""
    customer.ask("变更")
    agent = agent_of("a.b")
    path = f"/conversations/{customer.id}"
    for _ in range(2):
        if way == "events":
            next(agent.events(open=customer.id))
        elif way == "earlier":
            agent.get(path, before=3)
        else:
            agent.get(f"{path}/suggestions")
    entries = [
        entry for entry in chief.get("/audit").json()["entries"] if entry["conversation"] == customer.id
    ]
    assert [(entry["agent"], entry["action"]) for entry in entries] == [("a.b", "open")]


def test_the_log_comes_in_pages(desk_server, chief):
    def fill():
        for number in range(250):
            desk_of(desk_server).audit.note("many", "search", detail=f"第{number}次")

    desk_server.do(fill)
    first = chief.get("/audit", agent="many").json()
    second = chief.get("/audit", agent="many", before=first["entries"][-1]["n"]).json()
    assert (len(first["entries"]), first["more"]) == (200, True)
    assert (len(second["entries"]), second["more"]) == (50, False)
    assert second["entries"][-1]["detail"] == "第0次"


def test_the_row_shows_what_was_said_last(desk_server, customer, li):
    customer.ask("变更")
    customer.send("变更二")
    customer.history(4)
    desk_server.do(desk_of(desk_server)._system, customer.id, "queued")
    row = li.row(customer.id)
    assert (row["last_author"], row["last_id"]) == ("bot", 5)
    assert row["preview"]


def test_admins_manage_accounts(chief, agent_of):
    assert (
        chief.post("/agents", {"name": "zhao", "password": "gate-river-91", "role": "agent"}).status_code
        == 200
    )
    assert chief.post("/agents", {"name": "zhao", "password": "gate-river-91"}).status_code == 400
    assert (
        chief.post("/agents", {"name": "qian", "password": "gate-river-91", "role": "king"}).status_code
        == 400
    )
    zhao = agent_of("zhao", password="gate-river-91")
    assert chief.post("/agents/zhao", {"job": "disable"}).status_code == 200
    assert zhao.get("/me").status_code == 401
    assert chief.post("/agents/主管", {"job": "disable"}).status_code == 400
    for job in ("enable", "disable", "unlock", "log_out"):
        refused = chief.post("/agents/nobody", {"job": job})
        assert (refused.status_code, refused.json()["error"]["message"]) == (404, "没有名为 nobody 的账号")
    assert chief.post("/agents/zhao", {"job": "unlock"}).status_code == 200
    assert chief.post("/agents/zhao", {"job": "promote"}).status_code == 400


def test_a_customers_ids_never_meet_an_agents(desk_server, customer, li):
    desk_server.send(customer.headers, "变更", "desk-AAA")
    customer.history(2)
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    for agents_id in ("AAA", "desk-AAA"):
        for _ in range(2):
            said = li.post(f"{path}/messages", {"client_id": agents_id, "text": f"您好 {agents_id}"}).json()
            assert (said["message"]["author"], said["message"]["text"]) == ("agent", f"您好 {agents_id}")
    refused = desk_server.send(customer.headers, "变更", "desk:AAA")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_client_id")


def test_a_known_browser_gets_in_while_others_guess(make_server, desk_server):
    running = prepare(make_server(proxies=1))

    def client(address):
        return httpx.Client(
            base_url=running.url + "/api/desk", headers={"X-Forwarded-For": address}, timeout=PATIENCE
        )

    def log_in(browser, password, name="李敏"):
        response = browser.post("/login", json={"name": name, "password": password})
        # Behind a proxy the cookies are for TLS alone: a test's client has to be told.
        for cookie in browser.cookies.jar:
            cookie.secure = False
        return response.status_code

    with client("203.0.113.9") as own, client("203.0.113.9") as other, client("198.51.100.7") as far:
        assert log_in(own, PASSWORD) == 200
        assert [log_in(other, f"guess-{place}") for place in range(6)] == [401] * 5 + [429]
        assert log_in(other, PASSWORD) == 429
        assert log_in(own, PASSWORD) == 200
        assert log_in(far, PASSWORD) == 200
        # The cookie is for the name it was given to, and as it was given.
        assert log_in(own, PASSWORD, "a.b") == 200
        device = {name: value for name, value in own.cookies.items() if name.startswith("beian_device")}
        assert len(device) == 2
        other.cookies.update({name: value[:-1] + "!" for name, value in device.items()})
        assert log_in(other, PASSWORD) == 429
        for _ in range(5):
            assert log_in(own, "wrong") == 401
        assert log_in(own, PASSWORD) == 429


def test_lock_out_over_http(desk_server, chief):
    for _ in range(5):
        response = desk_server.client.post("/api/desk/login", json={"name": "sun", "password": "x"})
        assert response.status_code == 401
    response = desk_server.client.post("/api/desk/login", json={"name": "sun", "password": "x"})
    assert (response.status_code, response.json()["error"]["code"]) == (429, "locked")
    assert int(response.headers["Retry-After"]) > 0
    assert "login_locked" in [entry["action"] for entry in chief.get("/audit").json()["entries"]]
    assert desk_of(desk_server).accounts.exist()


@pytest.mark.parametrize(
    "label",
    ["139\x077130\x071234", "139\u200b71301234", " 139 \x07 7130\n1234 ", "139" + 20 * " " + "71301234"],
)
def test_labels_and_notes_are_masked_as_they_are_stored(desk_server, customer, li, label):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    assert li.post(f"{path}/labels", {"add": [label]}).json()["labels"] == ["〔手机号〕"]
    label = " ".join(label.split())
    assert li.post(f"{path}/notes", {"text": "电" * 1990 + label}).status_code == 200
    shown = li.get(path).json()
    assert not any(char.isdigit() for char in shown["notes"][0]["text"]), shown["notes"][0]["text"][-30:]
