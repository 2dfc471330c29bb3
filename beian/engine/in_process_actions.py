"""Custom actions run inside the server's process; a failing one becomes a visible apology, never silence."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from beian.engine.action_results import StrictExecutor, checked_result
from beian.engine.action_worker import Call, Worker
from beian.logs import place_of

logger = logging.getLogger(__name__)


ACTION_SECONDS = 8.0
_STUCK_SECONDS = 0.5
"""A thread that has work and begins none of it for so long is blocked by an action."""


class InProcessActions(EndpointConfig):
    """What Rasa takes for its action endpoint; `request` runs the action here instead of over HTTP.

    `apology` is called with a failed action's name and gives the message ("text", "custom") that the
    customer sees. `seconds` is how long an action may take.
    """

    def __init__(
        self,
        package: str,
        apology: Callable[[str], dict[str, Any]],
        on_failure: Callable[[str, str], None] | None = None,
        seconds: float = ACTION_SECONDS,
    ) -> None:
        super().__init__(url="http://in-process.invalid", enable_selective_domain=True)
        self.executor = StrictExecutor(package)
        self._apology, self._seconds = apology, seconds
        self._on_failure = on_failure or (lambda action, reason: None)
        self._worker = Worker()

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Run the action named in kwargs["json"] and return its events and responses."""
        call = kwargs["json"]
        name = call["next_action"]
        try:
            result = await self._run(call)
            return checked_result(name, result)
        except ActionExecutionRejection as rejection:
            detail = json.dumps({"action_name": rejection.action_name, "error": rejection.message})
            raise ClientResponseError(400, "Action execution rejected", detail) from rejection
        except asyncio.TimeoutError:
            return self._failed(name, "timeout")
        except ActionNotFoundException:
            return self._failed(name, "not_found")
        except Exception as error:  # noqa: BLE001 - whatever it was, the customer must hear of it
            return self._failed(name, type(error).__name__, error)

    async def _run(self, wanted: dict[str, Any]) -> Any:
        until = time.monotonic() + self._seconds
        # It is copied: events share their dicts with Rasa's live tracker.
        wanted = json.loads(json.dumps(wanted))
        while True:
            call = Call(self.executor, wanted, self._worker)
            future = asyncio.wrap_future(call.future)
            try:
                if await self._is_done(call, future, until):
                    return future.result()
            finally:
                if not future.done():
                    call.withdraw()
                    future.cancel()
            # It never began: another action blocks the thread. The next one takes it.

    async def _is_done(self, call: Call, future: asyncio.Future[Any], until: float) -> bool:
        """True when it is done, False when it was withdrawn from a thread that is stuck.

        Raises asyncio.TimeoutError.
        """
        while True:
            begun, left = call.worker.begun, until - time.monotonic()
            await asyncio.wait({future}, timeout=min(left, _STUCK_SECONDS))
            if future.done():
                return True
            if time.monotonic() >= until:
                # It may hold its thread for ever; the next action gets a fresh one.
                self._replace(call.worker)
                raise asyncio.TimeoutError
            if call.worker.begun == begun and call.withdraw():
                self._replace(call.worker)
                return False

    def _replace(self, worker: Worker) -> None:
        """Give the worker nothing more, unless another call has seen to that."""
        if worker is self._worker:
            self._worker = Worker()
            worker.retire()

    def _failed(self, name: str, reason: str, error: BaseException | None = None) -> dict[str, Any]:
        # The exception's text may quote the customer: its type and place are enough to find the fault.
        logger.error("action failed", extra={"action": name, "reason": reason, "place": place_of(error)})
        self._on_failure(name, reason)
        return {"events": [], "responses": [self._apology(name)]}

    def close(self) -> None:
        """Stop the worker thread when it is idle."""
        self._worker.retire()
