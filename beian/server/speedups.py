"""Two of Rasa's look-ups that repeat the same work in every turn, done once.

Rasa builds the JSON schema validator anew for every action result, and walks all event classes for
every event it reads. Both answers never change while a process runs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event


@lru_cache(maxsize=1)
def _result_validator() -> Any:
    return jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa's check of an action's result, with the compiled schema; raises ValidationError."""
    error = jsonschema.exceptions.best_match(_result_validator().iter_errors(result))
    if error is not None:
        raise error
    return True


_event_classes: dict[str, type[Event]] = {}
_walk = Event.resolve_by_type


def _resolve_by_type(type_name: str, default: Any = None) -> Any:
    """Rasa's answer for this event name, remembered; raises ValueError for unknown names."""
    found = _event_classes.get(type_name)
    if found is None:
        found = _walk(type_name, default)
        if found is not None and found is not default:
            _event_classes[type_name] = found
    return found


def apply() -> None:
    """Put both in place for this process. Idempotent."""
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(_resolve_by_type)
