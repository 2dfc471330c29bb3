"""The assistant in this process, as the conversation tests see it."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
CASE = "test_cases:\n  - test_case: c\n    steps: [user: a]\n"


def test_a_model_that_cannot_be_loaded_ends_the_run(pytester: pytest.Pytester) -> None:
    (pytester.path / "a.yml").write_text(CASE, encoding="utf-8")
    (pytester.path / "empty.tar.gz").touch()
    result = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "a.yml", "--assistant-model", "empty.tar.gz"
    )
    assert result.ret == 3
    assert "助手装载不了：ModelMissingError" in result.stdout.str() + result.stderr.str()


def test_a_server_is_tested_without_loading_anything(pytester: pytest.Pytester) -> None:
    from beian.testing.plugin import pytest_conversation_driver

    config = pytester.parseconfig("--assistant-url", "http://127.0.0.1:1", "--assistant-model", "none.tar.gz")
    assert pytest_conversation_driver(config) is None


def test_facts_and_buttons_come_from_the_knowledge_base(pytester: pytest.Pytester) -> None:
    from beian.kb import load_knowledge
    from beian.testing.plugin import pytest_conversation_universe

    assert pytest_conversation_universe(pytester.parseconfig()) is None
    (pytester.path / "kb").symlink_to(ROOT / "kb")
    told = pytest_conversation_universe(pytester.parseconfig("--rootdir", str(pytester.path)))
    kb = load_knowledge()
    assert told["facts"] == list(kb.facts)
    assert set(kb.questions) < set(told["buttons"])
