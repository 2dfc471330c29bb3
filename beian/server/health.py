"""For operators: is it alive, can it answer, how does it do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from beian.server.context import Context
from beian.server.database import StoreError
from beian.server.store import ConversationStore

if TYPE_CHECKING:
    from beian.server.trackers import MaskedTrackerStore

CHECK_SECONDS = 1.0


class _Stores:
    """Whether both stores can be written. Looked at once a second at most: each look writes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._until, self._faults = 0.0, list[str]()

    def faults(self) -> list[str]:
        """The names of the stores that cannot be written."""
        now = time.monotonic()
        if now >= self._until:
            written = {
                "store": _can_be_written(self._context.store),
                "tracker_store": _can_be_written(self._context.assistant.tracker_store),
            }
            self._faults = [name for name, is_well in written.items() if not is_well]
            self._until = now + CHECK_SECONDS
        return self._faults


def _can_be_written(store: ConversationStore | MaskedTrackerStore) -> bool:
    try:
        store.check()
    except StoreError:
        return False
    return True


def health(context: Context) -> Blueprint:
    """/healthz and /readyz are open and say nothing of interest; /metrics is guarded."""
    blueprint = Blueprint("health")

    @blueprint.get("/healthz")
    async def healthz(request: Request) -> HTTPResponse:
        return json({"ok": True})

    checked = _Stores(context)

    @blueprint.get("/readyz")
    async def readyz(request: Request) -> HTTPResponse:
        faults = (["stopping"] if context.hub.stopping else []) + checked.faults()
        return json({"ready": not faults, "faults": faults}, status=503 if faults else 200)

    @blueprint.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        context.check_key(request, context.settings.metrics_token)
        return raw(context.metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
