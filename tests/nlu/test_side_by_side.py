"""Work in several processes gives what one gives."""

import multiprocessing
import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from beian.nlu import side_by_side as module
from beian.nlu.side_by_side import side_by_side


@pytest.mark.parametrize("count", [0, 1, 10, 11, 95])
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(count, workers, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: workers)
    offset = 7
    portions = []

    def work(some):
        portions.append(len(some))
        return [item + offset for item in some]

    assert side_by_side(work, range(count), 10) == [item + offset for item in range(count)]
    if workers > 1 and count > 10:
        assert not portions, "it was not done by this process"
    else:
        assert portions == [10] * (count // 10) + ([count % 10] if count % 10 else [])


def test_without_copies_of_the_process_it_is_done_here(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.setattr(multiprocessing, "get_context", lambda *_: pytest.fail("a process was made"))
    assert side_by_side(list, "abcdef", 2) == list("abcdef")


def test_an_error_reaches_the_caller(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def work(some):
        raise ValueError(f"cannot do {some}")

    for _ in range(20):  # a lock that a killed child holds is held only now and then
        with pytest.raises(ValueError, match="cannot do"):
            side_by_side(work, range(50), 1)
    assert module._task is None


def test_a_child_that_is_killed_is_an_error(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def work(some):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(BrokenProcessPool):
        side_by_side(work, [1, 2, 3], 1)
    assert module._task is None
