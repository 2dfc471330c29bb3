"""Custom actions run inside the server's process; a failing one becomes a visible apology, never silence."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from beian.engine.live_tracker import read_events
from beian.logs import place_of

logger = logging.getLogger(__name__)

# No number that JSON does not have: it could be neither sent nor stored.
_as_json = json.JSONEncoder(allow_nan=False).encode

ACTION_SECONDS = 8.0
_STUCK_SECONDS = 0.5
"""A thread that has work and begins none of it for so long is blocked by an action."""


class ActionResultError(ValueError):
    """An action returned something that is no list of events."""


class StrictExecutor(ActionExecutor):
    """The SDK's executor, with two differences: a bad result is an error, where the SDK drops it without
    a word, and only actions of the package count, where the SDK takes every action class there is."""

    def __init__(self, package: str) -> None:
        super().__init__()
        self._package = package
        self.register_package(package)

    def register_action(self, action: type[Action] | Action) -> None:
        """Register an action of the package; others are left alone."""
        if f"{action.__module__}.".startswith(f"{self._package}."):
            super().register_action(action)

    @staticmethod
    def validate_events(events: Any, action_name: str) -> list[dict[str, Any]]:
        """The events as they are; raises ActionResultError when they are not a list of event dicts."""
        if not isinstance(events, list):
            raise ActionResultError(f"{action_name} returned {type(events).__name__}, not a list of events")
        for event in events:
            if not isinstance(event, dict) or not isinstance(event.get("event"), str):
                raise ActionResultError(f"{action_name} returned an entry that is no event")
        return events


class _Worker:
    """A thread with an event loop of its own, so that an action that blocks cannot stop the server.

    `begun` counts the calls it has begun.
    """

    def __init__(self) -> None:
        self.begun = 0
        self._retired = False
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="actions", daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.close()

    def retire(self) -> None:
        """Let the thread end when it has done what it was given."""
        if not self._retired:
            self._retired = True
            asyncio.run_coroutine_threadsafe(self._finish(), self.loop)

    async def _finish(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)
        self.loop.stop()


class _Call:
    """One call of an action at one worker; whoever has `claim` decides whether it begins there."""

    def __init__(self, executor: ActionExecutor, call: dict[str, Any], worker: _Worker) -> None:
        self._executor, self._call, self.worker = executor, call, worker
        self._claim = threading.Lock()
        self.future: Future[Any] = asyncio.run_coroutine_threadsafe(self._run(), worker.loop)

    async def _run(self) -> Any:
        if self.withdraw():
            self.worker.begun += 1
            return await self._executor.run(self._call)
        return None

    def withdraw(self) -> bool:
        """Keep it from beginning; False when it has begun already, or was withdrawn before."""
        return self._claim.acquire(blocking=False)


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
        self._worker = _Worker()

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
            return _checked(name, result)
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
            call = _Call(self.executor, wanted, self._worker)
            future = asyncio.wrap_future(call.future)
            try:
                if await self._is_done(call, future, until):
                    return future.result()
            finally:
                if not future.done():
                    call.withdraw()
                    future.cancel()
            # It never began: another action blocks the thread. The next one takes it.

    async def _is_done(self, call: _Call, future: asyncio.Future[Any], until: float) -> bool:
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

    def _replace(self, worker: _Worker) -> None:
        """Give the worker nothing more, unless another call has seen to that."""
        if worker is self._worker:
            self._worker = _Worker()
            worker.retire()

    def _failed(self, name: str, reason: str, error: BaseException | None = None) -> dict[str, Any]:
        # The exception's text may quote the customer: its type and place are enough to find the fault.
        logger.error("action failed", extra={"action": name, "reason": reason, "place": place_of(error)})
        self._on_failure(name, reason)
        return {"events": [], "responses": [self._apology(name)]}

    def close(self) -> None:
        """Stop the worker thread when it is idle."""
        self._worker.retire()


def _checked(name: str, result: Any) -> dict[str, Any]:
    """The result, when Rasa will be able to use it."""
    try:
        read_events(result["events"])
    except (RasaException, ValueError, TypeError, KeyError) as error:
        raise ActionResultError(f"{name} returned events that Rasa does not know") from error
    if not all(map(_is_message, result["responses"])):
        raise ActionResultError(f"{name} uttered something that is no message")
    read: dict[str, Any] = json.loads(_as_json(result))
    return read


def _is_message(said: Any) -> bool:
    """Whether an utterance can be shown, stored and counted."""
    if not isinstance(said, dict):
        return False
    text, buttons, custom = said.get("text"), said.get("buttons"), said.get("custom")
    return (
        (text is None or isinstance(text, str))
        and (buttons is None or (isinstance(buttons, list) and all(map(_is_button, buttons))))
        and (custom is None or (isinstance(custom, dict) and _can_be_counted(custom)))
    )


def _is_button(button: Any) -> bool:
    return isinstance(button, dict) and isinstance(button.get("title"), str)


def _can_be_counted(custom: dict[str, Any]) -> bool:
    facts, understood = custom.get("facts", []), custom.get("understood")
    return (
        isinstance(facts, list)
        and all(isinstance(fact, str) for fact in facts)
        and (understood is None or isinstance(understood, dict))
    )
