"""A server out of its parts: the model loaded, the stores open, the jobs that run beside it."""

from __future__ import annotations

import asyncio
import gc
import logging
from pathlib import Path
from typing import Any

from sanic import Sanic

from beian.engine.assistant import Assistant
from beian.engine.endpoints import open_tracker_store, read_endpoints
from beian.kb import KnowledgeBase
from beian.original import originals_from
from beian.server.context import Context
from beian.server.control import Control
from beian.server.metrics import Metrics
from beian.settings import Settings
from beian.store.conversations import ConversationStore
from beian.tokens import load_secret

logger = logging.getLogger(__name__)


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
