"""The hub alone: an assistant that says what the test wants, and a store that fails when told to."""

import asyncio
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError

from beian.server.hub import Hub
from beian.server.metrics import Metrics
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Draft
from tests.patience import PATIENCE

APOLOGY = "errors.action_failed"


class FakeAssistant:
    """Answers 答<text>; `during` runs inside each turn, and inside each message it only listens to."""

    model_name = "model"

    def __init__(self, during=None):
        self.kb = SimpleNamespace(version="kb", phrase=lambda section, key, **_: f"{section}.{key}")
        self.tracker_store = SimpleNamespace(check=lambda: None)
        self.asked, self.told, self.during = [], [], during

    def stored_events(self, sender, message_id):
        return []

    async def reply(self, sender, text, metadata=None, **_):
        self.asked.append(text)
        if self.during is not None:
            await self.during(text)
        return [{"text": f"答{text}", "custom": {"status": "answered"}}]

    async def listen(self, sender, text):
        self.told.append(text)
        if self.during is not None:
            await self.during(text)


class FailingStore(ConversationStore):
    """Refuses everything while `broken`; `fault` may raise something when an answer is stored."""

    broken, fault = False, None

    def transaction(self):
        if self.broken:
            raise StoreError("broken")
        return super().transaction()

    def reading(self):
        if self.broken:
            raise StoreError("broken")
        return super().reading()

    def answer(self, conversation, question, drafts, turn=None):
        if self.fault is not None:
            self.fault(question, drafts)
        return super().answer(conversation, question, drafts, turn)


@pytest.fixture
def store():
    store = FailingStore()
    yield store
    store.close()


def make_hub(store, assistant=None):
    hub = Hub(assistant or FakeAssistant(), store, Metrics())
    hub.retry_seconds = (0.01, 0.02)
    hub.quiet_seconds = 0.3
    return hub


def accept(store, *texts, conversation="w-1"):
    return [store.accept(conversation, Draft("user", text, client_id=text))[0].id for text in texts]


