"""What a long conversation and a full database cost: times at 20, 500 and 5,000 turns, and beside a search.

`python -m bench.stores` has the turns had by the newest model, looks at each conversation as an agent does,
searches 100,000 messages while others ask, and writes bench/stores.json and bench/stores.md. `--small` is a
quick look. Every figure stands beside the longest time that the event loop was kept from anything else.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import uvloop

from beian import launch
from beian.desk.service import Desk
from beian.server.context import Context
from beian.settings import Settings
from beian.store.desk.agents import Agent
from beian.store.desk.sessions import Session
from beian.store.records import Draft
from beian.store.search import search
from beian.store.tables import conversations, messages

RESULTS = Path(__file__).parent
TURNS = (20, 500, 5_000)
MESSAGES = 100_000
REPEATS = 5
_BEAT_SECONDS = 0.001
_PAGE = 150
_PLACES = ("杭州", "琉璃厂", "东街", "三号楼", "机房", "总部")


@dataclass
class Cost:
    """Milliseconds: how long it took (the median), and the longest wait of the event loop meanwhile."""

    ms: float
    loop_ms: float


class Heart:
    """Beats in the event loop; the longest pause is what somebody else took."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        """Until cancelled."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(_BEAT_SECONDS)
            self.longest = max(self.longest, time.perf_counter() - begun - _BEAT_SECONDS)


async def ask(context: Context, conversation: str, text: str) -> None:
    """Have a message answered as the widget's are."""
    stream = context.hub.watch(conversation)
    await context.hub.accept(conversation, Draft("user", text))
    while context.hub.waiting:
        event = await stream.events.get()
        if event is None or (event.kind == "message" and event.value.author == "bot"):
            break
    context.hub.leave(conversation, stream)


@asynccontextmanager
async def opened(var: Path) -> AsyncIterator[tuple[Context, Desk]]:
    """A server without its sockets."""
    context = await launch.open_server(Settings(var=var))
    desk = Desk(context)
    await desk.advice.warm_up()
    try:
        yield context, desk
    finally:
        await context.hub.stop()
        context.assistant.close()
        context.store.close()
        context.assistant.tracker_store.close()


async def cost_of(
    job: Callable[[], Awaitable[Any]], before: Callable[[], Any] = lambda: None, repeats: int = REPEATS
) -> Cost:
    """Run the job several times, each after `before`."""
    times, heart = [], Heart()
    beating = asyncio.ensure_future(heart.beat())
    for _ in range(repeats):
        before()
        await asyncio.sleep(0.01)
        begun = time.perf_counter()
        await job()
        times.append(time.perf_counter() - begun)
    await asyncio.sleep(0.01)
    beating.cancel()
    return Cost(1000 * statistics.median(times), 1000 * heart.longest)


async def measure_turns(
    context: Context, desk: Desk, turns: int, questions: list[str], chance: random.Random
) -> dict[str, Cost]:
    """Have so many turns in one conversation, and measure what is done with it then."""
    name = f"w-{turns}"
    for _ in range(turns):
        await ask(context, name, chance.choice(questions))
    agent = Session("bench", Agent("bench", "agent", 0.0, False))
    store, trackers = context.store, context.assistant.tracker_store

    def read() -> None:
        [row] = desk.records.rows(agent.agent.name, [name])
        store.messages(name, max(0, row.last_id - _PAGE), _PAGE)
        desk.records.notes(name)
        desk.records.labels_of(name)

    async def view() -> None:
        await desk.threads.read(read)
        await desk.advice.case(name)

    async def suggestions() -> None:
        desk.advice._found.clear()
        await desk.advice.suggestions(name)

    async def turn() -> None:
        await ask(context, name, questions[0])

    async def turn_after_a_look() -> None:
        await desk.advice.case(name)
        await turn()

    return {
        "a turn": await cost_of(turn),
        "first turn after a restart": await cost_of(turn, trackers.forget_live),
        "turn after a desk look": await cost_of(turn_after_a_look),
        "desk view": await cost_of(view, trackers.forget_live),
        "suggestions": await cost_of(suggestions, trackers.forget_live),
    }


def fill(context: Context, count: int, chance: random.Random) -> None:
    """Put `count` messages of many conversations into the store."""
    store, now = context.store, time.time()
    for begin in range(0, count, 1000):
        names = [f"s-{number}" for number in range(begin // 10, (begin + 1000) // 10)]
        rows = [
            {
                "conversation": name,
                "id": number,
                "at": now,
                "author": "user" if number % 2 else "bot",
                "text": f"我们在{''.join(chance.sample(_PLACES, 3))}第{begin + number}号换服务器" * 3,
            }
            for name in names
            for number in range(1, 11)
        ]
        new = [
            {
                "id": name,
                "channel": "web",
                "created": now,
                "updated": now,
                "mode": "bot",
                "mode_since": now,
                "last_id": 10,
            }
            for name in names
        ]
        with store.transaction() as connection:
            connection.execute(conversations.insert(), new)
            connection.execute(messages.insert(), rows)


async def measure_search(context: Context, questions: list[str], count: int) -> dict[str, Cost]:
    """Turns alone, and turns while searches run one after the other."""
    await context.store.threads.long(fill, context, count, random.Random(7))
    numbers = iter(range(10_000_000))

    async def turn() -> None:
        await ask(context, f"w-b{next(numbers) % 5}", questions[0])

    found: dict[str, Cost] = {"a turn": await cost_of(turn, repeats=20)}
    stopping = asyncio.Event()
    searched: list[float] = []

    async def keep_searching() -> None:
        while not stopping.is_set():
            for query in ("琉璃厂", "东街 机房", "楼", "总部"):
                begun = time.perf_counter()
                await context.store.threads.long(search, context.store, query)
                searched.append(time.perf_counter() - begun)

    searching = asyncio.ensure_future(keep_searching())
    found["a turn beside a search"] = await cost_of(turn, repeats=40)
    stopping.set()
    await searching
    found["a search"] = Cost(1000 * statistics.median(searched), 0.0)
    return found


def table(found: dict[str, dict[str, Cost]]) -> str:
    """For people, in Markdown."""
    lines = ["| Conversation | What | ms | loop held up, ms at most |", "| --- | --- | --- | --- |"]
    for size, costs in found.items():
        lines += [f"| {size} | {name} | {cost.ms:.1f} | {cost.loop_ms:.1f} |" for name, cost in costs.items()]
    return "\n".join(lines) + "\n"


async def measure(small: bool) -> dict[str, dict[str, Cost]]:
    """Everything."""
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as (context, desk):
            kb = context.assistant.kb
            questions = [fact.question for fact in kb.facts.values()][:40]
            found = {
                f"{turns} turns": await measure_turns(context, desk, turns, questions, chance)
                for turns in ((5, 20) if small else TURNS)
            }
            count = 2_000 if small else MESSAGES
            found[f"{count} messages"] = await measure_search(context, questions, count)
    return found


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="little of everything, to see that it works")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results (bench/)")
    options = parser.parse_args()
    uvloop.install()
    sys.setswitchinterval(launch.SWITCH_SECONDS)
    found = asyncio.run(measure(options.small))
    options.out.mkdir(parents=True, exist_ok=True)
    content = {"cpus": os.cpu_count(), "load": os.getloadavg()[0]}
    content["found"] = {size: {n: asdict(c) for n, c in costs.items()} for size, costs in found.items()}
    (options.out / "stores.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    (options.out / "stores.md").write_text(table(found), encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
