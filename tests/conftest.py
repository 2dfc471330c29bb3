"""The trained assistant, shared by the tests that need it: loaded once, in this process, without a server.

`make test` trains first; without a model these tests fail and say so.
"""

import asyncio
import itertools
from collections.abc import Iterator

import pytest

from beian.server.assistant import Assistant


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
        return self._loop.run_until_complete(self.assistant.parse(text))["understanding"]

    def understand_together(self, texts: list[str]) -> list[dict]:
        """The same of messages that arrive at the same moment."""

        async def all_at_once() -> list[dict]:
            return await asyncio.gather(*map(self.assistant.parse, texts))

        return [parsed["understanding"] for parsed in self._loop.run_until_complete(all_at_once())]

    def close(self) -> None:
        self.assistant.close()
        self._loop.close()


@pytest.fixture(scope="session")
def talk() -> Iterator[Talk]:
    talking = Talk()
    yield talking
    talking.close()
