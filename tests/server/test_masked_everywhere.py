"""Made-up personal numbers in 300 conversations, then a search of every byte the server wrote."""

import itertools
import json
import logging
import random

import pytest

from beian.logs import JsonFormatter
from beian.masking import BANK_CARD, ID_NUMBER, LANDLINE, MOBILE
from tests.masking.numbers import PLANTED, full_width, spaced, traces

CONVERSATIONS = 300
LABELS = (ID_NUMBER, BANK_CARD, MOBILE, LANDLINE)
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
    yield tmp_path / "server.log"
    root.removeHandler(handler)
    root.setLevel(levels[0])
    rasa.setLevel(levels[1])


def _as_number(number):
    """The number as a system sends it that keeps it as one: without the zero in front."""
    digits = "".join(filter(str.isdigit, number))
    return int(digits) if number.strip("+-0123456789") == "" else 0


def _metadata(text, number):
    """What another system may send along: in values and keys of any kind, under the software's own names."""
    plain = _as_number(number)
    return {
        "note": [text],
        text[:40]: 1,
        "phone": plain,
        # A longer one is not the same number any more.
        "phones": [plain, float(plain) if plain < 10**15 else plain],
        "sender_id": number,
        "message_id": text,
        "model_id": [number],
        "assistant_id": plain,
        "kb_version": number,
        "event": {"phone": number, "n": plain},
        "timestamp": plain,
        "parse_data": {"message_id": number, "metadata": {"timestamp": number}},
    }


def test_no_planted_number_is_found_anywhere(make_server, logged):
    running = make_server()
    # Loading the assistant keeps Rasa quiet. What it would say of customers' words is looked through here.
    logging.getLogger("rasa").setLevel(logging.DEBUG)
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
            response = running.client.post(
                "/webhooks/rest/webhook",
                json={
                    "sender": form(number) + str(place),
                    "message": text,
                    "metadata": _metadata(text, number),
                },
            )
            assert response.status_code == 200, response.text
            assert response.json()[0]["text"]
            continue
        headers = running.session()
        assert running.send(headers, text).status_code == 202
        second = sentence.replace("{}", chance.choice(numbers))
        assert running.send(headers, second, "c2").status_code == 202
        answers = [message["id"] for message in running.history(headers, 4) if message["author"] == "bot"]
        response = running.client.post(
            "/api/feedback", json={"message_id": answers[0], "value": "down", "reason": text}, headers=headers
        )
        assert response.status_code == 200, response.text
    metrics = running.client.get("/metrics").content
    running.close()
    files = [*running.settings.var.iterdir(), logged]
    everything = metrics + "".join(broker.published).encode() + b"".join(path.read_bytes() for path in files)
    assert len(everything) > 1_000_000
    assert "〔手机号〕".encode() in everything
    lines = [json.loads(line) for line in logged.read_text(encoding="utf-8").splitlines()]
    said_by_rasa = [line for line in lines if line["logger"].startswith("rasa") and line["level"] == "debug"]
    assert any("〔手机号〕" in line["message"] for line in said_by_rasa), len(said_by_rasa)
    for event in map(json.loads, broker.published):
        if event["event"] == "user" and "phones" in event["metadata"]:
            assert set(event["metadata"]["phones"]) in ({0}, *({label} for label in LABELS)), event
    for number in numbers:
        for form in FORMS:
            if "@" in number and form is not str:
                continue
            for trace in traces(form(number)):
                without_zero = {trace.lstrip("0")} if trace.isdigit() else set()
                for written in {trace, json.dumps(trace)[1:-1]} | without_zero:
                    assert written.encode() not in everything, (number, written)
