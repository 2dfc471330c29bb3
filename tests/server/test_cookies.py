"""Cookies as browsers send them, and headers that no browser would."""

import ast

import httpx
import pytest
from sanic.compat import Header

from beian.server.cookies import cookie_of
from beian.settings import ROOT
from tests.patience import PATIENCE

ODD = [
    *(
        "====",
        "=x",
        "a=1; [=2",
        "a/b=c",
        "a:b=1;,=2",
        "a b=c",
        ";;;=;;",
        "名=x",
        "a=\x80\xff",
        "expires=x; a",
    ),
    *('a="' + "\\" * 3000 + '"', 'a="' + '\\"' * 1500 + '"', "; ".join(["a=b"] * 700), "=" * 3500, '"'),
]


class Asked:
    def __init__(self, *cookies):
        self.headers = Header([("Cookie", cookie) for cookie in cookies])


def test_a_cookie_is_found_by_its_name():
    asked = Asked("a=1; b=2;c = 3 ; d; e=x=y; a=4")
    assert [cookie_of(asked, name) for name in "abcdef"] == ["1", "2", "3", None, "x=y", None]
    assert cookie_of(Asked("a=1", "b=2"), "b") == "2"
    assert cookie_of(Asked(), "a") is None


@pytest.mark.parametrize(
    "path", ["/api/desk/me", "/api/desk/events", "/api/desk/numbers.csv", "/desk", "/chat"]
)
def test_no_cookie_is_an_error_of_the_server(server, path):
    for cookie in ODD:
        headers = {"Cookie": cookie.encode("utf-8" if "名" in cookie else "latin-1")}
        assert httpx.get(server.url + path, headers=headers, timeout=PATIENCE).status_code in (200, 401), (
            cookie
        )
    body = {"name": "a", "password": "b"}
    answers = [
        httpx.post(f"{server.url}/api/desk/login", json=body, headers={"Cookie": cookie}, timeout=PATIENCE)
        for cookie in ODD[:3]
    ]
    assert {answer.status_code for answer in answers} <= {401, 429}


def test_nothing_reads_cookies_in_another_way():
    """What the framework makes of them fails on some, and takes long for others."""
    read = [
        f"{path}:{node.lineno}"
        for path in sorted((ROOT / "beian").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "cookies" and ast.unparse(node.value) == "request"
    ]
    assert read == []
