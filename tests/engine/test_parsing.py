"""Messages that wait together are parsed together, and each gets its own outcome."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from beian.engine import parsing
from beian.engine.parsing import MOST_AT_ONCE, MOST_CHARACTERS, MessageParser


class Graph:
    """Stands in for Rasa's graph runner: says what it was asked, refuses "坏"."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def run(self, inputs, targets):
        texts = [message.text for message in inputs["__message__"]]
        self.batches.append(texts)
        if "坏" in texts:
            raise ValueError("坏")
        return {
            targets[0]: [SimpleNamespace(as_dict=lambda text=text, **_: {"text": text}) for text in texts]
        }


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def parser(graph) -> MessageParser:
    metadata = SimpleNamespace(nlu_target="nlu", predict_schema=SimpleNamespace(nodes={}))
    processor = SimpleNamespace(graph_runner=graph, model_metadata=metadata)
    return MessageParser(SimpleNamespace(processor=processor))


def test_one_message_is_parsed_at_once(parser, graph):
    data = asyncio.run(parser.parse("一"))
    assert data == {"text": "一", "intent": {"name": None, "confidence": 0.0}, "entities": []}
    assert graph.batches == [["一"]]


def test_messages_of_one_moment_are_parsed_together_and_not_mixed_up(parser, graph):
    async def run():
        return await asyncio.gather(*(parser.parse(text) for text in "一二三"))

    assert [data["text"] for data in asyncio.run(run())] == ["一", "二", "三"]
    assert graph.batches == [["一", "二", "三"]]


def test_what_comes_while_others_are_answered_waits_for_them(parser, graph, monkeypatch):
    monkeypatch.setattr(parsing, "LONGEST_WAIT", 60)
    done: list[str] = []

    async def answer(text: str):
        async with parser.understood(text):
            await asyncio.sleep(0.01)
            done.append(text)

    async def run():
        first = asyncio.ensure_future(answer("一"))
        await asyncio.sleep(0.005)
        await asyncio.gather(first, answer("二"), answer("三"))

    asyncio.run(run())
    assert graph.batches == [["一"], ["二", "三"]]
    assert done == ["一", "二", "三"]


def test_an_answer_that_hangs_keeps_nobody_for_long(parser, graph):
    async def run():
        async with parser.understood("一"):
            # The one before is not done, and never will be in this test.
            return await asyncio.wait_for(parser.parse("二"), 5)

    assert asyncio.run(run())["text"] == "二"
    assert graph.batches == [["一"], ["二"]]


def test_a_text_that_cannot_be_parsed_harms_no_other(parser, graph):
    async def run():
        return await asyncio.gather(*(parser.parse(text) for text in "一坏二"), return_exceptions=True)

    first, failed, last = asyncio.run(run())
    assert (first["text"], last["text"]) == ("一", "二")
    assert isinstance(failed, ValueError)
    with pytest.raises(ValueError, match="坏"):
        asyncio.run(parser.parse("坏"))


def test_a_failed_answer_lets_the_next_begin(parser, graph, monkeypatch):
    monkeypatch.setattr(parsing, "LONGEST_WAIT", 60)

    async def fail():
        async with parser.understood("一"):
            await asyncio.sleep(0.01)
            raise RuntimeError("action")

    async def run():
        failing = asyncio.ensure_future(fail())
        await asyncio.sleep(0.005)
        outcome = await asyncio.gather(
            failing, asyncio.wait_for(parser.parse("二"), 5), return_exceptions=True
        )
        assert isinstance(outcome[0], RuntimeError)
        assert outcome[1]["text"] == "二"

    asyncio.run(run())


def test_who_gave_up_is_not_waited_for(parser, graph):
    async def run():
        gone = asyncio.ensure_future(parser.parse("一"))
        kept = asyncio.ensure_future(parser.parse("二"))
        await asyncio.sleep(0)
        gone.cancel()
        return await kept

    assert asyncio.run(run())["text"] == "二"


def test_a_flood_is_parsed_in_portions(parser, graph):
    async def run():
        await asyncio.gather(*(parser.parse(str(number)) for number in range(2 * MOST_AT_ONCE + 1)))

    asyncio.run(run())
    assert [len(batch) for batch in graph.batches] == [MOST_AT_ONCE, MOST_AT_ONCE, 1]


def test_long_messages_are_parsed_in_smaller_portions(parser, graph):
    async def run():
        texts = ["长" * length for length in (MOST_CHARACTERS + 1, 10, MOST_CHARACTERS - 10, 1)]
        await asyncio.gather(*map(parser.parse, texts))

    asyncio.run(run())
    assert [len(batch) for batch in graph.batches] == [1, 2, 1]


def test_a_pipeline_that_loses_a_message_is_an_error_for_whoever_waits(parser, graph, monkeypatch):
    monkeypatch.setattr(graph, "run", lambda inputs, targets: {targets[0]: []})

    async def run():
        return await asyncio.gather(*(parser.parse(text) for text in "一二"), return_exceptions=True)

    assert all(isinstance(outcome, RuntimeError) for outcome in asyncio.run(run()))
