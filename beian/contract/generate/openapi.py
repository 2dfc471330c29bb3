"""The routes as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from beian.contract.customer import Error
from beian.contract.desk_routes import DESK
from beian.contract.errors import STATUSES
from beian.contract.events import CUSTOMER_EVENTS, DESK_EVENTS
from beian.contract.generate.schema import Schema, Schemas
from beian.contract.route import EVENTS, JSON, Answer, EventKind, Parameter, Route
from beian.contract.routes import CUSTOMER, OPERATORS, PROGRAMS

GROUPS = {"网页组件": CUSTOMER, "客服工作台": DESK, "测试与其他系统": PROGRAMS, "运维": OPERATORS}
_EVENTS = {"网页组件": CUSTOMER_EVENTS, "客服工作台": DESK_EVENTS}
_SECURITY = {"session": "session", "key": "key", "metrics": "metrics", "agent": "desk", "admin": "desk"}
_SCHEMES = {
    "session": {"type": "apiKey", "in": "header", "name": "X-Session"},
    "key": {"type": "http", "scheme": "bearer"},
    "metrics": {"type": "http", "scheme": "bearer"},
    "desk": {
        "type": "apiKey",
        "in": "cookie",
        "name": "beian_desk",
        "description": "POST /api/desk/login 发的 cookie；改动还要带 X-CSRF 头，值在登录的响应里",
    },
}
_OF_PATH: dict[str, Any] = {"number": int}


def openapi(version: str) -> dict[str, Any]:
    """The whole description; `version` is the project's."""
    schemas = Schemas("#/components/schemas/")
    error = {JSON: {"schema": schemas.of(Error)}}
    paths: dict[str, dict[str, Any]] = {}
    for group, routes in GROUPS.items():
        for route in routes:
            operation = _operation(route, group, schemas)
            paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "备案变更助手",
            "version": version,
            "description": "说明见 api.md 与 desk.md；回复消息的格式见 reply.md。",
        },
        "servers": [{"url": "http://127.0.0.1:5005"}],
        "tags": [{"name": group} for group in GROUPS],
        "paths": paths,
        "components": {
            "securitySchemes": _SCHEMES,
            "responses": {
                f"E{status}": {"description": text, "content": error} for status, text in STATUSES.items()
            },
            "schemas": schemas.components,
        },
    }


def data_of(event: EventKind, schemas: Schemas) -> Schema:
    """The schema of an event's data."""
    inner = schemas.of(event.type)
    if not event.is_value:
        return inner
    fields = {"type": "object", "properties": {"value": inner}, "required": ["value"]}
    return {**fields, "additionalProperties": False}


def _operation(route: Route, group: str, schemas: Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {"tags": [group], "operationId": _id(route, group), "summary": route.text}
    if route.need == "admin":
        operation["description"] = "限管理员。"
    if route.need != "nothing":
        operation["security"] = [{_SECURITY[route.need]: []}]
    parameters = [*_in_path(route, schemas), *(_parameter(one, schemas) for one in route.query)]
    if parameters:
        operation["parameters"] = parameters
    if route.body is not None:
        body = {"schema": schemas.request(route.body)}
        operation["requestBody"] = {"required": True, "content": {JSON: body}}
    answers = [answer for answer in (route.answer, route.also) if answer is not None]
    operation["responses"] = {
        **{str(answer.status): _response(answer, group, schemas) for answer in answers},
        **{str(status): {"$ref": f"#/components/responses/E{status}"} for status in route.errors},
    }
    return operation


def _id(route: Route, group: str) -> str:
    return f"desk_{route.name}" if group == "客服工作台" else route.name


def _in_path(route: Route, schemas: Schemas) -> Iterable[dict[str, Any]]:
    for name in route.names:
        schema = schemas.of(_OF_PATH.get(name, str))
        if schema["type"] == "integer":
            schema["minimum"] = 0
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(one: Parameter, schemas: Schemas) -> dict[str, Any]:
    schema = schemas.of(one.type)
    if one.type is int:
        schema["minimum"] = 0
    return {"name": one.name, "in": one.where, "schema": schema, "description": one.text}


def _response(answer: Answer, group: str, schemas: Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"type": "string"}}
    if answer.media == JSON:
        content = {"schema": schemas.of(answer.type)}
    elif answer.media == EVENTS:
        # OpenAPI 3.1 has no word for the events of a stream.
        content["x-events"] = {event.kind: data_of(event, schemas) for event in _EVENTS[group]}
    return {"description": answer.text, "content": {answer.media: content}}
