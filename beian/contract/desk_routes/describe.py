"""How an address of the desk is described."""

from __future__ import annotations

from typing import Any

from beian.contract import desk
from beian.contract.customer import Ok
from beian.contract.route import Answer, Method, Need, Parameter, Route

PREFIX = "/api/desk"
CONVERSATION = "/conversations/{name}"
DONE = Answer("完成", Ok)
ROW = Answer("会话现在的样子", desk.RowNow)
PERIOD = (Parameter("from", str, "从这一天"), Parameter("to", str, "到这一天"))
AUDIT = (Parameter("agent", str, "谁"), Parameter("action", str, "做了什么"), *PERIOD)
CSV = "text/csv"


def get(name: str, path: str, text: str, answer: Answer, *query: Parameter, need: Need = "agent") -> Route:
    """What is read."""
    return desk_route(name, "GET", path, text, answer, need, query=query)


def post(
    name: str,
    path: str,
    text: str,
    body: Any,
    answer: Answer = DONE,
    need: Need = "agent",
    refusals: tuple[int, ...] = (),
) -> Route:
    """What changes something."""
    return desk_route(name, "POST", path, text, answer, need, body=body, refusals=refusals)


def desk_route(
    name: str, method: Method, path: str, text: str, answer: Answer, need: Need, **more: Any
) -> Route:
    """Either, below the desk's address."""
    return Route(name, method, PREFIX + path, text, answer, need, **more)
