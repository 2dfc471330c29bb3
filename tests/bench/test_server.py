"""The comparison with stock Rasa, run small: this server really measured, stock's figures made up."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from beian.engine.model_file import newest_model
from bench import server
from bench.server import SMALL, Result

SIZES = replace(SMALL, single=10, seconds=0.5, many_turns=20)
SOUND = {"p99_to_median": 5.0, "widget_p99_to_median": 4.9, "errors": 0}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return server.questions(60)


@pytest.fixture(scope="module")
def running(tmp_path_factory, texts):
    with server.running(server.ours, newest_model(), tmp_path_factory.mktemp("bench")) as started:
        asyncio.run(server.until_it_answers(started, texts[0], time.monotonic()))
        yield started


def test_everything_is_measured_and_told(running, texts, tmp_path):
    mine, other = Result("beian", training_s=1, start_s=1), Result("stock Rasa", training_s=2, start_s=4)
    asyncio.run(server.measure(running, mine, texts, SIZES, SIZES.many_turns))
    assert mine.errors == 0
    for name, value in vars(mine).items():
        assert value or name == "errors", name
    assert set(mine.turns_ms) == {str(turn) for turn in SIZES.turns}
    other = replace(mine, name="stock Rasa", median_ms=2 * mine.median_ms)
    told = server.table([mine, other], SIZES)
    assert "| 一个客户，中位数（ms） |" in told
    assert "| 0.50 | ≤ 0.17 |" in told
    server.picture([mine, other], tmp_path / "results.png")
    assert (tmp_path / "results.png").stat().st_size > 10_000


def test_a_soak_goes_through_both_channels(running, texts):
    found = asyncio.run(server.soak(running, texts, minutes=0.1, share=0.5))
    assert found["errors"] == 0
    assert found["median_ms"] > 0
    assert found["widget_median_ms"] > 0
    assert found["requests"] > 0


def test_failed_requests_are_counted(running, texts):
    broken = server.Server([], running.url.replace("/rest/", "/none/"), running.log.parent)

    async def ask() -> int:
        async with server.Client(broken.url) as client:
            await client.ask("one", texts[0])
            return client.errors

    assert asyncio.run(ask()) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"p99_to_median": 5.01}, ["p99_to_median is 5.01"]),
        ({"widget_p99_to_median": 7.0}, ["widget_p99_to_median is 7.00"]),
        ({"errors": 1}, ["errors is 1.00"]),
    ],
)
def test_a_soak_that_falls_short_says_so(changed, told):
    assert server.failures({**SOUND, **changed}) == told
