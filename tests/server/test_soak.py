"""A short soak: steady load over both channels. The long one is `python -m bench.server soak`."""

import asyncio
import os
import random
import time

import aiohttp
import psutil

SECONDS = float(os.environ.get("BEIAN_SOAK", "6"))


async def _load(url, seconds):
    outcome = {"answered": 0, "failed": 0}
    until = time.monotonic() + seconds
    chance = random.Random(1)

    async def one(client, place):
        turn = 0
        while time.monotonic() < until:
            body = {"sender": f"soak-{place}-{turn // 8}", "message": f"问{turn}"}
            async with client.post(url + "/webhooks/rest/webhook", json=body) as response:
                good = response.status == 200 and (await response.json())[0]["custom"]["status"] == "answered"
            outcome["answered" if good else "failed"] += 1
            turn += 1
            await asyncio.sleep(chance.random() * 0.05)

    async with aiohttp.ClientSession() as client:
        await asyncio.gather(*(one(client, place) for place in range(12)))
    return outcome


def test_steady_load_without_an_error_and_in_bounded_memory(make_server):
    running = make_server()
    asyncio.run(_load(running.url, SECONDS / 3))
    before = psutil.Process().memory_info().rss
    outcome = asyncio.run(_load(running.url, SECONDS))
    assert outcome["failed"] == 0
    assert outcome["answered"] > 0
    assert psutil.Process().memory_info().rss - before < 60 * 2**20
    assert running.context.in_flight == 0
    assert len(running.context.assistant.locks) == 0
