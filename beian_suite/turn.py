"""What came back for one message, in the one form that both drivers deliver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

NOT_TURNS = frozenset({"action_listen", "action_session_start"})
"""Rasa's own actions that frame a turn and say nothing."""


@dataclass(frozen=True)
class Message:
    """One utterance. `utter_name` is the response's name in the domain, where it is known."""

    text: str
    buttons: tuple[Mapping[str, str], ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)
    utter_name: str | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any], utter_name: str | None = None) -> Message:
        """From a message in Rasa's REST shape."""
        return cls(
            raw.get("text") or "", tuple(raw.get("buttons") or ()), raw.get("custom") or {}, utter_name
        )


@dataclass(frozen=True)
class Happening:
    """Something of a turn, in order: kind "action" (name), "slot" (name, value) or "bot" (message)."""

    kind: str
    name: str = ""
    value: Any = None
    message: Message | None = None

    def __str__(self) -> str:
        if self.kind == "slot":
            return f"slot {self.name} = {self.value!r}"
        if self.kind == "bot" and self.message:
            return f"bot “{self.message.text.splitlines()[0] if self.message.text else ''}”"
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Turn:
    """One message and its answer.

    `ranking` has (label, confidence), likeliest first; `slots` all that is known after the turn; `ms` how
    long it took. `sees_actions` is False, and `seen_slots` names the slots, where a driver sees less than
    everything: what it cannot see is reported as not checked.
    """

    text: str
    messages: tuple[Message, ...]
    happenings: tuple[Happening, ...]
    slots: Mapping[str, Any]
    ranking: tuple[tuple[str, float], ...]
    ms: float
    sees_actions: bool = True
    seen_slots: frozenset[str] | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts stated, most important first."""
        found = [fact for message in self.messages for fact in message.custom.get("facts") or ()]
        return tuple(dict.fromkeys(found))

    @property
    def statuses(self) -> tuple[str, ...]:
        """The status of each message that has one."""
        return tuple(message.custom["status"] for message in self.messages if "status" in message.custom)

    @property
    def understood(self) -> tuple[str, float] | None:
        """The label acted on and its confidence: what the reply says, else the likeliest."""
        for message in self.messages:
            told = message.custom.get("understood") or {}
            if told.get("intent"):
                return str(told["intent"]), float(told.get("confidence") or 0.0)
        return self.ranking[0] if self.ranking else None


class TroubleError(Exception):
    """There is no answer that can be judged; the message is one sentence for people.

    `hopeless` when the next conversation cannot go better: the run stops.
    """

    def __init__(self, sentence: str, hopeless: bool = False) -> None:
        super().__init__(sentence)
        self.hopeless = hopeless


class Driver(Protocol):
    """Holds conversations with an assistant, one at a time."""

    name: str

    def begin(self, slots: Mapping[str, Any], today: date | None) -> str | None:
        """Start a new conversation; the reason (for people) when this driver cannot hold it."""

    def send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        """Say `text` in the current conversation. Raises TroubleError when there is no answer to judge."""

    def end(self) -> None:
        """The conversation is over."""

    def close(self) -> None:
        """Let go of everything."""


def happenings_of(events: Iterable[Mapping[str, Any]]) -> list[Happening]:
    """What Rasa's events (as dicts) say that happened, in order."""
    found: list[Happening] = []
    for event in events:
        kind, name = event.get("event"), str(event.get("name") or "")
        if kind == "action" and name not in NOT_TURNS:
            found.append(Happening("action", name))
        elif kind == "slot":
            found.append(Happening("slot", name, event.get("value")))
        elif kind == "bot":
            data = event.get("data") or {}
            said = {"text": event.get("text"), "buttons": data.get("buttons"), "custom": data.get("custom")}
            utter = (event.get("metadata") or {}).get("utter_action")
            found.append(Happening("bot", utter or "", None, Message.of(said, utter)))
    return found
