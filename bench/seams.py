"""What each part put into Rasa's agent is worth: the same turns with it and with Rasa's own, in turns.

    python -m bench.seams [--rounds 100]

Processor time, not the clock's: others may use the machine. The figures stand in docs/decisions/0007.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

from beian.engine.assistant import Assistant
from beian.engine.model_file import newest_model

TEXTS = ("公司改名要什么材料", "那要多久", "服务器换了", "被驳回了怎么办", "最晚哪天交")
WARMING, EVENTS = 20, 1000


async def turns(
    assistant: Assistant, put: dict[bool, Callable[[], None]], rounds: int
) -> tuple[float, float]:
    """Milliseconds of a turn (own, Rasa's): medians of so many rounds of `TEXTS`, one after the other."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds):
        for text in TEXTS:
            for own in (True, False) if number % 2 else (False, True):
                put[own]()
                begun = time.thread_time()
                await assistant.reply(f"seams-{own}", text)
                found[own].append(1000 * (time.thread_time() - begun))
    put[True]()
    return statistics.median(found[True]), statistics.median(found[False])


def reading(bodies: list[dict[str, Any]], read: Callable[[list[dict[str, Any]]], object]) -> float:
    """Milliseconds of reading `bodies`: the best of ten."""
    taken = []
    for _ in range(10):
        begun = time.thread_time()
        read(bodies)
        taken.append(1000 * (time.thread_time() - begun))
    return min(taken)


async def measure(rounds: int) -> None:
    """Print one line for each part."""
    assistant = await Assistant.load()
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.events import deserialise_events

    from beian.engine.live_tracker import read_events

    processor: Any = assistant.agent.processor
    planned, loaded = processor.graph_runner, MessageProcessor._load_model(newest_model())[2]
    for number in range(WARMING):
        await assistant.reply("seams-warm", TEXTS[number % len(TEXTS)])

    def runner(which: Any) -> Callable[[], None]:
        return lambda: setattr(processor, "graph_runner", which)

    def predicting(predict: Any) -> Callable[[], None]:
        return lambda: setattr(processor, "predict_next_with_tracker_if_should", predict)

    checked = processor.predict_next_with_tracker_if_should
    remote = MessageProcessor.predict_next_with_tracker_if_should.__get__(processor)
    for name, put in {
        "PlannedRunner": {True: runner(planned), False: runner(loaded)},
        "CheckedAction": {True: predicting(checked), False: predicting(remote)},
    }.items():
        own, rasas = await turns(assistant, put, rounds)
        print(f"{name}: a turn takes {own:.1f} ms, with Rasa's own {rasas:.1f} ms")
    tracker = await assistant.tracker("seams-warm")
    bodies = [event.as_dict() for event in (tracker.events if tracker else ())]
    bodies = (bodies * (EVENTS // len(bodies) + 1))[:EVENTS]
    own, rasas = reading(bodies, read_events), reading(bodies, deserialise_events)
    print(f"read_events: {EVENTS} events take {own:.1f} ms, with Rasa's own {rasas:.1f} ms")
    assistant.close()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100, help="of five turns each way")
    asyncio.run(measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
