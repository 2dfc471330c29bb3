"""The pytest plugin: collects conversation files, runs them, reports coverage. See docs/testing.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from beian_suite.settings import add_options, server_of
from beian_suite.state import KEY, State, coverage_of

if TYPE_CHECKING:
    from beian_suite.turn import Driver

_GLOBS = ["tests/conversations/**/*.yml", "tests/conversations/**/*.yaml"]


class Hooks:
    """Hooks that this plugin offers to others."""

    @pytest.hookspec(firstresult=True)
    def pytest_conversation_driver(self, config: pytest.Config) -> Driver | None:
        """A driver of your own (`beian_suite.turn.Driver`) in place of the built-in one."""

    @pytest.hookspec
    def pytest_conversation_universe(self, config: pytest.Config) -> Mapping[str, Sequence[str]] | None:
        """What there is to cover, by kind (`beian_suite.coverage.KINDS`), as far as you know."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the plugin's own hooks."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare options and settings."""
    group = parser.getgroup("conversations", "conversation tests")
    add_options(group, parser)
    group.addoption("--rasa-pro", action="store_true", help="accept what only Rasa Pro can check, unchecked")
    group.addoption(
        "--strict-conversations",
        action="store_true",
        help="fail a conversation of which nothing can be checked",
    )
    group.addoption("--coverage", action="store_true", help="report what no conversation exercised")
    group.addoption("--coverage-json", metavar="FILE", help="where the coverage goes")
    group.addoption(
        "--coverage-floor", metavar="FLOOR", help="fail below this percentage: 90, or facts=100,statuses=100"
    )
    group.addoption("--reworded", action="store_true", help="run the reworded messages as well")
    parser.addini("conversations", "globs of conversation files", type="args", default=_GLOBS)
    parser.addini("rasa_pro", "accept what only Rasa Pro can check, unchecked", type="bool", default=False)
    parser.addini(
        "strict_conversations",
        "fail a conversation of which nothing can be checked",
        type="bool",
        default=False,
    )
    parser.addini(
        "reworded", "globs of conversation files whose messages are reworded", type="args", default=[]
    )
    parser.addini(
        "reworded_floor", "least share of reworded conversations that pass, in percent", default="80"
    )
    parser.addini(
        "known_gaps", "file listing conversations that are known to fail, one id a line", default=""
    )
    parser.addini("reply_contract", "check the reply contract on every answer", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Check the options before anything runs."""
    config.stash[KEY] = State()
    config.addinivalue_line("markers", "conversation: a conversation from a file")
    config.addinivalue_line("markers", "reworded: conversations with mistyped messages")
    server_of(config)
    if config.getoption("--coverage-floor"):
        from beian_suite.coverage import read_floor

        try:
            read_floor(config.getoption("--coverage-floor"))
        except ValueError as error:
            raise pytest.UsageError(f"--coverage-floor: {error}") from error
    if config.getoption("--reworded"):
        from beian_suite.perturb import missing

        if missing():
            raise pytest.UsageError(
                f"--reworded 还需要 {'、'.join(missing())}：pip install {' '.join(missing())}"
            )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the assistant."""
    state = config.stash.get(KEY, None)
    if state and state.driver:
        state.driver.close()
        state.driver = None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the conversation files; one named on the command line is taken wherever it lies."""
    if file_path.suffix not in (".yml", ".yaml"):
        return None
    from beian_suite.collect import ConversationFile, matches
    from beian_suite.texts import may_hold_cases

    named = parent.session.isinitpath(file_path) and may_hold_cases(file_path)
    if named or matches(file_path, parent.config, "conversations"):
        return ConversationFile.from_parent(parent, path=file_path)
    return None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's counts to the process that reports; there, judge the coverage."""
    config = session.config
    output = getattr(config, "workeroutput", None)
    if output is not None:
        state = config.stash[KEY]
        output["conversation_coverage"] = state.coverage.as_data() if state.coverage else None
        return
    if config.getoption("collectonly") or session.exitstatus != pytest.ExitCode.OK:
        return
    if not (config.getoption("--coverage-floor") or config.getoption("--reworded")):
        return
    from beian_suite.summary import below_floors

    if below_floors(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object | None) -> None:
    """Take over what a worker of pytest-xdist counted."""
    data = getattr(node, "workeroutput", {}).get("conversation_coverage")
    if data:
        coverage_of(node.config).merge(data)


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """The reworded groups, what could not be checked, and the coverage."""
    from beian_suite import summary

    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        summary.write_where_cases_are(terminalreporter, config)
    reworded = summary.reworded_of(terminalreporter)
    if reworded:
        summary.write_reworded(terminalreporter, reworded, float(config.getini("reworded_floor")))
    summary.write_skipped(terminalreporter)
    summary.write_unseen(terminalreporter)
    wanted = config.getoption("--coverage") or config.getoption("--coverage-json")
    if (wanted or config.getoption("--coverage-floor")) and not config.getoption("collectonly"):
        summary.write_coverage(terminalreporter, config)
