"""Reading requests: JSON objects with the fields the interface names, or an error that says what is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

from sanic.request import Request

from beian.server.errors import ApiError

_CLIENT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def json_object(request: Request) -> dict[str, Any]:
    """The request's body as a JSON object; raises ApiError."""
    try:
        body = json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ApiError("bad_json") from error
    if not isinstance(body, dict):
        raise ApiError("not_object")
    # Half of a surrogate pair can be written in JSON, and in no text that is stored or sent.
    if b"\\ud" in request.body.lower():
        body = _without_surrogates(body)
    return body


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def text_of(body: dict[str, Any], key: str, code: str) -> str:
    """A field that must be a string; raises ApiError(code)."""
    value = body.get(key)
    if not isinstance(value, str):
        raise ApiError(code)
    return value


def client_id_of(body: dict[str, Any]) -> str:
    """The client's own id of a message."""
    value = body.get("client_id")
    if not isinstance(value, str) or not _CLIENT_ID.fullmatch(value):
        raise ApiError("bad_client_id")
    return value


def number_of(value: Any, lowest: int = 0, highest: int = 2**31 - 1) -> int:
    """A whole number in the given range, also when it is written as a string; raises ApiError."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise ApiError("bad_value")
    return value
