"""Which tests go to one worker of pytest-xdist, and in which order: `make test` has two.

The tests of a file stay together, for what they share; so do the files that drive browsers, each worker of
which would start browsers and servers of its own. The longest begin first, that no worker is left with one.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# Files and folders, the longest first.
LONGEST = ("tests/web/", "tests/test_fresh_clone.py")
TOGETHER = ("tests/web/",)


def pytest_configure(config: pytest.Config) -> None:
    """pytest-randomly draws the order and sets the seeds, both as its first line says.

    It would have the seeder of every installed package called besides: thinc's loads all the learning
    frameworks that it finds, and refuses the plugin's numbers, which go beyond 32 bits.
    """
    plugin = sys.modules.get("pytest_randomly")
    if plugin is not None:
        plugin.entrypoint_reseeds = []  # type: ignore[attr-defined]


def scope_of(nodeid: str) -> str:
    """What a test stays together with: its file, or its folder."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def place_of(nodeid: str) -> int:
    """The place of a test in the order, the same for all whose length is not known."""
    return next((place for place, name in enumerate(LONGEST) if nodeid.startswith(name)), len(LONGEST))


class Scheduling(LoadScopeScheduling):
    """As `--dist loadscope`, with scopes of our own, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In workers the longest come first; whoever runs tests alone gets them in the usual order."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Where no other distribution is asked for."""
    return Scheduling(config, log) if config.getoption("dist") == "load" else None
