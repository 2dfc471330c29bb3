"""The cookies of a request, read as browsers write them.

The framework's own reading fails on names that it does not like, and takes long for a quoted value.
"""

from __future__ import annotations

from sanic.request import Request


def cookie_of(request: Request, name: str) -> str | None:
    """The value of the first cookie with this name, None without one. Takes time linear in the headers."""
    for header in request.headers.getall("cookie", []):
        for pair in header.split(";"):
            found, equals, value = pair.partition("=")
            if equals and found.strip() == name:
                return str(value.strip())
    return None
