"""Actions that do what server tests need: answer, fail in every way, keep something."""

import asyncio
import os
import re
import time
from pathlib import Path

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction, SlotSet

CUSTOM = {
    "status": "answered",
    "facts": ["overview.types"],
    "sources": [{"fact": "overview.types", "section": "备案变更的常见类型", "layer": "procedure"}],
    "card": {"type": "checklist", "title": "清单", "items": ["营业执照", "身份证"]},
    "deadlines": [{"title": "提交变更", "date": "2026-03-01"}],
    "understood": {"intent": "answer", "confidence": 0.97},
    "kb_version": "0123456789ab",
}


ODD = [
    {"text": 5},
    {"text": ["a"]},
    {"text": "a", "buttons": 5},
    {"text": "a", "buttons": {"title": "b"}},
    {"text": "a", "buttons": ["b"]},
    {"text": "a", "buttons": [{"payload": "b"}]},
    {"text": "a", "buttons": [{"title": 5}]},
    {"text": "a", "json_message": 5},
    {"text": "a", "json_message": [{"status": "answered"}]},
    {"text": "a", "json_message": {"facts": 5}},
    {"text": "a", "json_message": {"facts": [{}]}},
    {"text": "a", "json_message": {"understood": "b"}},
    {"text": "a", "json_message": {"score": float("nan")}},
    {"text": "a", "json_message": {"status": {1, 2}}},
]


class _Tiny(Action):
    def name(self):
        return "action_" + re.sub("(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()


class Answer(_Tiny):
    def run(self, dispatcher, tracker, domain):
        text = tracker.latest_message["text"]
        buttons = [{"title": "审核要多久", "payload": "审核要多久"}]
        dispatcher.utter_message(text=f"第一段：{text}\n\n第二段", buttons=buttons, json_message=CUSTOM)
        return []


class Raise(_Tiny):
    def run(self, dispatcher, tracker, domain):
        raise RuntimeError("broken: " + tracker.latest_message["text"])


class Slow(_Tiny):
    async def run(self, dispatcher, tracker, domain):
        until = os.environ.get("TINY_SLOW_UNTIL")
        if until:
            Path(until).with_suffix(".begun").touch()
            while not Path(until).exists():
                await asyncio.sleep(0.05)
        else:
            await asyncio.sleep(0.8)
        dispatcher.utter_message(text="慢")
        return []


class Hang(_Tiny):
    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(60)
        return []


class Block(_Tiny):
    def run(self, dispatcher, tracker, domain):
        time.sleep(20)
        return []


class Rubbish(_Tiny):
    def run(self, dispatcher, tracker, domain):
        return "rubbish"


class UnknownEvent(_Tiny):
    def run(self, dispatcher, tracker, domain):
        return [{"event": "no_such_event"}]


class Silent(_Tiny):
    def run(self, dispatcher, tracker, domain):
        return []


class Two(_Tiny):
    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="一")
        dispatcher.utter_message(json_message={"status": "answered"})
        return []


class Odd(_Tiny):
    """Utters the entry of ODD with the number after the colon."""

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(**ODD[int(tracker.latest_message["text"].partition(":")[2])])
        return []


class Die(_Tiny):
    """Takes the process with it, as a fault in a compiled library does."""

    def run(self, dispatcher, tracker, domain):
        os._exit(9)


class Endless(_Tiny):
    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="又来")
        return [FollowupAction("action_endless")]


class Remember(_Tiny):
    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="记住了")
        return [SlotSet("note", tracker.latest_message["text"].partition(":")[2])]


class Recall(_Tiny):
    def run(self, dispatcher, tracker, domain):
        users = sum(event.get("event") == "user" for event in tracker.events)
        dispatcher.utter_message(text=f"{tracker.get_slot('note')}|{users}")
        return []
