"""The desk's part of docs/openapi.json: what the routes answer, and that nothing sent to them breaks them."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.conftest import AgentClient, Customer, desk_of, prepare
from tests.fuzz import examples
from tests.server.openapi import bodies, check_response, in_path, operations, values

EXAMPLES = examples(1500) // 5
PREFIX = "/api/desk"
DESK = [entry for entry in operations() if entry[1].startswith(PREFIX)]


@pytest.fixture(scope="module")
def server(make_server):
    return prepare(make_server())


@pytest.fixture(scope="module")
def customer(server):
    customer = Customer(server)
    answer = customer.ask("变更")[-1]
    customer.ask("我的手机是13800138000")
    body = {"message_id": answer["id"], "value": "down", "reason": "不完整"}
    server.client.post("/api/feedback", json=body, headers=customer.headers)
    return customer


def operation(method, path):
    return next(found for verb, place, found in DESK if (verb, place) == (method, f"{PREFIX}{path}"))


def checked(response, method, path):
    assert response.status_code == 200, response.text
    kind = response.headers.get("content-type", "")
    check_response(operation(method, path), response.status_code, kind, response.content)
    return response


def test_what_is_answered_is_described(server, customer):
    agent = AgentClient(server, "主管")
    place = f"/conversations/{customer.id}"
    for path, query in {
        "/state": {},
        "/me": {},
        "/lookup": {"q": "材料"},
        "/tools": {"kind": "submit", "given": "10月8号"},
        "/conversations": {"q": "变更"},
        "/colleagues": {},
        "/numbers": {},
        "/numbers.csv": {},
        "/numbers/conversations": {"number": "questions"},
        "/agents": {},
        "/audit": {},
        "/audit.csv": {},
        "/snippets": {},
        "/hours": {},
    }.items():
        checked(agent.get(path, **query), "GET", path)
    template = "/conversations/{name}"
    checked(agent.get(place, before=2), "GET", template)
    suggestions = checked(agent.get(f"{place}/suggestions"), "GET", f"{template}/suggestions").json()
    assert suggestions["suggestions"]
    for job, body in (
        ("claim", {}),
        ("messages", {"client_id": "o1", "text": "您好"}),
        ("notes", {"text": "备注"}),
        ("labels", {"add": ["加急"]}),
        ("read", {"last_id": 2}),
        ("case", {"subject_kind": "enterprise"}),
        ("transfer", {"to": "李敏"}),
        ("queue", {}),
        ("claim", {}),
        ("hand-back", {}),
    ):
        checked(agent.post(f"{place}/{job}", body), "POST", f"{template}/{job}")
    checked(agent.post(f"{place}/claim"), "POST", f"{template}/claim")
    checked(agent.post(f"{place}/close"), "POST", f"{template}/close")
    checked(agent.get(place), "GET", template)
    checked(agent.get(f"{place}/export"), "GET", f"{template}/export")
    body = {"name": "zhou", "password": "gate-river-91"}
    checked(agent.post("/agents", body), "POST", "/agents")
    checked(agent.post("/agents/zhou", {"job": "disable"}), "POST", "/agents/{name}")
    checked(agent.post("/snippets", {"name": "开头", "text": "您好"}), "POST", "/snippets")
    number = agent.get("/snippets").json()["snippets"][0]["n"]
    checked(agent.post(f"/snippets/{number}", {"remove": True}), "POST", "/snippets/{number}")
    closed = [{"first": "2026-10-01", "last": "2026-10-03", "why": "假"}]
    checked(agent.post("/hours", {"hours": "daily 08:00-22:00", "closed": closed}), "POST", "/hours")
    checked(agent.post("/hours", {"hours": None, "closed": []}), "POST", "/hours")
    checked(agent.post("/away", {"until": time.time() + 60}), "POST", "/away")
    checked(agent.get("/colleagues"), "GET", "/colleagues")
    checked(agent.get("/agents"), "GET", "/agents")
    checked(agent.post("/away", {"until": None}), "POST", "/away")
    body = {"old": "gate", "new": "gate-river-92"}
    refused = agent.post("/password", body)
    check_response(operation("POST", "/password"), 401, refused.headers["content-type"], refused.content)
    login = {"name": "李敏", "password": "纸船-lamp-42"}
    checked(agent.post("/login", login), "POST", "/login")
    checked(AgentClient(server, "a.b").post("/logout"), "POST", "/logout")
    checked(AgentClient(server, "a.b").post("/logout-everywhere"), "POST", "/logout-everywhere")
    agent.close()


@st.composite
def requests(draw, conversation):
    """(method, path, operation, query, body) as an agent's page would send it, or nearly so."""
    method, path, described = draw(st.sampled_from(DESK))
    query = {}
    for parameter in described.get("parameters", []):
        right = values(parameter["schema"])
        value = str(draw(st.one_of(right, st.text(max_size=12), st.just(conversation))))
        if parameter["in"] == "path":
            name = draw(st.sampled_from([conversation, value[:40]]))
            path = path.replace(f"{{{parameter['name']}}}", in_path(name))
        else:
            query[parameter["name"]] = value
    content = None
    if "requestBody" in described:
        content = draw(bodies(described["requestBody"]["content"]["application/json"]["schema"]))
    return method, path, described, query, content


@pytest.mark.hypothesis
def test_nothing_generated_breaks_the_desk(server, customer):
    desk, agents = desk_of(server), []

    def log_in():
        """Among what is generated are log-outs, and wrong passwords that lock the account."""
        server.do(desk.accounts.unlock, "主管")
        server.do(desk.accounts.set_disabled, "主管", False)
        agents.append(AgentClient(server, "主管"))

    log_in()

    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(requests(customer.id))
    def run(request):
        method, path, described, query, content = request
        agent, place = agents[-1].http, path.removeprefix(PREFIX)
        headers = {"Content-Type": "application/json"}
        with agent.stream(method, place, params=query, content=content, headers=headers) as response:
            streaming = response.headers.get("content-type", "").startswith("text/event-stream")
            body = b"" if streaming else response.read()
        assert response.status_code < 500, body
        if response.status_code != 404:
            kind = response.headers.get("content-type", "")
            check_response(described, response.status_code, kind, body)
        if response.status_code == 401 or path.endswith(("/logout", "/logout-everywhere", "/password")):
            log_in()

    run()
    assert server.client.get("/readyz").json() == {"ready": True, "faults": []}
    for agent in agents:
        agent.close()
