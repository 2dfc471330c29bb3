"""Made-up personal numbers in 300 conversations, then a search of every byte the server wrote."""

import itertools
import json
import logging
import random

import pytest

from beian.server.logs import JsonFormatter
from tests.server.numbers import PLANTED, full_width, spaced, traces

CONVERSATIONS = 300
FORMS = (str, full_width, spaced, lambda text: full_width(spaced(text)))
SENTENCES = (
    "{}",
    "我的号码是{}，换了要怎么变更",
    "remember:{}",
    "联系（{}）\n谢谢",
    "{}和{}都变了",
    "raise:{}",
)


class _Broker:
    """Keeps what Rasa would publish."""

    def __init__(self):
        self.published = []

    def publish(self, event):
        self.published.append(json.dumps(event, ensure_ascii=False))

    async def close(self):
        """Nothing to close."""


@pytest.fixture
def logged(tmp_path):
    handler = logging.FileHandler(tmp_path / "server.log", encoding="utf-8")
    handler.setFormatter(JsonFormatter())
    root, rasa = logging.getLogger(), logging.getLogger("rasa")
    levels = root.level, rasa.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    rasa.setLevel(logging.DEBUG)
    yield tmp_path / "server.log"
    root.removeHandler(handler)
    root.setLevel(levels[0])
    rasa.setLevel(levels[1])


def test_no_planted_number_is_found_anywhere(make_server, logged):
    running = make_server()
    broker = running.context.assistant.tracker_store.event_broker = _Broker()
    chance = random.Random(7)
    numbers = [number for group in PLANTED.values() for number in group]
    cases = itertools.cycle(
        (number, form, sentence)
        for number, form, sentence in itertools.product(numbers, FORMS, SENTENCES)
        if not ("@" in number and form is not str)
    )
    for place in range(CONVERSATIONS):
        number, form, sentence = next(cases)
        text = sentence.replace("{}", form(number))
        if place % 3:
            running.client.post(
                "/webhooks/rest/webhook",
                json={
                    "sender": form(number) + str(place),
                    "message": text,
                    "metadata": {"note": [text], text[:40]: 1},
                },
            )
            continue
        headers = running.session()
        running.send(headers, text)
        running.send(headers, sentence.replace("{}", chance.choice(numbers)), "c2")
        running.history(headers, 4)
        running.client.post(
            "/api/feedback", json={"message_id": 2, "value": "down", "reason": text}, headers=headers
        )
    metrics = running.client.get("/metrics").content
    running.close()
    files = [*running.settings.var.iterdir(), logged]
    everything = metrics + "".join(broker.published).encode() + b"".join(path.read_bytes() for path in files)
    assert len(everything) > 1_000_000
    assert "〔手机号〕".encode() in everything
    for number in numbers:
        for form in FORMS:
            if "@" in number and form is not str:
                continue
            for trace in traces(form(number)):
                for written in {trace, json.dumps(trace)[1:-1]}:
                    assert written.encode() not in everything, (number, written)
