"""What the routes share: settings, assistant, stores, limits, metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from sanic.request import Request

from beian.contract.customer import Staffing
from beian.engine.assistant import Assistant
from beian.original import Originals
from beian.server.connections import Descriptors
from beian.server.control import Control
from beian.server.errors import ApiError
from beian.server.hub import Hub
from beian.server.limits import RateLimiter, Seats
from beian.server.metrics import Metrics
from beian.server.reload import Reloader
from beian.server.security import check_bearer, check_body, check_json_type, check_origin, client_address
from beian.settings import Settings
from beian.store.conversations import ConversationStore
from beian.tokens import Signer

T = TypeVar("T")
_STREAM_SECONDS = 5


@dataclass
class Context:
    """One running server. The agents' desk reaches everything through it as well (app.ctx.server)."""

    settings: Settings
    assistant: Assistant
    store: ConversationStore
    hub: Hub
    metrics: Metrics
    signer: Signer
    limiters: dict[str, RateLimiter] = field(default_factory=dict)
    turns: set[asyncio.Task[Any]] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)
    """What somebody should look at, though the server answers."""
    descriptors: Descriptors = field(default_factory=Descriptors)
    originals: Originals = field(default_factory=Originals)
    """The sections of the document itself, where it was given."""

    knowledge: Reloader = field(init=False)
    """Has the knowledge base read anew; set once the rest is put together."""

    control: Control = field(init=False)
    """The door for commands of this machine; open while the server listens."""

    staffing: Callable[[str], Staffing] | None = None
    """Whether people are there and when, as the desk knows it; waits for the store."""

    may_rate: Callable[[str], bool] | None = None
    """Whether a conversation is to be asked how a person served it; waits for the store."""

    def __post_init__(self) -> None:
        rates = self.settings.rates
        for name in ("session", "address", "new_sessions", "api_key"):
            self.limiters[name] = RateLimiter(*getattr(rates, name))
        self.streams = Seats(self.settings.max_streams_address)

    @property
    def in_flight(self) -> int:
        """Messages that are being answered or wait for it."""
        return self.hub.waiting + len(self.turns)

    def address(self, request: Request) -> str:
        """The client's address."""
        return client_address(request, self.settings)

    def limit(self, name: str, key: str) -> None:
        """Count a request against a limit; raises ApiError with the seconds to wait."""
        wait = self.limiters[name].wait(key)
        if wait:
            self._refuse(name, wait)

    @contextmanager
    def stream(self, request: Request) -> Iterator[None]:
        """Hold one of the streams of the client's address; raises ApiError when it has too many."""
        key = self.address(request)
        if not self.streams.take(key):
            self._refuse("streams", _STREAM_SECONDS)
        try:
            yield
        finally:
            self.streams.leave(key)

    def _refuse(self, name: str, wait: int) -> NoReturn:
        self.metrics.rate_limited.labels(name).inc()
        raise ApiError("rate_limited", retry_after=wait)

    def check_key(self, request: Request, expected: str | None) -> None:
        """Demand the key; the next of an address that showed many wrong ones is not looked at."""
        key = f"wrong key {self.address(request)}"
        wait = self.limiters["address"].blocked(key)
        if wait:
            self._refuse("address", wait)
        try:
            check_bearer(request, expected, self.settings)
        except ApiError:
            self.limit("address", key)
            raise

    def tell_purge(self, refused: str | None) -> None:
        """Alarm when a purge is refused, for the reason given; None ends the alarm."""
        self.metrics.purge_refused.set(0 if refused is None else 1)
        if refused is None:
            self.notices.discard("purge_refused")
        else:
            self.notices.add("purge_refused")

    def track(self, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run a turn so that stopping waits for it."""
        task = asyncio.get_event_loop().create_task(coroutine)
        self.turns.add(task)
        task.add_done_callback(self.turns.discard)
        return task

    def guard(self, request: Request) -> None:
        """The checks of every widget request: origin, rate of its address, and for a POST type and size."""
        check_origin(request, self.settings)
        self.limit("address", self.address(request))
        if request.method == "POST":
            check_body(request, self.settings)
            check_json_type(request)

    def session(self, request: Request) -> str:
        """The conversation of the request's session token; raises ApiError."""
        conversation = self.signer.conversation(request.headers.get("x-session"))
        if conversation is None:
            raise ApiError("bad_session")
        return conversation
