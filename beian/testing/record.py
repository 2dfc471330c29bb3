"""A stored conversation as a test case: what was said stays, personal numbers are masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from beian.masking import mask
from beian_suite.botium import escaped
from beian_suite.turn import Message, happenings_of


def record(name: str, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The case of a conversation, from Rasa's events as dicts; ValueError when nobody said anything.

    Each answer is pinned by what matters about it: status, facts and that there are no more, the card's
    type, and the label; for a bot without the reply contract by its text.
    """
    steps: list[dict[str, Any]] = []
    pending: list[Mapping[str, Any]] = []
    for event in events:
        if event.get("event") == "user" and event.get("text"):
            _finish(steps, pending)
            steps.append({"user": mask(str(event["text"]))})
            pending = []
        else:
            pending.append(event)
    _finish(steps, pending)
    if not steps:
        raise ValueError("the conversation has no message of a user")
    return {"test_case": name, "steps": steps}


def _finish(steps: list[dict[str, Any]], events: list[Mapping[str, Any]]) -> None:
    """Add what followed the last message to its step."""
    if not steps:
        return
    messages = [event.message for event in happenings_of(events) if event.message]
    assertions = [assertion for message in messages for assertion in _assertions(message)]
    if assertions:
        steps[-1]["assertions"] = assertions


def _assertions(message: Message) -> list[dict[str, Any]]:
    custom = message.custom
    if "status" not in custom:
        return [{"bot_uttered": {"text_matches": escaped(mask(message.text))}}] if message.text else []
    found: list[dict[str, Any]] = [{"status": custom["status"]}]
    facts = list(custom.get("facts") or ())
    if facts:
        found.append({"fact": facts[0] if len(facts) == 1 else facts})
    found.append({"facts_at_most": len(facts)})
    if custom.get("card"):
        found.append({"card": custom["card"]["type"]})
    label = (custom.get("understood") or {}).get("intent")
    if label:
        found.append({"intent": {"name": label}})
    return found