async def until(condition, seconds=PATIENCE):
    for _ in range(int(seconds * 100)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happened")


async def ask_all(store, fault, *texts):
    """Ask a hub whose store runs `fault` whenever an answer is stored, until nothing waits; the hub."""
    store.fault = fault
    hub = make_hub(store)
    for number in accept(store, *texts):
        hub.enqueue("w-1", number)
    await until(lambda: not hub.waiting)
    return hub


def said(store, conversation="w-1"):
    return [message.text for message in store.messages(conversation) if message.author == "bot"]


def shown(stream):
    events = []
    while not stream.events.empty():
        events.append(stream.events.get_nowait())
    return [(event.kind, getattr(event.value, "text", event.value)) for event in events]


# --- the store fails ---------------------------------------------------------------------------------


def test_an_outage_longer_than_all_pauses_delays_the_answers_and_keeps_their_order(store):
    async def run():
        hub = make_hub(store)
        stream = hub.watch("w-1")
        numbers = accept(store, "一", "二")
        store.broken = True
        hub.enqueue("w-1", numbers[0])
        await until(lambda: hub.metrics.store_errors._value.get() >= 10)
        hub.enqueue("w-1", numbers[1])
        assert hub.waiting == 2
        store.broken = False
        await until(lambda: not hub.waiting)
        assert said(store) == ["答一", "答二"]
        assert store.unanswered() == []
        return shown(stream)

    events = asyncio.run(run())
    # While the answer is delayed the customer sees that it is being worked at, and at the end that it is not.
    first = events.index(("message", "答一"))
    assert [value for kind, value in events[:first] if kind == "typing"] == [True] * (first - 1) + [False]
    assert events[first:] == [("message", "答一"), ("typing", True), ("typing", False), ("message", "答二")]


def test_an_outage_of_the_events_alone_is_waited_for_as_well(store):
    async def run():
        failures = iter(range(12))

        async def fail(_text):
            if next(failures, None) is not None:
                raise StoreError("no events")

        assistant = FakeAssistant(fail)
        assistant.tracker_store.check = lambda: fail_check()

        def fail_check():
            raise StoreError("no events")

        hub = make_hub(store, assistant)
        hub.enqueue("w-1", *accept(store, "一"))
        await until(lambda: not hub.waiting)

    asyncio.run(run())
    assert said(store) == ["答一"]


def test_other_conversations_are_answered_meanwhile(store):
    async def run():
        def fault(_question, drafts):
            if drafts[0].text == "答一":
                store.check = refuse
                raise StoreError("broken")

        def refuse():
            raise StoreError("broken")

        hub = make_hub(store)
        store.fault = fault
        hub.enqueue("w-1", *accept(store, "一"))
        hub.enqueue("w-2", *accept(store, "二", conversation="w-2"))
        await until(lambda: said(store, "w-2") == ["答二"])
        await until(lambda: hub.waiting == 1)
        store.fault = None
        await until(lambda: said(store) == ["答一"])

    asyncio.run(run())


def test_what_cannot_be_stored_by_a_store_that_works_becomes_the_apology(store):
    async def run():
        def fault(_question, drafts):
            if drafts[0].text == "答毒":
                raise StoreError("value too long")

        await ask_all(store, fault, "毒", "好")

    asyncio.run(run())
    assert said(store) == [APOLOGY, "答好"]


def test_a_stop_during_an_outage_waits_for_nothing_and_the_next_start_answers(store):
    async def stopped():
        hub = make_hub(store)
        hub.retry_seconds = (600.0,)
        await hub.resume()
        numbers = accept(store, "一", "二")
        store.broken = True
        for number in numbers:
            hub.enqueue("w-1", number)
        await until(lambda: hub.metrics.store_errors._value.get() >= 1)
        await asyncio.wait_for(hub.stop(60), 20)
        assert not hub.waiting
        store.broken = False

    async def started():
        hub = make_hub(store)
        assert await hub.resume() == 2
        await until(lambda: not hub.waiting)
        await hub.stop()

    asyncio.run(stopped())
    assert store.unanswered() == [("w-1", 1), ("w-1", 2)]
    asyncio.run(started())
    assert said(store) == ["答一", "答二"]


# --- something else fails ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [TypeError("secret"), IntegrityError("s", {}, Exception()), AttributeError("x")]
)
def test_an_answer_that_cannot_be_stored_for_another_reason_is_the_apology_and_the_queue_goes_on(
    store, caplog, error
):
    async def run():
        def fault(_question, drafts):
            if drafts[0].text == "答一":
                raise error

        await ask_all(store, fault, "一", "二")

    asyncio.run(run())
    assert said(store) == [APOLOGY, "答二"]
    assert [record.reason for record in caplog.records] == [type(error).__name__]
    assert "secret" not in caplog.text


def test_when_not_even_the_apology_can_be_given_the_queue_goes_on(store):
    async def run():
        def fault(question, _drafts):
            if question == 1:
                raise TypeError

        hub = await ask_all(store, fault, "一", "二")
        assert said(store) == ["答二"]
        # It is not forgotten all the same.
        assert store.unanswered() == [("w-1", 1)]
        store.fault = None
        await hub.resume()
        await until(lambda: said(store) == ["答二", "答一"])
        await hub.stop()

    asyncio.run(run())


@pytest.mark.parametrize("error", [TypeError(), StoreError("x")])
@pytest.mark.parametrize("place", ["after_reply", "listeners"])
def test_callbacks_that_fail_are_logged_and_harm_nobody(store, caplog, place, error):
    async def run():
        def fail(*_):
            raise error

        hub = make_hub(store)
        getattr(hub, place).append(fail)
        stream = hub.watch("w-1")
        for number in accept(store, "一", "二"):
            hub.enqueue("w-1", number)
        await until(lambda: not hub.waiting)
        hub.say("w-1", Draft("system", "三"))
        return shown(stream)

    events = asyncio.run(run())
    assert said(store) == ["答一", "答二"]
    assert [text for kind, text in events if kind == "message"] == ["答一", "答二", "三"]
    assert type(error).__name__ in {record.reason for record in caplog.records}


