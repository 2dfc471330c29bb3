"""How fast the desk's list and search are in a store of 50,000 conversations and a million messages.

    python -m bench.desk_many [conversations] [database]

`database` is a new file (a temporary one by default) or the address of an empty PostgreSQL database.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from beian.store import desk_tables as tables
from beian.store import search, search_index
from beian.store.conversations import ConversationStore
from beian.store.desk.records import Records
from beian.store.tables import conversations, messages

MESSAGES_EACH = 20
ROUNDS = 15
PORTION = 500
_TOLD = (
    "公司改名了要准备什么材料",
    "审核一般要多久",
    "网站要不要关",
    "换服务器后解析怎么改",
    "被驳回了怎么办",
)
_SURNAMES, _PLACES = "赵钱孙李周吴郑王冯陈", ("琉璃厂", "芦苇荡", "鸬鹚滩", "望江楼", "石桥镇")
_MODES = ("closed",) * 60 + ("bot",) * 38 + ("waiting",) + ("human",)
WORDS = (
    "备案",
    "琉璃厂",
    "审核一般",
    "琉璃厂 材料",
    "从来没有人说过的",
    "鹚",
    "苇荡",
    "鹚 备案",
    "77",
    "Q",
    "第777次",
)


def rows(count: int) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Conversations with their messages, in portions."""
    chosen, now = random.Random(7), time.time()
    for start in range(0, count, PORTION):
        made: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        for number in range(start, min(start + PORTION, count)):
            name, at = f"w-{number:022d}xx", now - (count - number) * 60
            made.append(
                {
                    "id": name,
                    "channel": "web",
                    "created": at,
                    "updated": at,
                    "mode": chosen.choice(_MODES),
                    "mode_since": at,
                    "agent": "李敏",
                    "last_id": MESSAGES_EACH,
                }
            )
            for place in range(1, MESSAGES_EACH + 1):
                told = f"{chosen.choice(_SURNAMES)}先生第{number % 997}次问备案：{chosen.choice(_TOLD)}"
                if chosen.random() < 0.001:
                    told += f"，我们在{chosen.choice(_PLACES)}"
                author = "user" if place % 2 else "bot"
                said.append(
                    {"conversation": name, "id": place, "at": at + place, "author": author, "text": told}
                )
        yield made, said


def timed(work: Callable[[], Any]) -> str:
    """The fastest, the median and the slowest of some rounds in milliseconds, this process's own part of the
    processor's time, and what came of it. On a busy machine the fastest and the last are what counts."""
    taken, own = [], time.process_time()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = work()
        taken.append((time.perf_counter() - begun) * 1000)
    own = (time.process_time() - own) * 1000 / ROUNDS
    times = f"{min(taken):7.1f} / {statistics.median(taken):7.1f} / {max(taken):7.1f} ms"
    return f"{times}, processor {own:7.1f} ms, {len(found)} found"


def main(arguments: list[str]) -> None:
    """Fill the store, and print a line for each measurement."""
    count = int(arguments[0]) if arguments else 50_000
    with tempfile.TemporaryDirectory() as folder:
        store = ConversationStore(arguments[1] if len(arguments) > 1 else Path(folder) / "many.db")
        tables.create(store.engine)
        begun = time.perf_counter()
        for made, said in rows(count):
            with store.transaction() as connection:
                connection.execute(conversations.insert(), made)
                connection.execute(messages.insert(), said)
        print(
            f"{count} conversations, {count * MESSAGES_EACH} messages in {time.perf_counter() - begun:.0f} s"
        )
        begun = time.perf_counter()
        search_index.create(store.engine)
        print(f"the index of them in {time.perf_counter() - begun:.0f} s")
        with store.transaction() as connection:
            connection.exec_driver_sql("ANALYZE")
        records = Records(store)
        print("list   ", timed(lambda: records.sections("李敏")))
        print("counts ", timed(records.counts))
        bot = records.sections("李敏", ["bot"])
        last = bot[-1]
        print("more   ", timed(lambda: records.sections("李敏", ["bot"], None, (last.updated, last.id))))
        for words in WORDS:
            print("search ", timed(partial(search.search, store, words)), words)
        print("write  ", timed(lambda: _written(store)))
        store.close()


def _written(store: ConversationStore) -> list[int]:
    """One more message in the first conversation, as a customer writes it: the indexes take it in."""
    first = f"w-{0:022d}xx"
    with store.transaction() as connection:
        mine = messages.c.conversation == first
        number = int(connection.execute(sa.select(sa.func.max(messages.c.id)).where(mine)).scalar_one()) + 1
        values = {"conversation": first, "id": number, "at": time.time(), "author": "user", "text": _TOLD[0]}
        connection.execute(messages.insert().values(**values))
    return [number]


if __name__ == "__main__":
    main(sys.argv[1:])
