"""The HTTP server: every route, and what goes around each request."""

from __future__ import annotations

import logging
import secrets
import time

from sanic import Sanic
from sanic.constants import HTTP_METHODS
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from beian.desk.routes import desk_routes
from beian.engine.assistant import Assistant
from beian.logs import frames_of, request_id
from beian.server.channel import channel
from beian.server.context import Context
from beian.server.errors import ApiError, as_api_error, error_response
from beian.server.health import health
from beian.server.hub import Hub
from beian.server.metrics import Metrics
from beian.server.pages import error_page, pages
from beian.server.reload import Reloader
from beian.server.rest import rest
from beian.server.security import add_headers, check_host
from beian.settings import Settings
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.text import patterns
from beian.tokens import Signer

access = logging.getLogger("beian.access")
logger = logging.getLogger(__name__)

_REQUEST_ID = patterns.compile(r"[A-Za-z0-9-]{8,64}")
_LARGEST_BODY = 256 * 1024
"""What is read at all, for the routes of agents; customers' routes stop at Settings.max_body."""


class _JsonErrors(ErrorHandler):
    """Any exception as docs/api.md describes errors; the unexpected ones are logged without their text."""

    def default(self, request: Request | None, exception: Exception) -> HTTPResponse:
        if isinstance(exception, StoreError):
            logger.error("store failed", extra={"cause": str(exception)})
            if request is not None:
                request.app.ctx.server.metrics.store_errors.inc()
            return error_response(ApiError("store", retry_after=5))
        if not isinstance(exception, SanicException):
            # Its message may quote a customer; the traceback without it is enough.
            logger.error(
                "request failed", extra={"reason": type(exception).__name__, "at": frames_of(exception)}
            )
        error = as_api_error(exception)
        page = error_page(request, error, request.app.ctx.server.settings) if request is not None else None
        return page or error_response(error)

    def log(self, request: Request, exception: Exception) -> None:
        """Nothing: `default` logs what is worth it."""


def build_context(
    settings: Settings,
    assistant: Assistant,
    store: ConversationStore,
    secret: str,
    metrics: Metrics | None = None,
) -> Context:
    """Put together what the routes share."""
    metrics = metrics or Metrics()
    metrics.build.info({"kb_version": assistant.kb.version, "model": assistant.model_name})
    hub = Hub(assistant, store, metrics)
    context = Context(settings, assistant, store, hub, metrics, Signer(secret, settings.secret_old))
    context.knowledge = Reloader(context)
    return context


def build_app(context: Context, name: str | None = None) -> Sanic:
    """The application with all routes; `app.ctx.server` is the context."""
    # Sanic keeps all applications of a process by name: each gets one of its own.
    app = Sanic(
        name or f"beian-{secrets.token_hex(4)}",
        configure_logging=False,
        error_handler=_JsonErrors(),
        # One address for each route: what a proxy or a header decides by the path holds for all of it.
        strict_slashes=True,
    )
    app.ctx.server = context
    app.config.update(
        {
            "REQUEST_MAX_SIZE": _LARGEST_BODY,
            "REQUEST_MAX_HEADER_SIZE": 8192,
            "REQUEST_TIMEOUT": context.settings.request_seconds,
            "RESPONSE_TIMEOUT": 60,
            "KEEP_ALIVE_TIMEOUT": 3 * context.settings.request_seconds,
            "GRACEFUL_SHUTDOWN_TIMEOUT": 10.0,
            "ACCESS_LOG": False,
            "FALLBACK_ERROR_FORMAT": "json",
            "PROXIES_COUNT": 0,
        }
    )
    for blueprint in (
        pages(context.settings),
        health(context),
        channel(context),
        rest(context),
        desk_routes(context),
    ):
        app.blueprint(blueprint)
    app.register_middleware(_before, "request")
    app.register_middleware(_after, "response")
    return app


async def _before(request: Request) -> None:
    given = request.headers.get("x-request-id", "")
    request.ctx.id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    request.ctx.begun = time.perf_counter()
    request_id.set(request.ctx.id)
    check_host(request, request.app.ctx.server.settings)


async def _after(request: Request, response: BaseHTTPResponse) -> None:
    context: Context = request.app.ctx.server
    add_headers(request, response, context.settings)
    identity = getattr(request.ctx, "id", "-")
    response.headers["X-Request-ID"] = identity
    # The route's pattern, not the path: a path may hold anything.
    route = f"/{request.route.path}" if request.route else "unknown"
    seconds = time.perf_counter() - getattr(request.ctx, "begun", time.perf_counter())
    method = request.method if request.route else "-"
    context.metrics.requests.labels(method, route, str(response.status)).inc()
    context.metrics.request_seconds.labels(route).observe(seconds)
    access.info(
        "request",
        extra={
            # Any word may stand where the method belongs.
            "method": request.method if request.method in HTTP_METHODS else "-",
            "route": route,
            "status": response.status,
            "ms": round(seconds * 1000, 2),
        },
    )
