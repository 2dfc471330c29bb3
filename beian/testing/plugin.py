"""The assistant in this process, for the conversation tests of `beian_suite`: its driver and its facts."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from beian_suite.settings import given

if TYPE_CHECKING:
    from beian_suite.turn import Driver

# Where the plugin is on the path without having been installed as a package of its own.
pytest_plugins = ["beian_suite.plugin"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option that only an assistant in this process has."""
    group = parser.getgroup("conversations", "conversation tests")
    group.addoption("--assistant-model", metavar="FILE", help="model to load (the newest in models/)")


@pytest.hookimpl(trylast=True)
def pytest_conversation_driver(config: pytest.Config) -> Driver | None:
    """The assistant, loaded now, before the first conversation is timed; none when a server is tested."""
    if given(config, "url")[0]:
        return None
    from beian.testing.inprocess import InProcessDriver

    model = config.getoption("--assistant-model")
    driver = InProcessDriver(config.invocation_params.dir / model if model else None)
    # What other packages warn of while loading is not ours.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            driver.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - said once, not once for each conversation
            pytest.exit(f"助手装载不了：{type(error).__name__}: {error}", returncode=3)
    return driver


def pytest_conversation_universe(config: pytest.Config) -> Mapping[str, Sequence[str]] | None:
    """The facts of the project's knowledge base, and everything its buttons say."""
    root = config.rootpath
    if not (root / "kb" / "procedure.yml").exists():
        return None
    from beian.kb import load_knowledge

    kb = load_knowledge(root / "kb")
    options = [term.name for term in kb.terms if term.group in ("change_type", "subject_kind")]
    for group, name in (("which_type", "events"), ("checklist", "day_options")):
        options += kb.phrases.get(group, {}).get(name, ())
    return {"facts": list(kb.facts), "buttons": list(dict.fromkeys([*kb.questions, *options]))}
