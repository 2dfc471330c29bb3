"""The door for commands on the same machine: a socket in the data folder, for its owner alone.

A command connects and writes one word; the server writes one line of JSON and closes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

_PATTERN = "control-*.sock"
# What fits the name of a socket on every system, in bytes.
_LONGEST_NAME = 100
_LONGEST_WORD = 64
_WORD_SECONDS = 5.0

Command = Callable[[], Awaitable[dict[str, Any]]]


class Control:
    """The server's side; `commands` by their word. Several servers may share a data folder."""

    def __init__(self, var: Path, commands: dict[str, Command]) -> None:
        self._path = var / f"control-{secrets.token_hex(4)}.sock"
        self._commands = commands
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begin to listen. Where that is not possible the server does without, and says so in the log."""
        sock = socket.socket(socket.AF_UNIX)
        try:
            with _short(self._path) as name:
                sock.bind(name)
            self._path.chmod(0o600)
            self._server = await asyncio.start_unix_server(self._answer, sock=sock)
        except OSError as error:
            sock.close()
            logger.warning("no door for commands", extra={"cause": error.strerror})

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            word = await asyncio.wait_for(reader.readuntil(b"\n"), _WORD_SECONDS)
            command = self._commands.get(word[:_LONGEST_WORD].decode("ascii", "replace").strip())
            said = await command() if command else {"error": "unknown command"}
            writer.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
            await writer.drain()
        except (asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            # Whoever it was is gone, or says nothing.
            pass
        finally:
            writer.close()


def tell_servers(var: Path, word: str, seconds: float) -> list[dict[str, Any]]:
    """Say a word to every server of the data folder; what each answers, within `seconds` each.

    What servers left that ended without a word is cleared away. Raises OSError for one that does not answer.
    """
    answers = []
    for path in sorted(var.glob(_PATTERN)):
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(seconds)
            try:
                with _short(path) as name:
                    sock.connect(name)
            except (ConnectionRefusedError, FileNotFoundError):
                path.unlink(missing_ok=True)
                continue
            sock.sendall(f"{word}\n".encode())
            with sock.makefile("rb") as said:
                line = said.readline()
        if not line:
            raise ConnectionError("服务没有做完就断开了，请看它的日志")
        answers.append(json.loads(line))
    return answers


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name for a socket that the system takes: through a link where its own is too long."""
    if len(os.fsencode(path)) <= _LONGEST_NAME:
        yield str(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / "v"
        link.symlink_to(path.parent.resolve(), target_is_directory=True)
        yield str(link / path.name)
