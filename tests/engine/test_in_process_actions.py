"""The actions' threads: one that blocks or hangs harms nobody else."""

import asyncio
import sys
import threading

import pytest

from beian.engine.in_process_actions import InProcessActions
from tests.patience import PATIENCE
from tests.server.conftest import PROJECT

APOLOGY = {"text": "抱歉", "custom": {"status": "error"}}


def threads():
    return {thread for thread in threading.enumerate() if thread.name == "actions"}


class Bench:
    """The endpoint with actions of the test's own: plain functions by name."""

    def __init__(self, seconds):
        if str(PROJECT) not in sys.path:
            sys.path.insert(0, str(PROJECT))
        self._others = threads()
        self.failures = []
        self.endpoint = InProcessActions(
            "tiny_actions",
            lambda _name: dict(APOLOGY),
            on_failure=lambda name, reason: self.failures.append((name, reason)),
            seconds=seconds,
        )
        self.release = threading.Event()
        self.begun = []
        self.endpoint.executor.actions |= {
            "block": self._block,
            "say": self._say,
            "slow": self._slow,
            "hang": self._hang,
        }

    def _block(self, dispatcher, tracker, domain):
        self.begun.append("block")
        self.release.wait(PATIENCE)
        return []

    def _say(self, dispatcher, tracker, domain):
        self.begun.append("say")
        dispatcher.utter_message(text="好")
        return []

    async def _slow(self, dispatcher, tracker, domain):
        await asyncio.sleep(1.0)
        dispatcher.utter_message(text="慢")
        return []

    async def _hang(self, dispatcher, tracker, domain):
        await asyncio.sleep(60)

    def wait_until_threads_are(self, count):
        for _ in range(1000):
            if len(threads() - self._others) == count:
                return
            threading.Event().wait(0.02)
        raise AssertionError(threads() - self._others)

    async def call(self, action, after=0.0):
        await asyncio.sleep(after)
        tracker = {
            "sender_id": "a",
            "slots": {},
            "latest_message": {},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        }
        result = await self.endpoint.request(json={"next_action": action, "tracker": tracker, "domain": {}})
        [response] = result["responses"]
        return response["text"]


@pytest.fixture
def bench():
    made = []

    def make(seconds):
        made.append(Bench(seconds))
        return made[-1]

    yield make
    for one in made:
        one.release.set()
        one.endpoint.close()


def test_while_one_blocks_the_others_are_answered(bench):
    one = bench(5.0)

    async def run():
        calls = [one.call("block"), *(one.call("say", 0.1 + number * 0.3) for number in range(8))]
        return await asyncio.gather(*calls)

    texts = asyncio.run(run())
    assert texts == ["抱歉"] + ["好"] * 8
    assert one.failures == [("block", "timeout")]
    # What was moved away from the blocked thread ran once.
    one.release.set()
    one.endpoint.close()
    one.wait_until_threads_are(0)
    assert sorted(one.begun) == ["block"] + ["say"] * 8


def test_several_that_block_do_not_take_the_others_with_them(bench):
    one = bench(4.0)

    async def run():
        calls = []
        for number in range(3):
            calls += [one.call("block", number * 0.2), one.call("say", number * 0.2 + 0.1)]
        calls += [one.call("slow", 2.9), one.call("say", 4.1), one.call("say", 4.5)]
        return await asyncio.gather(*calls)

    assert asyncio.run(run()) == ["抱歉", "好"] * 3 + ["慢", "好", "好"]
    assert one.failures == [("block", "timeout")] * 3


def test_when_one_hangs_those_on_the_same_thread_go_on(bench):
    one = bench(2.0)

    async def run():
        return await asyncio.gather(one.call("hang"), one.call("slow", 1.4), one.call("say", 1.9))

    assert asyncio.run(run()) == ["抱歉", "慢", "好"]
    assert one.failures == [("hang", "timeout")]


def test_threads_that_were_replaced_end_when_they_are_free(bench):
    one = bench(1.0)

    async def run():
        return await asyncio.gather(*(one.call("block") for _ in range(3)), one.call("hang"))

    assert asyncio.run(run()) == ["抱歉"] * 4
    one.release.set()
    one.wait_until_threads_are(1)
    assert asyncio.run(one.call("say")) == "好"
    one.endpoint.close()
    one.wait_until_threads_are(0)


def test_a_call_that_was_given_up_before_it_began_does_not_run_later(bench):
    one = bench(0.3)

    async def run():
        return await asyncio.gather(one.call("block"), one.call("say"))

    assert asyncio.run(run()) == ["抱歉", "抱歉"]
    one.release.set()
    one.endpoint.close()
    one.wait_until_threads_are(0)
    assert one.begun == ["block"]