def test_a_taker_that_fails_has_not_taken_the_message(store, caplog):
    async def run():
        def fail(_conversation, message):
            if message.text == "一":
                raise TypeError
            return message.text == "二"

        hub = make_hub(store)
        hub.takers.append(fail)
        for number in accept(store, "一", "二", "三"):
            hub.enqueue("w-1", number)
        await until(lambda: not hub.waiting)

    asyncio.run(run())
    assert said(store) == ["答一", "答三"]
    assert store.unanswered() == []
    assert [record.reason for record in caplog.records] == ["TypeError"]


# --- several servers ---------------------------------------------------------------------------------


def test_alone_a_server_takes_up_everything_at_once(store):
    async def run():
        accept(store, "一", "二")
        hub = make_hub(store)
        hub.quiet_seconds = 600.0
        assert await hub.resume() == 2
        await until(lambda: not hub.waiting)
        await hub.stop()

    asyncio.run(run())
    assert said(store) == ["答一", "答二"]


def test_a_second_server_leaves_alone_what_the_first_is_answering(store):
    async def run():
        store.shared = True
        going, release = asyncio.Event(), asyncio.Event()

        async def wait(_text):
            going.set()
            await release.wait()

        first, second = make_hub(store, FakeAssistant(wait)), make_hub(store)
        first.enqueue("w-1", *accept(store, "一"))
        await going.wait()
        second.quiet_seconds = 600.0
        assert await second.resume() == 0
        await asyncio.sleep(0.1)
        release.set()
        await until(lambda: not first.waiting)
        assert second.assistant.asked == []
        await second.stop()

    asyncio.run(run())
    assert said(store) == ["答一"]


def test_what_a_server_left_for_good_is_taken_up_by_one_of_the_others(store):
    async def run():
        store.shared = True
        accept(store, "一", "二")
        accept(store, "三", conversation="w-2")
        others = [make_hub(store) for _ in range(3)]
        assert [await hub.resume() for hub in others] == [0, 0, 0]
        await until(lambda: not store.unanswered())
        await asyncio.gather(*(hub.stop() for hub in others))
        assert sorted(text for hub in others for text in hub.assistant.asked) == ["一", "三", "二"]

    asyncio.run(run())
    assert said(store) == ["答一", "答二"]
    assert said(store, "w-2") == ["答三"]


def test_a_conversation_that_goes_on_is_not_taken_over(store):
    """Each answer of the first server shows that it lives, however long its queue is."""

    async def run():
        store.shared = True

        async def slow(_text):
            await asyncio.sleep(0.1)

        first, second = make_hub(store, FakeAssistant(slow)), make_hub(store)
        texts = [str(number) for number in range(20)]
        for number in accept(store, *texts):
            first.enqueue("w-1", number)
        second.quiet_seconds = 1.0
        await second.resume()
        await until(lambda: not first.waiting)
        assert second.assistant.asked == []
        await second.stop()
        return texts

    texts = asyncio.run(run())
    assert said(store) == [f"答{text}" for text in texts]


