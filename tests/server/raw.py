"""Requests as bytes on a socket: shapes that no client library would send."""

import re
import socket

MARK = "jia-mark-7130"
"""Stands in every shape; it must not come up in a log."""
BODY = b'{"sender": "a", "message": "' + MARK.encode() + b'"}'
ROUTES = ("GET /healthz", "POST /api/sessions", "POST /webhooks/rest/webhook", "GET /nowhere")


def request(line="POST /webhooks/rest/webhook HTTP/1.1", *headers, body=b"", host="localhost"):
    lines = [line, *([f"Host: {host}"] if host is not None else []), f"X-Note: {MARK}", *headers]
    text = "\r\n".join(one.decode("latin-1") if isinstance(one, bytes) else one for one in lines)
    return text.encode("latin-1") + b"\r\n\r\n" + body


def _lengths():
    odd = [
        "-5",
        "-0",
        "+5",
        "0x10",
        "0X1",
        "1e1",
        "5_0",
        "",
        " ",
        "5 5",
        "5, 5",
        "5,5",
        "5;5",
        "5.0",
        "٥",
        "５",
    ]
    odd += ["0" * 11, "1" * 30, "nan", "inf", "5\t", "5 ", "\t", '"5"', "5\x0b", "1 1", "''", MARK]
    for route in ROUTES[:2]:
        for value in odd:
            value = value.encode().decode("latin-1")
            yield request(f"{route} HTTP/1.1", f"Content-Length: {value}", body=BODY[:5])
    for first, second in (("5", "5"), ("5", "6"), ("5", "-5"), ("", "5")):
        for route in ROUTES:
            headers = f"Content-Length: {first}", f"content-length: {second}"
            yield request(f"{route} HTTP/1.1", *headers, body=BODY[:6])


def _codings():
    odd = ["Chunked", "CHUNKED", "xchunked", "chunkedx", "gzip", "identity", "identity, chunked", ""]
    odd += ["chunked, chunked", "chunked,", ", chunked", "chunked ", "chunked\t", '"chunked"', "chunked;q=1"]
    odd += ["gzip, chunked", "deflate", "\xa0chunked", "chunked\x0b", MARK]
    for route in ROUTES[1:]:
        for value in odd:
            yield request(f"{route} HTTP/1.1", f"Transfer-Encoding: {value}", body=b"0\r\n\r\n")
    for more in ("Content-Length: 5", "content-length: 0", "Transfer-Encoding: gzip"):
        for headers in ((more, "Transfer-Encoding: chunked"), ("Transfer-Encoding: chunked", more)):
            yield request("POST /api/sessions HTTP/1.1", *headers, body=b"0\r\n\r\n")
    twice = ["Transfer-Encoding: chunked"] * 2
    yield request("POST /api/sessions HTTP/1.1", *twice, body=b"0\r\n\r\n")
    yield request("POST /api/sessions HTTP/1.0", "Transfer-Encoding: chunked", body=b"0\r\n\r\n")


def _targets():
    odd = [b"", b"/\xff", b"/\xe6\x9d\xa1", b"*", b"http://localhost/healthz", b"healthz", b"//\xff", b"/a b"]
    odd += [b"/\x00", b"/a\x7f", b"/\t", b"/%00", b"/%", b"/%z1", b"/%1", b"/%ff", b"/%ED%A0%80", b"/%C0%80"]
    odd += [
        b"/?q=%00",
        b"/?q=%ff",
        b"/?q=%ED%BF%BF",
        b"/?%00=1",
        b"/?q=%",
        b"/#part",
        b"?q=1",
        b"localhost:80",
    ]
    odd += [b"/api/facts/%00", b"/api/desk/conversations/%ED%A0%80", b"/\x85", b"/\r", b"/\n"]
    for method in (b"GET", b"POST"):
        for target in odd:
            yield request(method + b" " + target + b" HTTP/1.1")


