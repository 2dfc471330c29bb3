"""What one pytest process knows of its conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beian_suite.settings import server_of

if TYPE_CHECKING:
    from beian_suite.coverage import Coverage
    from beian_suite.turn import Driver

KEY: pytest.StashKey[State] = pytest.StashKey()
NO_ASSISTANT = (
    "没有可测的助手：请用 --assistant-url http://127.0.0.1:5005 说明服务的地址"
    "（或环境变量 ASSISTANT_URL、设置 assistant_url），"
    "或在 conftest.py 里写 pytest_conversation_driver"
)


class State:
    """The driver, what was covered, and how many conversations in a row had no answer."""

    def __init__(self) -> None:
        self.driver: Driver | None = None
        self.coverage: Coverage | None = None
        self.unanswered = 0


def state_of(config: pytest.Config) -> State:
    """The state of this process."""
    return config.stash[KEY]


def driver_of(config: pytest.Config) -> Driver:
    """The driver: another plugin's (an assistant in this process, a bot of one's own), else the server's.

    Ends the run, once and in one sentence, when there is none.
    """
    state = state_of(config)
    if state.driver is None:
        state.driver = config.hook.pytest_conversation_driver(config=config) or _own_driver(config)
    return state.driver


def _own_driver(config: pytest.Config) -> Driver:
    server = server_of(config)
    if server is None:
        pytest.exit(NO_ASSISTANT, returncode=3)
    from beian_suite.remote import HttpDriver

    return HttpDriver(server.url, server.key, server.today, server.seconds)


def coverage_of(config: pytest.Config) -> Coverage:
    """What this process' conversations exercised."""
    state = state_of(config)
    if state.coverage is None:
        from beian_suite.coverage import Coverage

        state.coverage = Coverage()
    return state.coverage
