"""Where the server is and how it is spoken to: from the command line, the environment or the ini file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

SECONDS = 30.0
"""How long an answer may take, where nothing else is said."""
_HELP = {
    "url": "test the server running at this URL",
    "key": "the server's API key",
    "today": "the date the server was started with",
    "timeout": f"seconds to wait for an answer ({SECONDS:g})",
}


@dataclass(frozen=True)
class Server:
    """The server under test: address, key, the date it was started with, seconds to wait for an answer."""

    url: str
    key: str | None
    today: date | None
    seconds: float


def add_options(group: Any, parser: pytest.Parser) -> None:
    """Declare each setting three times: `--assistant-url`, `ASSISTANT_URL` and `assistant_url`."""
    for name, words in _HELP.items():
        group.addoption(
            f"--assistant-{name}",
            metavar=name.upper(),
            help=f"{words} (ASSISTANT_{name.upper()})",
        )
        parser.addini(f"assistant_{name}", words, default="")


def given(config: pytest.Config, name: str) -> tuple[str, str]:
    """A setting and where it comes from: the command line, else the environment, else the ini file."""
    places = (
        (config.getoption(f"--assistant-{name}"), f"--assistant-{name}"),
        (os.environ.get(f"ASSISTANT_{name.upper()}"), f"ASSISTANT_{name.upper()}"),
        (config.getini(f"assistant_{name}"), f"assistant_{name}"),
    )
    return next(((value.strip(), place) for value, place in places if value and value.strip()), ("", ""))


def server_of(config: pytest.Config) -> Server | None:
    """The server to test, None when none is named; raises pytest.UsageError for a value that cannot be."""
    url, place = given(config, "url")
    today, seconds = _today(config), _seconds(config)
    if not url:
        return None
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise pytest.UsageError(f"{place}：{url} 不是网址，应写成 http://127.0.0.1:5005 的样子")
    return Server(url, given(config, "key")[0] or None, today, seconds)


def _today(config: pytest.Config) -> date | None:
    text, place = given(config, "today")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise pytest.UsageError(f"{place}：{text} 不是日期，应写成 2026-03-02 的样子") from error


def _seconds(config: pytest.Config) -> float:
    text, place = given(config, "timeout")
    try:
        seconds = float(text or SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise pytest.UsageError(f"{place}：{text} 应是大于 0 的秒数")
    return seconds
