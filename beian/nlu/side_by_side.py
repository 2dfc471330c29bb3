"""Work on many items of a training in all cores at once.

Python runs one thread at a time, so processes do it: children that begin as copies of this one, and so need
nothing handed to them. Where the platform cannot copy a process, this one does all by itself.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

PORTION = 1024
# What the children find when they begin: the work, and the portions of the items.
_task: tuple[Callable[[Sequence[Any]], Any], list[Sequence[Any]]] | None = None


def _done(number: int) -> Any:
    assert _task is not None
    work, portions = _task
    return work(portions[number])


def side_by_side(
    work: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item], portion: int = PORTION
) -> list[Result]:
    """The results of `work` on the items, in their order; it is given `portion` of them at a time, as many on
    every machine. What it changes besides is lost. Raises what `work` raises, and BrokenProcessPool where
    a child is killed."""
    global _task
    portions = [items[begun : begun + portion] for begun in range(0, len(items), portion)]
    workers = min(os.cpu_count() or 1, len(portions))
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [result for part in portions for result in work(part)]
    _task = (work, list(portions))
    try:
        # Not a Pool: where a portion fails, it kills its children, and one that holds the lock of the results
        # never gives it back. These end what they are at, and one that dies is an error.
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            return [result for part in pool.map(_done, range(len(portions))) for result in part]
    finally:
        _task = None
