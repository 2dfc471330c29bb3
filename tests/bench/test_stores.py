"""The bench of long conversations and searches, run small."""

import asyncio

from bench import stores


def test_everything_is_measured_and_told():
    found = asyncio.run(stores.measure(small=True))
    assert list(found) == ["5 turns", "20 turns", "2000 messages"]
    for costs in found.values():
        for name, cost in costs.items():
            assert cost.ms > 0
            assert cost.loop_ms > 0 or name == "a search"
    told = stores.table(found)
    assert "first turn after a restart" in told
    assert "a turn beside a search" in told
