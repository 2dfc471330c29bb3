"""The trained assistant, shared by the tests that need it: loaded once, in this process, without a server.

`make test` trains first; without a model these tests fail and say so.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beian.answers.reply import Reply
from beian.dialogue.answer import reply_to
from beian.engine.assistant import Assistant
from beian.hearing.heard import Heard, heard_in
from beian.kb import KnowledgeBase, load_knowledge
from beian.meaning.state import Discourse
from tests import fuzz
from tests.postgres import cluster, empty, postgres  # noqa: F401 - fixtures
from tests.strictness import pytest_make_collect_report, pytest_runtest_makereport  # noqa: F401 - hooks
from tests.workers import (  # noqa: F401 - hooks
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_xdist_make_scheduler,
)

fuzz.load_profile()

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message

    from beian.engine.components.contextual_meaning import ContextualMeaning

# The day on which the tests' conversations take place, where no other is given: a Tuesday.
TODAY = date(2026, 11, 10)


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load_knowledge()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


class Talk:
    """Ask the assistant from plain functions; every question is a conversation of its own unless named."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._numbers = itertools.count(1)
        self.assistant = self._loop.run_until_complete(Assistant.load())
        self.kb = self.assistant.kb

    def ask(self, text: str, sender: str | None = None) -> dict:
        """The one message that answers a text."""
        messages = self._loop.run_until_complete(
            self.assistant.reply(sender or f"test-{next(self._numbers)}", text)
        )
        assert len(messages) == 1, f"{len(messages)} messages for {text!r}"
        return messages[0]

    def converse(self, *texts: str) -> list[dict]:
        """The answers to several messages of one conversation."""
        sender = f"talk-{next(self._numbers)}"
        return [self.ask(text, sender) for text in texts]

    def understand(self, text: str) -> dict:
        """What the pipeline made of a message, as the actions see it."""
        return self.parse(text)["understanding"]

    def parse(self, text: str, state: Discourse | None = None) -> dict:
        """The whole parse data of a message after a state."""
        return self._loop.run_until_complete(self.assistant.parse(text, state))

    def alone(self, text: str) -> Message:
        """A message as understood by itself, with the evidence that the reading in context rests on."""

        async def understood() -> Message:
            async with self.assistant._parser.understood(text) as message:
                return message

        return self._loop.run_until_complete(understood())

    @property
    def component(self) -> ContextualMeaning:
        """The trained reading in context."""
        return self.assistant._parser._steps()[1]

    def understand_together(self, texts: list[str]) -> list[dict]:
        """The whole parse data of messages that arrive at the same moment."""

        async def all_at_once() -> list[dict]:
            return await asyncio.gather(*map(self.assistant.parse, texts))

        return self._loop.run_until_complete(all_at_once())

    def wait_for(self, coroutine):
        """What a coroutine that asks the assistant returns."""
        return self._loop.run_until_complete(coroutine)

    def close(self) -> None:
        self.assistant.close()
        self._loop.close()


@pytest.fixture(scope="session")
def talk() -> Iterator[Talk]:
    talking = Talk()
    yield talking
    talking.close()


@pytest.fixture(scope="session")
def hear(talk) -> Callable[..., Heard]:
    """A message after a state, as the trained assistant understands it and hands it to the dialogue."""

    def heard(text: str, state: Discourse | None = None, today: date = TODAY) -> Heard:
        return heard_in(talk.parse(text, state), today, talk.kb)

    return heard


@pytest.fixture(scope="session")
def answer(talk, hear) -> Callable[..., tuple[Reply, Discourse]]:
    """The reply to the last of several messages, and the state after it; `after`: the state before all."""

    def answered(*texts: str, after: Discourse | None = None, today: date = TODAY) -> tuple[Reply, Discourse]:
        state = after or Discourse()
        for text in texts:
            reply, state = reply_to(hear(text, state, today), state, today, talk.kb)
        return reply, state

    return answered
