"""What the store takes and gives: messages, drafts, conversations, questions, turns."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from beian.contract import customer as contract
from beian.contract.customer import Author, Feedback, Mode
from beian.contract.reply import Choice


@dataclass(frozen=True)
class Message:
    """One message of a conversation; `id` counts up from 1 within it, `at` is seconds since 1970."""

    id: int
    at: float
    author: Author
    text: str
    client_id: str | None = None
    agent: str | None = None
    buttons: list[Choice] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)
    feedback: Feedback | None = None
    ticked: list[int] = field(default_factory=list)

    def as_dict(self) -> contract.Message:
        """The form of the contract."""
        whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.at))
        return {
            "id": self.id,
            "at": f"{whole}.{int(self.at % 1 * 1000):03d}Z",
            "author": self.author,
            "client_id": self.client_id,
            "text": self.text,
            "buttons": self.buttons,
            "custom": self.custom,
            "feedback": self.feedback,
            "ticked": self.ticked,
        }


@dataclass(frozen=True)
class Draft:
    """A message to be appended."""

    author: Author
    text: str
    client_id: str | None = None
    agent: str | None = None
    buttons: Sequence[Choice] = ()
    custom: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """The state of one conversation; `last_id` is the number of its newest message."""

    id: str
    channel: str
    created: float
    updated: float
    mode: Mode
    mode_since: float
    agent: str | None
    last_id: int


@dataclass(frozen=True)
class PendingMessage:
    """A message that waits for the assistant's answer; `turn` names it in Rasa's events."""

    message: Message
    mode: Mode
    turn: str


@dataclass(frozen=True)
class TurnRecord:
    """What the `turns` table says of one answered message; `ms` is the time the answer took."""

    channel: str
    conversation: str
    message: int | None
    text: str
    status: str
    facts: Sequence[str]
    intent: str | None
    confidence: float | None
    ms: float
    kb_version: str
    model: str


def packed(value: Any) -> str | None:
    """A value as a column holds it; None for an empty one."""
    return json.dumps(value, ensure_ascii=False) if value else None


def message_of(row: Any) -> Message:
    """The message of a row of `messages`, with its feedback and ticks where they were joined."""
    opinion: Feedback | None = None
    if row.get("value") is not None:
        opinion = {"value": row["value"]}
        if row["reason"]:
            opinion["reason"] = row["reason"]
    return Message(
        id=row["id"],
        at=row["at"],
        author=row["author"],
        text=row["text"],
        client_id=row["client_id"],
        agent=row["agent"],
        buttons=json.loads(row["buttons"] or "[]"),
        custom=json.loads(row["custom"] or "{}"),
        feedback=opinion,
        ticked=json.loads(row.get("ticked") or "[]"),
    )
