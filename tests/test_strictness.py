"""Nothing passes by being left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[1]
TESTS = """
import pytest

def test_of_nothing():
    pytest.skip("no clock here")

@pytest.mark.skipif(True, reason="no compass here")
def test_of_a_mark():
    pass

@pytest.mark.xfail(reason="known")
def test_known():
    assert False

def test_right():
    pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Some tests, under the rules of this project's."""
    rules = (ROOT / "tests" / "strictness.py").read_text(encoding="utf-8")
    pytester.makeconftest(rules)
    pytester.makepyfile(test_some=TESTS, test_absent='import pytest\npytest.importorskip("no_such_module")')
    return pytester


def run(project: pytest.Pytester) -> pytest.RunResult:
    return project.runpytest_inprocess(
        "-p", "no:cacheprovider", "-p", "no:randomly", "--continue-on-collection-errors"
    )


def test_a_skip_fails_in_ci(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    result = run(project)
    assert result.ret != 0
    said = result.stdout.str()
    assert "left out, which CI does not allow" in said
    for reason in ("no clock here", "no compass here", "no_such_module"):
        assert reason in said


def test_a_skip_is_a_skip_elsewhere(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    run(project).assert_outcomes(passed=1, skipped=3, xfailed=1)


def test_what_passes_although_it_is_known_to_fail_is_noticed(pytester: pytest.Pytester) -> None:
    """A known failure that has gone is taken off the list: pyproject.toml has xfail_strict."""
    pytester.makeini("[pytest]\nxfail_strict = true")
    pytester.makepyfile("import pytest\n@pytest.mark.xfail\ndef test(): pass")
    pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:randomly").assert_outcomes(failed=1)


def test_the_project_is_strict(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("xfail_strict") is True


def test_the_order_is_drawn(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.hasplugin("randomly")
    assert sys.modules["pytest_randomly"].entrypoint_reseeds == []


def test_a_warning_of_our_own_code_is_an_error(pytestconfig: pytest.Config) -> None:
    """Whoever is warned by a library of what it will drop hears of it before it is dropped."""
    import warnings

    from _pytest.config import apply_warning_filters

    def warn_in(module: str) -> None:
        with warnings.catch_warnings():
            warnings.resetwarnings()
            apply_warning_filters(pytestconfig.getini("filterwarnings"), [])
            warnings.warn_explicit("going away", DeprecationWarning, "file.py", 1, module=module)

    warn_in("rasa.core.agent")
    for module in (
        "beian.kb.load",
        "beian_suite.run",
        "actions.reply",
        "bench.server",
        "tests.kb.test_cells",
    ):
        with pytest.raises(DeprecationWarning):
            warn_in(module)
