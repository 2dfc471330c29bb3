"""One answered message, between the assistant, the messages of a conversation and the table of turns."""

from __future__ import annotations

from typing import Any

from beian.engine.assistant import Assistant
from beian.store.records import Draft, TurnRecord


def given_answer(assistant: Assistant, conversation: str, turn_id: str) -> list[dict[str, Any]]:
    """What the stored events say the assistant answered to the message with this id; [] when not asked."""
    events = assistant.stored_events(conversation, turn_id)
    return [
        {
            "text": event.get("text") or "",
            "buttons": data.get("buttons") or [],
            "custom": data.get("custom") or {},
        }
        for event in events
        if event.get("event") == "bot"
        for data in [event.get("data") or {}]
    ]


def turn_record(
    assistant: Assistant,
    channel: str,
    conversation: str,
    text: str,
    said: list[dict[str, Any]],
    seconds: float,
    number: int | None = None,
) -> TurnRecord:
    """The row of `turns` for one answered message."""
    custom: dict[str, Any] = next((message["custom"] for message in said if message.get("custom")), {})
    understood = custom.get("understood") or {}
    intent, confidence = understood.get("intent"), understood.get("confidence")
    return TurnRecord(
        channel=channel,
        conversation=conversation,
        message=number,
        text=text,
        status=str(custom.get("status", "unknown")),
        facts=[fact for message in said for fact in (message.get("custom") or {}).get("facts", [])],
        intent=intent if isinstance(intent, str) else None,
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        ms=seconds * 1000,
        kb_version=assistant.kb.version,
        model=assistant.model_name,
    )


def drafts_of(said: list[dict[str, Any]]) -> list[Draft]:
    """The assistant's messages as they are to be stored."""
    return [
        Draft("bot", m.get("text", ""), buttons=m.get("buttons", ()), custom=m.get("custom", {}))
        for m in said
    ]
