"""For operators: is it alive, can it answer, how does it do."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from beian.server.context import Context
from beian.server.database import StoreError
from beian.server.security import check_bearer


def health(context: Context) -> Blueprint:
    """/healthz and /readyz are open and say nothing of interest; /metrics is guarded."""
    blueprint = Blueprint("health")

    @blueprint.get("/healthz")
    async def healthz(request: Request) -> HTTPResponse:
        return json({"ok": True})

    @blueprint.get("/readyz")
    async def readyz(request: Request) -> HTTPResponse:
        faults = []
        if context.hub.stopping:
            faults.append("stopping")
        try:
            context.store.check()
        except StoreError:
            faults.append("store")
        try:
            context.assistant.tracker_store.check()
        except StoreError:
            faults.append("tracker_store")
        return json({"ready": not faults, "faults": faults}, status=503 if faults else 200)

    @blueprint.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        check_bearer(request, context.settings.metrics_token, context.settings)
        return raw(context.metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
