import asyncio
import threading

import pytest

from beian.store import database, threads
from beian.store.database import StoreError
from beian.store.threads import StoreThreads, on_loop


@pytest.fixture
def pools():
    pools = StoreThreads("test")
    yield pools
    pools.close()


def test_what_is_told_arrives_in_the_loop_in_order_and_before_the_end(pools):
    async def run():
        seen = []

        def work():
            for number in range(100):
                on_loop(lambda number=number: seen.append((number, threading.get_ident())))
            return len(seen)

        await pools.write(work)
        return seen, threading.get_ident()

    seen, here = asyncio.run(run())
    assert seen == [(number, here) for number in range(100)]
    on_loop(seen.clear)
    assert seen == []


def test_what_waits_holds_up_only_its_own_kind(pools):
    async def run():
        gate = threading.Event()
        writing = asyncio.ensure_future(pools.write(gate.wait))
        searching = [asyncio.ensure_future(pools.long(gate.wait)) for _ in range(threads.LONG)]
        try:
            assert await pools.read(lambda: "read") == "read"
        finally:
            gate.set()
        await asyncio.gather(writing, *searching)

        gate.clear()
        reading = [asyncio.ensure_future(pools.read(gate.wait)) for _ in range(threads.READERS)]
        try:
            assert await pools.write(lambda: "written") == "written"
            assert await pools.long(lambda: "found") == "found"
        finally:
            gate.set()
        await asyncio.gather(*reading)

    asyncio.run(run())


def test_what_could_not_begin_in_time_is_not_begun(pools, monkeypatch):
    monkeypatch.setattr(threads, "WAIT_SECONDS", 0.0)
    done = []
    with pytest.raises(StoreError, match="busy"):
        asyncio.run(pools.write(done.append, 1))
    assert done == []


def test_a_job_knows_how_long_it_may_wait(pools):
    limits = database._limits
    for kind, seconds in ((pools.write, 5.0), (pools.long, 60.0)):
        until, statement = asyncio.run(kind(lambda: (limits.until, limits.statement)))
        assert statement == seconds
        assert until is not None
    assert asyncio.run(pools.read(lambda: limits.until)) is not None
    assert (limits.until, limits.statement) == (None, database.STATEMENT_SECONDS)


def test_errors_come_out_and_nothing_is_done_after_the_end(pools):
    def fail():
        raise KeyError("x")

    with pytest.raises(KeyError):
        asyncio.run(pools.read(fail))
    pools.close()
    with pytest.raises(StoreError, match="closed"):
        asyncio.run(pools.write(print))
