"""`python -m beian serve`: load everything, warm up, then listen; on a stop finish what was begun."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvloop
from sanic import Sanic
from sanic.server.async_server import AsyncioServer

from beian import logs
from beian.engine.assistant import Assistant
from beian.engine.endpoints import databases, open_tracker_store, read_endpoints
from beian.engine.model_file import existing_model
from beian.kb import KnowledgeBase
from beian.original import originals_from, told
from beian.server.context import Context
from beian.server.control import Control
from beian.server.metrics import Metrics
from beian.server.protocol import CheckedProtocol
from beian.settings import Settings, SettingsError
from beian.store.conversations import ConversationStore
from beian.store.schema.prepare import prepare
from beian.store.schema.sole import sole_use
from beian.tokens import load_secret

logger = logging.getLogger(__name__)

_BACKLOG = 512
_GRACE_SECONDS = 5.0
SWITCH_SECONDS = 0.0005


async def open_server(
    settings: Settings,
    model: Path | None = None,
    *,
    kb: KnowledgeBase | None = None,
    actions: str = "actions",
) -> Context:
    """Load the model and open the stores.

    Raises SettingsError, StoreError, ModelMissingError or KnowledgeError.
    """
    from beian.app import build_context

    secret = settings.secret or load_secret(settings.var)
    # The cheap things first: what is wrong with them shows at once.
    store = ConversationStore(settings.database or settings.var / "conversations.db")
    trackers = await open_tracker_store(read_endpoints(), settings.var)
    metrics = Metrics()
    assistant = await Assistant.load(
        model,
        tracker_store=trackers,
        actions=actions,
        kb=kb,
        on_action_failure=lambda action, reason: metrics.action_failures.labels(action, reason).inc(),
    )
    # What is loaded by now stays: looking through it for garbage would hold everyone up for 0.1 s.
    gc.collect()
    gc.freeze()
    context = build_context(settings, assistant, store, secret, metrics)
    context.originals = originals_from(settings.procedure, assistant.kb)
    if context.originals.faults:
        context.notices.add("procedure")
    return context


def attach(app: Sanic, context: Context) -> None:
    """Have the application take up unanswered messages, purge nightly, and stop gracefully."""
    from beian.retention.nightly import purge_nightly

    jobs: list[asyncio.Task[None]] = []

    async def reload_knowledge() -> dict[str, Any]:
        return (await context.knowledge.reload()).as_dict()

    context.control = Control(context.settings.var, {"reload": reload_knowledge})

    async def start(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        left = await context.hub.resume()
        if left:
            logger.info("unanswered messages taken up", extra={"count": left})
        days = context.settings.retention_days
        trackers = context.assistant.tracker_store
        jobs.append(loop.create_task(purge_nightly(context.store, trackers, days, context.tell_purge)))
        jobs.append(loop.create_task(context.descriptors.watch()))

    async def stop(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await context.control.close()
        for job in jobs:
            job.cancel()
        await context.hub.stop()
        if context.turns:
            await asyncio.wait(set(context.turns), timeout=10)

    async def close(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        broker = context.assistant.tracker_store.event_broker
        if broker is not None:
            await broker.close()
        context.assistant.close()
        context.store.close()
        context.assistant.tracker_store.close()
        logger.info("stopped")

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")
    app.register_listener(close, "after_server_stop")


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


def serve(
    settings: Settings,
    model: Path | None = None,
    begun: float | None = None,
    *,
    actions: str = "actions",
    say: Callable[[str], None] = logger.warning,
) -> None:
    """Serve until SIGINT or SIGTERM. `begun` is when the command was given (time.monotonic).

    `say` gets a sentence for each thing that was done to the databases before they are used, and the faults
    of the document that was given.
    Raises SettingsError, StoreError, ModelMissingError or KnowledgeError before anything listens.
    """
    logs.configure()
    # The threads that work for the loop shall not wait long for it, nor it for them.
    sys.setswitchinterval(SWITCH_SECONDS)
    if model is not None:
        existing_model(model)
    places = databases(settings, read_endpoints())
    sock = listening_socket(settings.host, settings.port)
    try:
        with sole_use(places):
            prepare(places, "files", say)
            _serve(settings, model, begun, actions, sock, say)
    finally:
        sock.close()


def _serve(
    settings: Settings,
    model: Path | None,
    begun: float | None,
    actions: str,
    sock: socket.socket,
    say: Callable[[str], None],
) -> None:
    loop = uvloop.new_event_loop()
    asyncio.set_event_loop(loop)
    context = loop.run_until_complete(open_server(settings, model, actions=actions))
    from beian.app import build_app

    faults = told(context.originals)
    if faults:
        say(faults)
    app = build_app(context)
    attach(app, context)
    logger.info(
        "listening",
        extra={
            "address": f"http://{settings.host}:{settings.port}/",
            "model": context.assistant.model_name,
            "kb_version": context.assistant.kb.version,
            "start_seconds": round(time.monotonic() - begun, 1) if begun is not None else None,
        },
    )
    loop.run_until_complete(_serve_until_stopped(app, sock, context))
    loop.close()


async def _serve_until_stopped(app: Sanic, sock: socket.socket, context: Context) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    # Sanic listens before it calls any listener: this comes before both.
    await context.hub.try_again()
    server = await start(app, sock)
    await stopped.wait()
    await stop(app, server)


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
