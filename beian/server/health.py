"""For operators: is it alive, can it answer, how does it do."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from beian.contract.customer import Ok, Ready
from beian.contract.routes import OPERATORS
from beian.server.context import Context
from beian.server.routing import add_route
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore

CHECK_SECONDS = 1.0
LOOK_SECONDS = 1.0
"""How long a store may take to be written before it counts as one that cannot be."""


class _Stores:
    """Whether both stores can be written. Looked at once a second at most: each look writes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._until = 0.0
        self._looks: dict[str, asyncio.Task[bool]] = {}

    async def faults(self) -> list[str]:
        """The names of the stores that cannot be written, or not soon."""
        now = time.monotonic()
        if now >= self._until:
            self._until = now + CHECK_SECONDS
            stores: dict[str, ConversationStore | MaskedTrackerStore] = {
                "store": self._context.store,
                "tracker_store": self._context.assistant.tracker_store,
            }
            for name, store in stores.items():
                # A look that still waits is not begun again.
                if name not in self._looks or self._looks[name].done():
                    self._looks[name] = asyncio.get_running_loop().create_task(_can_be_written(store))
        await asyncio.wait(set(self._looks.values()), timeout=LOOK_SECONDS)
        return [name for name, look in self._looks.items() if not look.done() or not look.result()]


async def _can_be_written(store: ConversationStore | MaskedTrackerStore) -> bool:
    try:
        await store.threads.write(store.check)
    except StoreError:
        return False
    return True


def health(context: Context) -> Blueprint:
    """/healthz and /readyz are open and say nothing of interest; /metrics is guarded."""
    blueprint = Blueprint("health")

    async def healthz(request: Request) -> HTTPResponse:
        return json(Ok(ok=True))

    checked = _Stores(context)

    async def readyz(request: Request) -> HTTPResponse:
        faults = ["stopping"] if context.hub.stopping else []
        faults += ["descriptors"] if context.descriptors.is_short else []
        faults += await checked.faults()
        state = Ready(ready=not faults, faults=faults)
        if context.notices:
            state["notices"] = sorted(context.notices)
        return json(state, status=503 if faults else 200)

    async def metrics(request: Request) -> HTTPResponse:
        context.check_key(request, context.settings.metrics_token)
        return raw(context.metrics.text(), content_type=CONTENT_TYPE_LATEST)

    handlers = {"healthz": healthz, "readyz": readyz, "metrics": metrics}
    for route in OPERATORS:
        add_route(blueprint, route, handlers[route.name])
    return blueprint
