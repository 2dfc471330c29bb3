"""What the head of an HTTP request must look like, before the framework reads a word of it.

The framework trusts lengths, codings and targets more than it should: what it would misread, wait on
for ever or answer with a fault of its own is refused here. It is also what a strict proxy refuses, so
that no two readers of the same bytes see different requests in them.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from httptools import HttpParserInvalidURLError, parse_url

from beian.text import patterns

_REQUEST_LINE = patterns.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,24}) (/[!-~]*) HTTP/1\.([01])")
_NAME = patterns.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_A_VALUE = patterns.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_ESCAPE = patterns.backtracking(r"%(?![0-9A-Fa-f]{2})")
_LENGTH = patterns.compile(r"[0-9]{1,10}")
_HOST = patterns.compile(r"[0-9A-Za-z._~%:\[\]-]*")
_CHUNK_LINE = patterns.compile(r"([0-9A-Fa-f]{1,8})(?:;[\t -~]*)?")
_ONCE = ("host", "content-length", "transfer-encoding", "expect")


class BadHeadError(ValueError):
    """The request cannot be read; its text says what is wrong and quotes nothing of it."""


def check_head(head: bytes) -> None:
    """Check the request line and all header lines, without the empty line. Raises BadHeadError."""
    request_line, *lines = head.decode("latin-1").split("\r\n")
    line = _REQUEST_LINE.fullmatch(request_line)
    if line is None:
        raise BadHeadError("request line")
    _check_target(line[2])
    headers = _headers(lines)
    length, coding = headers.get("content-length"), headers.get("transfer-encoding")
    if length is not None and not _LENGTH.fullmatch(length):
        raise BadHeadError("content-length")
    if coding is not None and (coding != "chunked" or length is not None or line[3] == "0"):
        raise BadHeadError("transfer-encoding")
    if not _HOST.fullmatch(headers.get("host", "")):
        raise BadHeadError("host")


def _check_target(target: str) -> None:
    """Check path and query: escapes are of text, in UTF-8 without NUL. Raises BadHeadError."""
    if "#" in target or _BAD_ESCAPE.search(target):
        raise BadHeadError("request target")
    try:
        parse_url(target.encode("ascii"))
        text = unquote_to_bytes(target).decode("utf-8")
    except (HttpParserInvalidURLError, UnicodeError) as error:
        raise BadHeadError("request target") from error
    if "\0" in text:
        raise BadHeadError("request target")


def chunk_size(line: bytes) -> int:
    """The size that the line before a chunk gives; extensions are passed over. Raises BadHeadError."""
    found = _CHUNK_LINE.fullmatch(line.decode("latin-1"))
    if found is None:
        raise BadHeadError("chunk")
    return int(found[1], 16)


def _headers(lines: list[str]) -> dict[str, str]:
    """The headers that may stand once, by name."""
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        # A folded line begins with a blank, and has no name.
        if not colon or not _NAME.fullmatch(name) or _NOT_IN_A_VALUE.search(value):
            raise BadHeadError("header")
        name = name.lower()
        if name not in _ONCE:
            continue
        if name in found:
            raise BadHeadError(f"second {name}")
        # Blanks behind a value are left: the framework would read them as a part of it.
        found[name] = value.lstrip(" \t")
    return found