def test_waiting_for_what_was_asked_so_far_has_an_end(store):
    async def run():
        gate = asyncio.Event()
        hub = make_hub(store, FakeAssistant(lambda text: gate.wait() if text == "一" else asyncio.sleep(0)))
        assert await hub.answered_so_far("w-1")
        for number in accept(store, "一", "二"):
            hub.enqueue("w-1", number)
        assert not await hub.answered_so_far("w-1", seconds=0.05)
        waiting = asyncio.ensure_future(hub.answered_so_far("w-1"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        gate.set()
        assert await waiting
        assert said(store) == ["答一", "答二"]
        await hub.stop()

    asyncio.run(run())


# --- a message over which the process died -----------------------------------------------------------


def test_a_message_over_which_the_process_died_twice_gets_the_apology_alone(store):
    async def run():
        hub = make_hub(store)
        fatal, _ = accept(store, "一", "二")
        store.begin("w-1", fatal)
        store.begin("w-1", fatal)
        await hub.resume()
        await until(lambda: not hub.waiting)
        await hub.stop()
        assert hub.assistant.asked == ["二"]
        assert hub.metrics.put_aside._value.get() == 1

    asyncio.run(run())
    assert said(store) == ["errors.put_aside", "答二"]


def test_messages_over_which_it_may_have_died_are_tried_one_at_a_time(store):
    async def run():
        at_once, most = set(), []

        async def during(text):
            at_once.add(text)
            most.append(len(at_once & {"甲", "乙", "丙"}))
            await asyncio.sleep(0.02)
            at_once.discard(text)

        hub = make_hub(store, FakeAssistant(during))
        for name in ("甲", "乙", "丙", "丁"):
            [number] = accept(store, name, conversation=name)
            if name != "丁":
                store.begin(name, number)
        again = asyncio.ensure_future(hub.try_again())
        await until(lambda: at_once)
        # Only the one at work has begun once more, and nothing else is begun.
        assert sorted(store.tries(*key) for key in store.unanswered()) == [0, 1, 1, 2]
        await again
        assert store.unanswered() == [("丁", 1)]
        await hub.resume()
        await until(lambda: not hub.waiting)
        await hub.stop()
        assert max(most) == 1

    asyncio.run(run())
    assert [said(store, name) for name in ("甲", "乙", "丙", "丁")] == [
        ["答甲"],
        ["答乙"],
        ["答丙"],
        ["答丁"],
    ]


def test_only_dying_counts_not_stopping_nor_an_outage(store):
    async def run():
        def refuse(question, drafts):
            raise StoreError("broken")

        store.fault = refuse
        hub = make_hub(store)
        [number] = accept(store, "一")
        hub.enqueue("w-1", number)
        await until(lambda: hub.metrics.store_errors._value.get() >= 2)
        assert store.tries("w-1", number) == 1
        store.broken = True
        await asyncio.sleep(0.05)
        store.broken = False
        await hub.stop()
        assert store.tries("w-1", number) == 0
        assert store.unanswered() == [("w-1", number)]

    asyncio.run(run())


# --- a person answers ----------------------------------------------------------------------------------


async def tell(hub, text):
    return await hub.accept("w-1", Draft("user", text, client_id=text))


def test_what_is_told_to_a_person_is_listened_to_in_its_turn_and_not_answered(store):
    async def run():
        assistant = FakeAssistant()
        hub = make_hub(store, assistant)
        await tell(hub, "一")
        await until(lambda: not hub.waiting)
        assert store.set_mode("w-1", "human", agent="li")
        for text in ("二", "三", "二"):
            await tell(hub, text)
        # Handed back before it comes to them: they were told to a person nevertheless.
        assert store.set_mode("w-1", "bot")
        await tell(hub, "四")
        await until(lambda: not hub.waiting)
        assert (assistant.asked, assistant.told) == (["一", "四"], ["二", "三"])
        assert said(store) == ["答一", "答四"]
        assert store.unanswered() == []
        await hub.stop()

    asyncio.run(run())


def test_what_waits_while_a_person_takes_over_or_takes_it_is_listened_to(store):
    async def run():
        gate, assistant = asyncio.Event(), FakeAssistant()
        hub = make_hub(store, assistant)

        async def during(text):
            if text == "一":
                await gate.wait()

        assistant.during = during
        await tell(hub, "一")
        await until(lambda: assistant.asked)
        await tell(hub, "二")
        assert store.set_mode("w-1", "human", agent="li")
        gate.set()
        await until(lambda: not hub.waiting)
        assert store.set_mode("w-1", "bot")
        hub.takers.append(lambda conversation, message: message.text == "三")
        await tell(hub, "三")
        await until(lambda: not hub.waiting)
        assert (assistant.asked, assistant.told) == (["一"], ["二", "三"])
        assert said(store) == []
        await hub.stop()

    asyncio.run(run())


def test_a_message_that_cannot_be_listened_to_is_no_answer_to_anybody(store, caplog):
    async def run():
        async def fail(text):
            raise RuntimeError("私密")

        hub = make_hub(store, FakeAssistant(fail))
        store.accept("w-1", Draft("user", "零"))
        store.set_aside("w-1", 1)
        assert store.set_mode("w-1", "human", agent="li")
        await tell(hub, "一")
        await until(lambda: not hub.waiting)
        assert said(store) == []
        await hub.stop()

    asyncio.run(run())
    assert "message not listened to" in caplog.text
    assert "私密" not in caplog.text
