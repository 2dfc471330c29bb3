"""What an action may return: anything else is an error, never a silence."""

from __future__ import annotations

import json
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from beian.engine.live_tracker import read_events

# No number that JSON does not have: it could be neither sent nor stored.
_as_json = json.JSONEncoder(allow_nan=False).encode


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


def checked_result(name: str, result: Any) -> dict[str, Any]:
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
