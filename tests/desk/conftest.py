"""A real server with agents, and agents logged in to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from beian.desk.accounts import Accounts
from beian.desk.service import Desk
from beian.server.limits import RateLimiter
from tests.patience import PATIENCE
from tests.server.conftest import (  # noqa: F401 - fixtures
    Running,
    make_server,
    servers_end_with_the_test,
    tiny_model,
)
from tests.server.loop_guard import no_database_in_the_loop  # noqa: F401 - a fixture
from tests.server.openapi import check_event, check_exchange

PASSWORD = "纸船-lamp-42"
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def desk_of(server: Running) -> Desk:
    return server.app.blueprints["desk"].ctx.desk


def prepare(server: Running) -> Running:
    """Quick hashing, no limits in the way, and three accounts."""
    desk = desk_of(server)
    desk.accounts = Accounts(server.context.store, FAST)
    limits = server.app.blueprints["desk"].ctx.limits
    limits.update({name: RateLimiter(100_000, 100_000.0) for name in limits})
    for name, role in (("李敏", "agent"), ("a.b", "agent"), ("主管", "admin")):
        server.do(desk.accounts.add, name, PASSWORD, role)
    return server


class AgentClient:
    """An agent's browser without the browser."""

    def __init__(self, server: Running, name: str, password: str = PASSWORD):
        self.server, self.name = server, name
        self.http = httpx.Client(
            base_url=server.url + "/api/desk",
            verify=False,
            timeout=PATIENCE,
            event_hooks={"response": [check_exchange]},
        )
        response = self.http.post("/login", json={"name": name, "password": password})
        assert response.status_code == 200, response.text
        self.profile = response.json()
        self.http.headers["X-CSRF"] = self.profile["csrf"]

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.http.get(path, params=params)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.http.post(path, json=body if body is not None else {})

    def row(self, conversation: str) -> dict[str, Any]:
        return self.get(f"/conversations/{conversation}").json()["row"]

    def events(self, **params: Any) -> Iterator[tuple[str, Any]]:
        """The events of a stream, (kind, value)."""
        with self.http.stream("GET", "/events", params=params) as response:
            assert response.status_code == 200
            kind = ""
            for line in response.iter_lines():
                if line.startswith("event: "):
                    kind = line[7:]
                elif line.startswith("data: "):
                    check_event("/api/desk/events", kind, line[6:])
                    yield kind, json.loads(line[6:]).get("value")

    def close(self) -> None:
        self.http.close()


@pytest.fixture(scope="session")
def desk_server(make_server) -> Running:  # noqa: F811 - the fixture of that name
    """One server shared by the tests that use conversations of their own."""
    return prepare(make_server())


@pytest.fixture
def agent_of(desk_server) -> Iterator[Callable[..., AgentClient]]:
    """Log an agent in to the shared server, or to another one."""
    opened: list[AgentClient] = []

    def log_in(name: str, server: Running | None = None, password: str = PASSWORD) -> AgentClient:
        opened.append(AgentClient(server or desk_server, name, password))
        return opened[-1]

    yield log_in
    for client in opened:
        client.close()


@pytest.fixture
def li(agent_of) -> AgentClient:
    return agent_of("李敏")


@pytest.fixture
def wang(agent_of) -> AgentClient:
    return agent_of("a.b")


@pytest.fixture
def chief(agent_of) -> AgentClient:
    return agent_of("主管")


class Customer:
    """A customer with the widget's interface."""

    def __init__(self, server: Running):
        self.server = server
        self.headers = server.session()
        self.id = server.conversation(self.headers)
        self.sent = 0

    def send(self, text: str) -> int:
        self.sent += 1
        response = self.server.send(self.headers, text, f"c{self.sent}")
        assert response.status_code == 202, response.text
        return response.json()["id"]

    def ask(self, text: str) -> list[dict[str, Any]]:
        """Send, and wait for an answer."""
        number = self.send(text)
        return self.history(number + 1)

    def history(self, count: int = 0) -> list[dict[str, Any]]:
        return self.server.history(self.headers, count)

    @property
    def mode(self) -> str:
        return self.server.client.get("/api/history", headers=self.headers).json()["mode"]


@pytest.fixture
def customer(desk_server) -> Customer:
    return Customer(desk_server)
