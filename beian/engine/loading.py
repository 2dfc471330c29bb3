"""The agent out of a model file, with the stores and actions of this process. Imports Rasa: takes seconds."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.exceptions import ModelNotFound
from rasa.shared.exceptions import RasaException

from beian.engine.agent import AssistantAgent
from beian.engine.in_process_actions import ACTION_SECONDS, InProcessActions
from beian.engine.locks import ConversationLocks
from beian.engine.model_file import ModelMissingError
from beian.engine.tracker_store import MaskedTrackerStore


def load_agent(
    path: Path,
    tracker_store: MaskedTrackerStore | None,
    actions: str,
    *,
    apology: Callable[[str], dict[str, Any]],
    on_failure: Callable[[str, str], None] | None,
    seconds: float | None,
) -> tuple[AssistantAgent, MaskedTrackerStore, ConversationLocks, InProcessActions]:
    """The agent, its store (by default in memory), its locks and its actions. Raises ModelMissingError."""
    endpoint = InProcessActions(actions, apology, on_failure=on_failure, seconds=seconds or ACTION_SECONDS)
    locks = ConversationLocks()
    store = tracker_store if tracker_store is not None else MaskedTrackerStore()
    agent = AssistantAgent(tracker_store=store, lock_store=locks, action_endpoint=endpoint)
    try:
        agent.load_model(path)
    except (ModelNotFound, RasaException, OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        endpoint.close()
        raise ModelMissingError(f"the model {path} cannot be loaded: {error}") from error
    return agent, store, locks, endpoint
