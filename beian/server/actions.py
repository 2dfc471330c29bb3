"""Custom actions run inside the server's process; a failing one becomes a visible apology, never silence."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from rasa.shared.core.events import deserialise_events
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

logger = logging.getLogger(__name__)

ACTION_SECONDS = 8.0


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
    """A thread with an event loop of its own, so that an action that blocks cannot stop the server."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="actions", daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.close()

    def stop(self) -> None:
        """Let the thread end when it is idle."""
        self.loop.call_soon_threadsafe(self.loop.stop)


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

    async def _run(self, call: dict[str, Any]) -> Any:
        # The call is copied: events share their dicts with Rasa's live tracker.
        running = asyncio.run_coroutine_threadsafe(
            self.executor.run(json.loads(json.dumps(call))), self._worker.loop
        )
        try:
            return await asyncio.wait_for(asyncio.wrap_future(running), self._seconds)
        except asyncio.TimeoutError:
            # It may hold its thread for ever; the next action gets a fresh one.
            stuck, self._worker = self._worker, _Worker()
            stuck.stop()
            raise

    def _failed(self, name: str, reason: str, error: BaseException | None = None) -> dict[str, Any]:
        # The exception's text may quote the customer: its type and place are enough to find the fault.
        logger.error("action failed", extra={"action": name, "reason": reason, "place": _place(error)})
        self._on_failure(name, reason)
        return {"events": [], "responses": [self._apology(name)]}

    def close(self) -> None:
        """Stop the worker thread."""
        self._worker.stop()


def _checked(name: str, result: Any) -> dict[str, Any]:
    """The result, when Rasa will be able to use it."""
    try:
        deserialise_events(result["events"])
    except (RasaException, ValueError, TypeError, KeyError) as error:
        raise ActionResultError(f"{name} returned events that Rasa does not know") from error
    if not all(isinstance(response, dict) for response in result["responses"]):
        raise ActionResultError(f"{name} uttered something that is no message")
    return json.loads(json.dumps(result))


def _place(error: BaseException | None) -> str | None:
    """File and line of the innermost frame of an exception."""
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else None
