"""Tests in a fork of this process, which has imported already what takes long to import."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Sequence

import pytest

OUTPUT = "output.txt"
_MOST_SECONDS = 600
"""Of the processor: tests that take more are endless."""


def run_tests(options: Sequence[str], prepare: Callable[[], None], plugins: Sequence[object] = ()) -> int:
    """The exit status of pytest in a fork, after `prepare`; what it says goes to OUTPUT in this folder."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        quiet = os.open(OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = True
        prepare()
        status = int(pytest.main([*options, "-p", "no:cacheprovider"], plugins=[*plugins]))
    except BaseException:  # noqa: BLE001 - whatever happens, the fork ends here
        status = 99
    os._exit(status)
