"""The socket: taken, listened on, and closed when what was begun is finished."""

from __future__ import annotations

import asyncio
import socket

from sanic import Sanic
from sanic.server.async_server import AsyncioServer

from beian import logs
from beian.server.protocol import CheckedProtocol
from beian.settings import SettingsError

_BACKLOG = 512
_GRACE_SECONDS = 5.0


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket; taken before the model is loaded, so that a port in use shows at once.

    Raises SettingsError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise SettingsError(f"不能监听 {host}:{port}：{error.strerror}") from error
    return sock


async def start(app: Sanic, sock: socket.socket) -> AsyncioServer:
    """Begin to listen on `sock` in the running event loop."""
    asyncio.get_running_loop().set_exception_handler(logs.log_loop_fault)
    # Whoever sees it answer finds the door for commands.
    await app.ctx.server.control.open()
    server = await app.create_server(
        sock=sock,
        backlog=_BACKLOG,
        access_log=False,
        return_asyncio_server=True,
        protocol=CheckedProtocol,
    )
    await server.startup()
    await server.before_start()
    await server.after_start()
    return server


async def stop(app: Sanic, server: AsyncioServer) -> None:
    """Listen no more, finish what was begun, and close everything."""
    server.server.close()
    await server.before_stop()
    for connection in list(server.connections):
        connection.close_if_idle()
    for _ in range(int(_GRACE_SECONDS * 20)):
        if not server.connections:
            break
        await asyncio.sleep(0.05)
    for connection in list(server.connections):
        connection.abort()
    await server.after_stop()