def _lines():
    odd = ["", " ", "GET", "GET /", "GET /healthz", "GET /healthz HTTP/1.1 x", "GET  /healthz HTTP/1.1"]
    odd += [
        "GET /healthz  HTTP/1.1",
        "GET\t/healthz\tHTTP/1.1",
        " GET /healthz HTTP/1.1",
        "/healthz HTTP/1.1",
    ]
    odd += [f"GET /healthz {version}" for version in ("HTTP/0.9", "HTTP/1.2", "HTTP/2", "HTTP/9", "http/1.1")]
    odd += [
        f"GET /healthz {version}" for version in ("HTTP/1.1.1", "HTTP/-1.1", "HTTPS/1.1", "HTTP/1.", MARK)
    ]
    odd += [
        "G(T /healthz HTTP/1.1",
        "G\x00T /healthz HTTP/1.1",
        "GÉT /healthz HTTP/1.1",
        "G" * 30 + " / HTTP/1.1",
    ]
    odd += ["PRI * HTTP/2.0", "\x16\x03\x01\x02", "GET /healthz HTTP/1.1\n", "GET /healthz HTTP/1.1\r", "{}"]
    for line in odd:
        yield request(line)


def _headers():
    odd = [
        "no colon",
        ": no name",
        "a b: c",
        "a : b",
        " folded: x",
        "\tfolded",
        "a\x00b: c",
        "a: b\x00c",
        "名: x",
    ]
    odd += [
        "a: b\nc: d",
        "a: b\rc: d",
        "a: b\x0bc",
        "a: \x1b[31m",
        "a: b\x7f",
        "a\r: b",
        "a\n: b",
        "(a): b",
        "a@b: c",
    ]
    odd += [
        "Host: localhost",
        "Host: a b",
        "Host: a/b",
        "Host: a@b",
        "Host: a,b",
        "Host: \xff",
        "Expect: a\x00",
    ]
    for header in odd:
        yield request("GET /healthz HTTP/1.1", header.encode().decode("latin-1"))
    for host in ("a b", "a,b", "user@localhost", "localhost/x", "\xff", "<b>"):
        yield request("GET /healthz HTTP/1.1", host=host)


def _chunks():
    odd = [
        b"zz" + MARK.encode(),
        b"",
        b" 5",
        b"-5",
        b"+5",
        b"0x5",
        b"5 ",
        b"5_0",
        b"5\x00",
        b"\xff",
        b"5\n",
        b"g",
    ]
    odd += [b"123456789", b"5;\x00", b"5;\xff", b"5 ;a", b"1" * 80, b"\xe6\x88\x91", b"5\r", MARK.encode()]
    for route in ROUTES[1:3]:
        for line in odd:
            chunked = line + b"\r\n" + BODY[:5] + b"\r\n0\r\n\r\n"
            yield request(f"{route} HTTP/1.1", "Transfer-Encoding: chunked", body=chunked)
        bodies = [
            b"5\r\n" + BODY[:6] + b"\r\n0\r\n\r\n",
            b"5\r\n" + BODY[:4] + b"\r\n0\r\n\r\n",
            b"0\r\nX-Trailer: " + MARK.encode() + b"\r\n\r\n",
            b"2\r\n{}\n0\r\n\r\n",
            b"0\r\nxx",
        ]
        for chunked in bodies:
            yield request(f"{route} HTTP/1.1", "Transfer-Encoding: chunked", body=chunked)


KINDS = {
    "length": list(_lengths()),
    "coding": list(_codings()),
    "target": list(_targets()),
    "line": list(_lines()),
    "header": list(_headers()),
    "chunk": list(_chunks()),
}


def connect(port, data=b""):
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    if data:
        connection.sendall(data)
    return connection


def everything(connection):
    """All that comes until the server closes the connection."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    connection.close()
    return b"".join(parts)


def exchange(port, data):
    return everything(connect(port, data))


def status_of(response):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", response)
    return int(found[1]) if found else None


def drip(connection, data, pause):
    """Send a byte each `pause` seconds while the server listens; what it said, and how many it took."""
    connection.settimeout(pause)
    for sent, byte in enumerate(data):
        try:
            connection.sendall(bytes([byte]))
            said = connection.recv(65536)
        except TimeoutError:
            continue
        except ConnectionError:
            return b"", sent
        connection.settimeout(30)
        return said + everything(connection), sent
    connection.close()
    return b"", len(data)
