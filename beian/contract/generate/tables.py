"""Tables for readers, between marks in docs/*.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from beian.contract import customer, reply
from beian.contract.desk_routes import DESK, PREFIX
from beian.contract.errors import ERRORS
from beian.contract.events import CUSTOMER_EVENTS, DESK_EVENTS
from beian.contract.generate.schema import Schemas, resolved
from beian.contract.generate.shapes import inside, kind, names, shape
from beian.contract.route import EVENTS, JSON, Answer, EventKind, Parameter, Route
from beian.contract.routes import CUSTOMER
from beian.text import patterns

OK = 200
_MARKED = patterns.compile(r"(<!-- contract: ([\w-]+) -->\n)(?s:.*?)(\n<!-- /contract -->)")


class TableError(ValueError):
    """A page asks for a table that there is none of, or lacks one."""


def tables() -> dict[str, str]:
    """Every table by its name."""
    return {
        "reply": _fields(reply.Reply),
        "custom": _fields(reply.Custom, "custom."),
        "understood": _fields(reply.Understood),
        "card": _fields(reply.Card),
        "status": _values(reply.Status),
        "card-types": _values(reply.CardType),
        "message": _fields(customer.Message),
        "mode": _values(customer.Mode),
        "customer-routes": _routes(CUSTOMER, ""),
        "customer-events": _events(CUSTOMER_EVENTS),
        "customer-types": _types(CUSTOMER, CUSTOMER_EVENTS),
        "desk-routes": _routes(DESK, PREFIX),
        "desk-events": _events(DESK_EVENTS),
        "desk-types": _types(DESK, DESK_EVENTS),
        "errors": _table(
            ("状态", "`code`", "说明"),
            ((str(status), f"`{code}`", text) for code, (status, text) in ERRORS.items()),
        ),
    }


def filled(page: str) -> str:
    """A page with the tables it asks for; raises TableError."""
    known = tables()

    def fill(found: patterns.Match) -> str:
        if found[2] not in known:
            raise TableError(f"no table is named {found[2]}")
        return f"{found[1]}\n{known[found[2]]}\n{found[3]}"

    return _MARKED.sub(fill, page)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _fields(cls: Any, prefix: str = "") -> str:
    schemas = Schemas("")
    schema = schemas.fields(cls)
    rows = []
    for name, inner in schema["properties"].items():
        optional = "" if name in schema.get("required", ()) else "，可以没有"
        text = inner.get("description") or resolved(inner, schemas.components).get("description", "")
        rows.append((f"`{prefix}{name}`", kind(inner, schemas) + optional, text))
    return _table(("字段", "类型", "含义"), rows)


def _values(named: Any) -> str:
    meanings = next(about.values for about in get_args(named)[1:] if about.values)
    return _table(("值", "含义"), ((f"`{value}`", text) for value, text in meanings.items()))


def _events(events: Sequence[EventKind]) -> str:
    schemas = Schemas("")
    rows = [
        (f"`{event.kind}`", f"`{shape(schemas.of(event.type), schemas)}`", event.text) for event in events
    ]
    head = "`value`" if any(event.is_value for event in events) else "`data:`"
    return _table(("`event:`", head, "何时"), rows)


def _routes(routes: Iterable[Route], prefix: str) -> str:
    schemas = Schemas("")
    rows = []
    for route in routes:
        path = route.path.removeprefix(prefix).replace("{", "<").replace("}", ">")
        text = route.text + ("。限管理员" if route.need == "admin" else "")
        told = [f"`{one.name}` {one.text}" for one in route.query if one.where == "query"]
        text = f"{text}。{'；'.join(told)}" if told else text
        rows.append(
            (f"`{route.method} {path}`", _request(route, schemas), _answer(route.answer, schemas), text)
        )
    return _table(("方法与路径", "请求", "响应", "说明"), rows)


def _types(routes: Iterable[Route], events: Iterable[EventKind]) -> str:
    """What the tables of routes and of events name, but for what the reply contract tells of."""
    schemas = Schemas("")
    written = [_request(route, schemas) + _answer(route.answer, schemas) for route in routes]
    written += [shape(schemas.of(event.type), schemas) for event in events]
    wanted = [name for line in written for name in names(line, schemas)]
    found: dict[str, str] = {}
    elsewhere = {reply.Reply.__name__, *_components(reply.Reply)}
    while wanted:
        name = wanted.pop(0)
        if name not in found and name not in elsewhere:
            found[name] = inside(schemas.components[name], schemas)
            wanted += names(found[name], schemas)
    rows = [
        (f"`{name}`", f"`{form}`", schemas.components[name].get("description", ""))
        for name, form in found.items()
    ]
    return _table(("名称", "样子", "是什么"), rows)


def _components(cls: Any) -> list[str]:
    schemas = Schemas("")
    schemas.fields(cls)
    return list(schemas.components)


def _request(route: Route, schemas: Schemas) -> str:
    parts = []
    query = [f"{one.name}={_choice(one, schemas)}" for one in route.query if one.where == "query"]
    if query:
        parts.append(f"`?{'&'.join(query)}`")
    parts += [f"头 `{one.name}`" for one in route.query if one.where == "header"]
    if route.body is not None:
        parts.append(f"`{inside(schemas.fields(route.body), schemas)}`")
    return "，".join(parts)


def _choice(one: Parameter, schemas: Schemas) -> str:
    """What a part of the query may be, where that is a few values."""
    return "/".join(schemas.of(one.type).get("enum", ()))


def _answer(answer: Answer, schemas: Schemas) -> str:
    if answer.media == EVENTS:
        return "Server-Sent Events"
    if answer.media != JSON:
        return f"`{answer.media}`"
    status = f"{answer.status} " if answer.status != OK else ""
    return f"{status}`{shape(schemas.of(answer.type), schemas)}`"
