"""The project's own OpenAPI description, as schemas to check and as requests to generate."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
from hypothesis import strategies as st

from beian.settings import ROOT

DESCRIPTION = ROOT / "docs" / "openapi.json"
# The actions of these tests' project say what they like, in several messages too: of a reply the frame is
# checked here. The product's own replies are held to every part of the contract in tests/test_replies.py.
_ANY_REPLY = {
    "type": "object",
    "properties": {
        "recipient_id": {"type": "string"},
        "text": {"type": "string"},
        "buttons": {"type": "array", "items": {"$ref": "#/components/schemas/Choice"}},
        "custom": {"type": "object"},
    },
    "required": ["recipient_id"],
    "additionalProperties": False,
}


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    described["components"]["schemas"]["Reply"] = _ANY_REPLY
    return described


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation)."""
    return [
        (method.upper(), path, operation)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    ]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    while "$ref" in schema:
        place: Any = description()
        for step in schema["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        schema = place
    return schema


def check_response(operation: dict[str, Any], status: int, content_type: str, body: bytes) -> None:
    """Raise when the description does not allow this response."""
    allowed = operation["responses"]
    assert str(status) in allowed, f"status {status} is not described"
    described = resolved(allowed[str(status)]).get("content", {})
    kind = content_type.partition(";")[0]
    assert kind in described, f"type {kind} is not described"
    if kind == "application/json":
        _check(described[kind]["schema"], json.loads(body))


def check_event(path: str, kind: str, data: str) -> None:
    """Raise when the description of the stream at `path` does not allow this event."""
    answer = description()["paths"][path]["get"]["responses"]["200"]
    events = answer["content"]["text/event-stream"]["x-events"]
    assert kind in events, f"event {kind} is not described"
    _check(events[kind], json.loads(data))


def _check(schema: dict[str, Any], value: Any) -> None:
    schema = {**schema, "components": description()["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def in_path(name: str) -> str:
    """A name as one segment of a path: dots too, or "." and ".." would lead clients to another address."""
    return quote(name, safe="").replace(".", "%2E")


@lru_cache(maxsize=1)
def _addresses() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    # Those without a name in them first: a name could be spelt like them.
    found = sorted(operations(), key=lambda entry: "{" in entry[1])
    return [(method, _address(path), operation) for method, path, operation in found]


def _address(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", path)
    return re.compile("[^/]+".join(map(re.escape, parts)))


def check_exchange(response: httpx.Response) -> None:
    """For a test's client: whatever the server answers must be as described. Streams are left alone."""
    request = response.request
    path = request.url.raw_path.decode().partition("?")[0]
    found = (
        operation
        for method, address, operation in _addresses()
        if method == request.method and address.fullmatch(path)
    )
    operation = next(found, None)
    kind = response.headers.get("content-type", "")
    if operation is None or response.status_code == 404 or kind.startswith("text/event-stream"):
        return
    check_response(operation, response.status_code, kind, response.read())


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "审核要多久",
            "/restart",
            '/answer{"note": "x"}',
            "raise:",
            "rubbish:",
            "silent:",
            "two:",
            "remember:x",
            "recall:",
            "😀" * 50,
            "\u202e\u200b",
            "a\x00b",
            "变" * 2000,
            "变" * 2001,
            "<img src=x onerror=alert(1)>",
            "{{7*7}}",
            "' OR 1=1 --",
            "%s%s%n",
            "13800138000",
            "../../etc/passwd",
        ]
    ),
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values the schema allows."""
    schema = resolved(schema)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        return st.one_of(*(values({**schema, "type": one}) for one in kind))
    if kind == "string":
        return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else TEXTS
    if kind == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 9), 9))
    if kind == "array":
        return st.lists(values(schema.get("items", {})), max_size=5)
    if kind == "null":
        return st.none()
    properties = {name: values(inner) for name, inner in schema.get("properties", {}).items()}
    required = schema.get("required", [])
    return st.fixed_dictionaries(
        {name: inner for name, inner in properties.items() if name in required},
        optional={name: inner for name, inner in properties.items() if name not in required},
    )


@st.composite
def bodies(draw: Any, schema: dict[str, Any]) -> bytes:
    """Bodies that are right, nearly right, or nothing of the kind."""
    shape = draw(st.integers(0, 9))
    if shape == 0:
        return draw(st.binary(max_size=200))
    if shape == 1:
        return json.dumps(draw(ANYTHING)).encode()
    body = draw(values(schema))
    if shape in (2, 3) and body:
        body[draw(st.sampled_from(sorted(body)))] = draw(ANYTHING)
    elif shape == 4 and body:
        del body[draw(st.sampled_from(sorted(body)))]
    elif shape == 5:
        body[draw(st.text(max_size=8))] = draw(ANYTHING)
    written = json.dumps(body, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
    if shape == 6:
        return written[: draw(st.integers(0, len(written)))]
    if shape == 7:
        return written + b" " * draw(st.sampled_from([0, 1, 16_000, 17_000]))
    return written
