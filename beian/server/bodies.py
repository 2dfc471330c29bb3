"""Reading requests: JSON objects with the fields the interface names, or an error that says what is wrong."""

from __future__ import annotations

import json
import math
from typing import Any

from sanic.request import Request

from beian.server.errors import ApiError
from beian.text import patterns

MOST_DEPTH = 20
_ODD_CHARACTERS = "请求里有不能保存的字符（NUL，或残缺的表情符号），请去掉后再发。"
_CLIENT_ID = patterns.compile(r"[A-Za-z0-9._-]{1,64}")


def json_object(request: Request) -> dict[str, Any]:
    """The request's body as a JSON object that can be stored and sent on by anybody; raises ApiError.

    That is: UTF-8, no half surrogate pairs, no NUL, no number beyond a float, at most MOST_DEPTH levels.
    """
    try:
        body = json.loads(
            request.body.decode("utf-8"),
            parse_constant=_no_number,
            parse_float=_finite_float,
            parse_int=_finite_int,
        )
    except (ValueError, RecursionError) as error:
        raise ApiError("bad_json") from error
    if not isinstance(body, dict):
        raise ApiError("not_object")
    _check_values(body)
    return body


def _check_values(body: dict[str, Any]) -> None:
    """Look at every text and every level, without recursion. Raises ApiError."""
    waiting: list[tuple[Any, int]] = [(body, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            if not _is_text(value):
                raise ApiError("bad_json", _ODD_CHARACTERS)
        elif isinstance(value, (dict, list)):
            if depth > MOST_DEPTH:
                raise ApiError("bad_json", f"请求内容嵌套太深：最多 {MOST_DEPTH} 层。")
            inside = [*value, *value.values()] if isinstance(value, dict) else value
            waiting += [(item, depth + 1) for item in inside]


def _is_text(value: str) -> bool:
    try:
        return b"\0" not in value.encode("utf-8")
    except UnicodeEncodeError:
        return False


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("the number is too large")
    return value


def _finite_int(digits: str) -> int:
    # What other programs read as a float must not become infinite there.
    _finite_float(digits)
    return int(digits)


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
