"""A bot that says what a table tells it to, for testing the test runner itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from beian_suite.turn import Happening, Message, Turn

SOURCE = {"section": "备案变更操作流程 › (四)等待管局审核", "layer": "procedure"}


def answer(fact: str, text: str, **custom: Any) -> dict[str, Any]:
    """A message that keeps the reply contract."""
    return {
        "text": text,
        "custom": {
            "status": "answered",
            "facts": [fact],
            "sources": [{"fact": fact, **SOURCE}],
            "understood": {"intent": fact.replace(".", "/", 1), "confidence": 0.9},
            "kb_version": "1",
            **custom,
        },
    }


def turn(*messages: dict[str, Any], events: tuple[Happening, ...] | None = None, **given: Any) -> Turn:
    """A turn in which the bot said these messages; their happenings come after `events`."""
    said = tuple(Message.of(raw, raw.get("utter")) for raw in messages)
    spoken = tuple(Happening("bot", message=message) for message in said)
    defaults: dict[str, Any] = {"text": "问", "slots": {}, "ranking": (("timeline/review", 0.9),), "ms": 5.0}
    return Turn(messages=said, happenings=(*(events or ()), *spoken), **{**defaults, **given})


class TableDriver:
    """Answers each text with its row: messages, and under "actions" and "slots" what else happens."""

    name = "table"

    def __init__(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        self.table = table
        self.begun: list[tuple[dict[str, Any], date | None]] = []
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.slots: dict[str, Any] = {}
        self.ended = self.closed = 0

    def begin(self, slots: Mapping[str, Any], today: date | None) -> str | None:
        self.begun.append((dict(slots), today))
        self.slots = dict(slots)
        return None

    def send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        self.heard.append((text, dict(metadata)))
        row = self.table.get(text, {})
        self.slots |= row.get("slots", {})
        events = [Happening("action", name) for name in row.get("actions", ())]
        events += [Happening("slot", name, value) for name, value in row.get("slots", {}).items()]
        label = row.get("label", "none")
        return turn(
            *row.get("messages", ()),
            events=tuple(events),
            text=text,
            slots=dict(self.slots),
            ranking=((label, 0.9), ("other/label", 0.05)),
            ms=row.get("ms", 5.0),
        )

    def end(self) -> None:
        self.ended += 1

    def close(self) -> None:
        self.closed += 1
