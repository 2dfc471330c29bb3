"""Run an action as the action server does, on a tracker made by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from beian.kb import load_knowledge
from beian.nlu.entities import build_pipeline, find_entities
from beian.nlu.normalize import normalize

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


@pytest.fixture(scope="session")
def nlp(kb):
    return build_pipeline(kb)


@pytest.fixture
def tracker(domain, nlp) -> Callable[..., Tracker]:
    """A tracker after a message understood as `labels`, with these slots and events."""

    def made(text: str, *labels: str, outcome: str = "answer", loop: str | None = None, **slots) -> Tracker:
        read = normalize(text)
        message = {
            "text": text,
            "entities": find_entities(nlp, read),
            "understanding": {"text": read, "labels": list(labels), "outcome": outcome, "confidence": 0.9},
        }
        held = {**dict.fromkeys(domain["slots"]), "asked_back": 0.0, **slots}
        events = [{"event": "user", "text": text}]
        return Tracker("t", held, message, events, False, None, {"name": loop} if loop else {}, None)

    return made


@pytest.fixture
def run(domain) -> Callable[..., tuple[list[dict], dict]]:
    """The messages an action utters, and the slots it sets."""

    def ran(action, tracker: Tracker) -> tuple[list[dict], list[EventType]]:
        dispatcher = CollectingDispatcher()
        events = action.run(dispatcher, tracker, domain)
        return dispatcher.messages, events

    return ran


def slots_of(events: list[EventType]) -> dict:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}
