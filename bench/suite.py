"""How long the conversation tests take: 500 conversations of 3 turns in this process, after import.

`python -m bench.suite` prints the outcome and writes bench/suite.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import warnings
from pathlib import Path
from typing import Any

from beian.testing.inprocess import InProcessDriver
from beian_suite.checks import check_step
from beian_suite.contract import check_contract
from beian_suite.files import load_suite
from beian_suite.model import Case, Step

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 90.0


def conversations(number: int, turns: int) -> list[Case]:
    """`number` conversations of `turns` turns each, from the messages and assertions of the fact suite.

    Messages follow each other in a stride, so that no two conversations are the same.
    """
    files = sorted((ROOT / "tests" / "conversations" / "facts").glob("*.yml"))
    steps = [
        Step((text,), step.line, step.checks, step.ordered, step.metadata)
        for file in files
        for case in load_suite(file)
        for step in case.steps
        for text in step.texts
    ]
    return [
        Case(
            f"{start}",
            tuple(steps[(start + turn * (7 + start // len(steps))) % len(steps)] for turn in range(turns)),
            ROOT,
            1,
        )
        for start in range(number)
    ]


def _hold(case: Case, driver: InProcessDriver) -> list[tuple[float, bool]]:
    """All turns of a conversation with their checks: milliseconds, and whether a check failed."""
    driver.begin(case.slots, case.today)
    outcomes = []
    for step in case.steps:
        turn = driver.send(step.texts[0], {})
        failed = bool(check_step(step, turn).problems or check_contract(turn, step.line))
        outcomes.append((turn.ms, failed))
    driver.end()
    return outcomes


def measure(number: int, turns: int) -> dict[str, Any]:
    """Run them with all their checks; seconds, and the milliseconds of one turn as the driver saw them."""
    driver = InProcessDriver()
    begun = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        driver.load()
    loaded = time.perf_counter()
    held = [_hold(case, driver) for case in conversations(number, turns)]
    ended = time.perf_counter()
    driver.close()
    times = sorted(ms for conversation in held for ms, _ in conversation)
    return {
        "conversations": number,
        "turns": turns,
        "turns_held": len(times),
        "load_seconds": round(loaded - begun, 1),
        "run_seconds": round(ended - loaded, 1),
        "turn_ms_median": round(statistics.median(times), 1),
        "turn_ms_p99": round(times[int(len(times) * 0.99) - 1], 1),
        # Questions that do not belong together follow each other here, and the case is carried over.
        "turns_with_a_failed_check": sum(failed for conversation in held for _, failed in conversation),
        "limit_seconds": LIMIT_SECONDS,
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "suite.json")
    options = parser.parse_args()
    outcome = measure(options.conversations, options.turns)
    text = json.dumps(outcome, indent=2)
    options.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    if outcome["run_seconds"] > LIMIT_SECONDS:
        raise SystemExit(f"slower than {LIMIT_SECONDS:g} s")


if __name__ == "__main__":
    main()
