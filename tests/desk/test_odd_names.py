"""Names in the desk's addresses that clients and proxies may rewrite, or that are nobody's."""

import http.client
import json

import pytest

from beian.store.desk.agents import AccountError, checked_name
from tests.patience import PATIENCE

ODD = [
    ".",
    "..",
    "%2e",
    "%2E%2E",
    "...",
    "%00",
    "%2F",
    "a%2Fb",
    "%",
    "%zz",
    "%ff",
    ";x",
    "~",
    "%20",
    "%5c",
    "a" * 3000,
]
ODD += [
    "%E5%8F%98",
    "*",
    "%3F",
    "%23",
    "w-",
    "api-%00",
    "..%2f..%2fme",
    "conversations",
    "claim",
    "-",
    "%7Bname%7D",
]


def raw(server, li, method, path):
    """The answer to a request whose address no client has tidied up."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "X-CSRF": li.profile["csrf"]}
    headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in li.http.cookies.items())
    connection.putrequest(method, path, skip_accept_encoding=True)
    body = b"{}" if method == "POST" else b""
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


@pytest.mark.parametrize("name", ODD, ids=lambda name: name[:12])
@pytest.mark.parametrize(
    ("method", "rest"), [("GET", ""), ("GET", "/suggestions"), ("POST", "/claim"), ("POST", "/close")]
)
def test_nobodys_name_is_not_found(desk_server, li, method, rest, name):
    status, body = raw(desk_server, li, method, f"/api/desk/conversations/{name}{rest}")
    assert status in (400, 404), body
    error = json.loads(body)["error"]
    assert error["code"] in ("not_found", "bad_request", "no_conversation", "bad_address"), error
    assert any("\u4e00" <= char <= "\u9fff" for char in error["message"])


@pytest.mark.parametrize("name", [".", "..", "．", "。"[:0] or "...", "‥"])
def test_no_account_has_a_name_that_leads_elsewhere(name):
    with pytest.raises(AccountError):
        checked_name(name)
