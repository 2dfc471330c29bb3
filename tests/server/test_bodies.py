"""What a JSON body may hold, the same on every route and for both databases."""

import json
from types import SimpleNamespace

import pytest

from beian.server.bodies import MOST_DEPTH, json_object
from beian.server.errors import ApiError


def nested(depth, opening=b'{"a":', closing=b"}"):
    """`depth` levels inside the object that a body is."""
    return b'{"metadata": ' + opening * depth + b"1" + closing * depth + b"}"


BAD = {
    "half a pair, escaped": b'{"metadata": {"a": "\\ud800"}}',
    "the other half": b'{"metadata": {"a": "x\\udfff"}}',
    "pairs the wrong way round": b'{"metadata": {"a": "\\ude00\\ud83d"}}',
    "half a pair as a key": b'{"metadata": {"\\ud800": 1}}',
    "half a pair in a list": b'{"metadata": {"a": [["\\ud800"]]}}',
    "half a pair in bytes": b'{"metadata": {"a": "\xed\xa0\x80"}}',
    "half a pair in bytes as a key": b'{"metadata": {"\xed\xbf\xbf": 1}}',
    "NUL, escaped": b'{"metadata": {"a": "\\u0000"}}',
    "NUL as a key": b'{"\\u0000": 1}',
    "NUL in bytes": b'{"metadata": "\x00"}',
    "UTF-16": json.dumps({"metadata": {"a": "b"}}).encode("utf-16"),
    "UTF-32": json.dumps({"metadata": {"a": "b"}}).encode("utf-32"),
    "UTF-16 with half a pair": '{"metadata": {"a": "\ud800"}}'.encode("utf-16-le", "surrogatepass"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "GBK": '{"metadata": "备案"}'.encode("gbk"),
    "overlong": b'{"metadata": "\xc0\x80"}',
    "a number beyond floats": b'{"metadata": {"a": 1e999}}',
    "a negative one": b'{"metadata": {"a": [-1e999]}}',
    "a whole number beyond floats": b'{"metadata": {"a": ' + b"9" * 400 + b"}}",
    "a very long one": b'{"metadata": {"a": ' + b"1" * 5000 + b"}}",
    "NaN": b'{"metadata": {"a": NaN}}',
    "Infinity": b'{"metadata": {"a": -Infinity}}',
    "objects one too deep": nested(MOST_DEPTH),
    "lists one too deep": nested(MOST_DEPTH, b"[", b"]"),
    **{f"{depth} levels": nested(depth) for depth in (100, 490, 985, 1000)},
    "nothing but brackets": b"[" * 8000,
    "a broken one": b'{"metadata": ',
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_kept_is_refused(kind):
    with pytest.raises(ApiError) as refused:
        json_object(SimpleNamespace(body=BAD[kind]))
    assert (refused.value.status_code, refused.value.code) == (400, "bad_json")


@pytest.mark.parametrize(
    "body",
    [
        nested(MOST_DEPTH - 1),
        nested(MOST_DEPTH - 1, b"[", b"]"),
        b'{"a": "\\ud83d\\ude00", "b": "\xf0\x9f\x98\x80", "c": "\\\\u0000", "d": "\\u0001"}',
        b'{"a": 1e308, "b": -0.0, "c": 123456789012345678901234567890, "d": 1e-999}',
    ],
)
def test_what_is_text_and_numbers_is_taken(body):
    assert json_object(SimpleNamespace(body=body)) == json.loads(body)


ROUTES = [
    ("/api/sessions", {}),
    ("/api/messages", {"client_id": "c", "text": "你好"}),
    ("/api/feedback", {"message_id": 1, "value": "up"}),
    ("/api/ticks", {"message_id": 1, "ticked": []}),
    ("/api/restart", {"client_id": "r"}),
    ("/api/satisfaction", {"value": 1}),
    ("/api/context", {"subject_kind": "enterprise"}),
    ("/api/leave", {}),
    ("/api/forget", {}),
    ("/webhooks/rest/webhook", {"sender": "a", "message": "你好"}),
]


def test_every_route_of_customers_is_here(server):
    routes = {f"/{route.path}" for route in server.app.router.routes if "POST" in route.methods}
    assert {route for route in routes if not route.startswith("/api/desk/")} == {path for path, _ in ROUTES}


@pytest.mark.parametrize(("path", "right"), ROUTES, ids=lambda value: value if isinstance(value, str) else "")
def test_every_route_of_customers_refuses_it(server, path, right):
    headers = {**server.session(), "Content-Type": "application/json"}
    fields = json.dumps(right).encode()[1:-1]
    wrong = []
    for kind, body in BAD.items():
        # With all that the route asks for around it.
        if body.startswith(b"{") and fields:
            body = b"{" + fields + b", " + body[1:]
        response = server.client.post(path, content=body, headers=headers)
        if (response.status_code, response.json()["error"]["code"]) != (400, "bad_json"):
            wrong.append((kind, response.status_code, response.text))
    assert wrong == []
