"""Run an action as the action server does, on a tracker that holds a message as the pipeline hands it on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from beian.kb import load_knowledge
from beian.meaning.slots import slots_of, state_from
from beian.meaning.state import Discourse

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def a_day(monkeypatch):
    monkeypatch.setenv("BEIAN_TODAY", "2026-11-10")


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def domain() -> dict:
    return YAML(typ="safe", pure=True).load((ROOT / "domain.yml").read_text(encoding="utf-8"))


@pytest.fixture
def tracker(domain, talk) -> Callable[..., Tracker]:
    """A tracker after a message in a conversation that stands at `state`; all of it went through JSON."""

    def made(text: str, state: Discourse | None = None, **slots) -> Tracker:
        held = {**dict.fromkeys(domain["slots"]), **(slots_of(state) if state else {}), **slots}
        parsed = talk.parse(text, state_from(held))
        stored = json.loads(json.dumps({"slots": held, "message": parsed}, ensure_ascii=False))
        events = [{"event": "user", "text": text}]
        return Tracker("t", stored["slots"], stored["message"], events, False, None, {}, None)

    return made


@pytest.fixture
def run(domain) -> Callable[..., tuple[list[dict], list[EventType]]]:
    """The messages an action utters, and the events it returns."""

    def ran(action, tracker: Tracker) -> tuple[list[dict], list[EventType]]:
        dispatcher = CollectingDispatcher()
        events = action.run(dispatcher, tracker, domain)
        return dispatcher.messages, events

    return ran


def slots_set(events: list[EventType]) -> dict:
    """The slots that events set."""
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}
