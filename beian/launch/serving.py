"""Serving until a signal says stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import uvloop
from sanic import Sanic

from beian import logs
from beian.engine.endpoints import databases, read_endpoints
from beian.engine.model_file import existing_model
from beian.launch.listening import listening_socket, start, stop
from beian.launch.opening import attach, open_server
from beian.original import faults_text
from beian.server.context import Context
from beian.settings import Settings
from beian.store.schema.prepare import prepare
from beian.store.schema.sole import sole_use

logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005


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

    faults = faults_text(context.originals)
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
