"""The pytest plugin, run on projects made up for the purpose."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
from testing.fakes import TableDriver, answer

TABLE = {
    "多久": {"messages": [answer("timeline.review", "3-20个工作日")], "label": "timeline/review"},
    "多多久": {"messages": [answer("timeline.review", "3-20个工作日")]},
    "谢谢": {"messages": [answer("", "不客气", status="smalltalk", facts=[], sources=[])]},
}

def pytest_conversation_driver(config):
    return TableDriver(TABLE)
"""
GOOD = """\
test_cases:
  - test_case: 时长
    steps:
      - user: [多久, 多多久]
        assertions:
          - fact: timeline.review
  - test_case: 道谢
    steps:
      - user: 谢谢
        assertions:
          - status: smalltalk
"""
BAD = """\
test_cases:
  - test_case: 时长错
    steps:
      - user: 多久
        assertions:
          - fact: contact.support
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    tests = Path(__file__).resolve().parents[1]
    pytester.syspathinsert(tests)
    monkeypatch.setenv("PYTHONPATH", str(tests))
    pytester.makeconftest(CONFTEST)
    _write(pytester, "tests/conversations/deep/good.yml", GOOD)
    return pytester


def _write(pytester: pytest.Pytester, name: str, text: str) -> Path:
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_one_test_for_each_paraphrase(project: pytest.Pytester) -> None:
    result = _run(project, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["tests/conversations/deep/good.yml::时长?1? PASSED*"])


def test_files_elsewhere_are_taken_when_named(project: pytest.Pytester) -> None:
    _write(project, "elsewhere/good.yml", GOOD)
    _write(project, "elsewhere/other.yml", "version: 3\n")
    _run(project).assert_outcomes(passed=3)
    _run(project, "elsewhere/good.yml").assert_outcomes(passed=3)
    project.makeini("[pytest]\nconversations = elsewhere/good.yml\n")
    _run(project).assert_outcomes(passed=3)


def test_select_by_name(project: pytest.Pytester) -> None:
    _run(project, "-k", "道谢").assert_outcomes(passed=1)


def test_a_failure_shows_the_conversation(project: pytest.Pytester) -> None:
    _write(project, "tests/conversations/bad.yml", BAD)
    result = _run(project)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "tests/conversations/bad.yml:4: 用例“时长错”第 1 步未通过",
            "*用户：多久",
            "*第 6 行 fact",
            "*期望：contact.support",
            "*理解：timeline/review 0.90*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_faults_in_a_file(project: pytest.Pytester) -> None:
    _write(project, "tests/conversations/bad.yml", "test_cases:\n  - test_cases: x\n")
    result = _run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*tests/conversations/bad.yml:2: 不认识的键 test_cases*"])


def test_reply_contract(project: pytest.Pytester) -> None:
    conftest = CONFTEST.replace('"3-20个工作日")], "label"', '"3-20个工作日", sources=[])], "label"')
    project.makeconftest(conftest)
    result = _run(project)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*回复约定*"])
    project.makeini("[pytest]\nreply_contract = false\n")
    _run(project).assert_outcomes(passed=3)


def test_known_gaps(project: pytest.Pytester) -> None:
    _write(project, "tests/conversations/bad.yml", BAD)
    gaps = "# why\ntests/conversations/bad.yml::时长错  # later\ntests/conversations/deep/good.yml::道谢\n"
    _write(project, "gaps.txt", gaps)
    project.makeini("[pytest]\nknown_gaps = gaps.txt\n")
    _run(project).assert_outcomes(passed=2, xfailed=1, xpassed=1)


def test_coverage_and_floor(project: pytest.Pytester) -> None:
    result = _run(project, "--coverage", "--coverage-json", "out.json")
    result.stdout.fnmatch_lines(["*对话覆盖率*", "回复状态*2 / 7*未覆盖：clarify*"])
    assert result.ret == 0
    report = json.loads((project.path / "out.json").read_text(encoding="utf-8"))
    assert report["statuses"]["exercised"] == 2
    result = _run(project, "--coverage-floor", "statuses=20")
    assert result.ret == 0
    result = _run(project, "--coverage-floor", "statuses=100")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*回复状态覆盖率 28.6%，低于下限 100%*"])
    assert _run(project, "--coverage-floor", "status=1").ret == pytest.ExitCode.USAGE_ERROR


def test_workers_and_junit(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess(
        "-p", "no:cacheprovider", "-n", "2", "--coverage", "--junitxml", "out.xml"
    )
    result.assert_outcomes(passed=3)
    report = json.loads((project.path / "coverage.json").read_text(encoding="utf-8"))
    assert report["statuses"]["exercised"] == 2
    names = {case.get("name") for case in ElementTree.parse(project.path / "out.xml").iter("testcase")}
    assert names == {"时长[1]", "时长[2]", "道谢"}


def test_reworded_messages_are_a_group_of_their_own(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nreworded = tests/conversations/deep/*.yml\nreworded_floor = 0\n")
    _run(project).assert_outcomes(passed=3)
    result = _run(project, "--reworded")
    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines(["*改写后的问句*", "繁体：0 / 1 通过（0.0%）"])
    project.makeini("[pytest]\nreworded = tests/conversations/deep/*.yml\nreworded_floor = 50\n")
    result = _run(project, "--reworded")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["繁体：0 / 1 通过（0.0%），低于下限 50%", "  道谢：謝謝*"])
    result = project.runpytest_subprocess("-p", "no:cacheprovider", "--reworded", "-n", "2")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["繁体：0 / 1 通过（0.0%），低于下限 50%"])


RASA_PRO = Path(__file__).parent / "samples" / "rasa_pro.yml"
RASA_PRO_BOT = """
from testing.fakes import TableDriver

TABLE = {
    "I want to book a table": {
        "messages": [{"text": "What cuisine would you like?", "utter": "utter_ask_cuisine",
                      "buttons": [{"title": "Chinese", "payload": "/SetSlots(cuisine=chinese)"}]}],
        "actions": ["action_ask"],
    },
    "Chinese": {
        "messages": [{"text": "For how many people?", "utter": "utter_ask_people"}],
        "slots": {"cuisine": "chinese"},
        "actions": ["utter_ask_people"],
    },
    "Five": {
        "messages": [{"text": "Booked for 5.", "utter": "utter_booked"}],
        "slots": {"people": 5},
        "actions": ["action_book", "utter_booked"],
    },
}

def pytest_conversation_driver(config):
    return TableDriver(TABLE)
"""


def test_files_with_rasa_pro_s_vocabulary_run_unchanged(project: pytest.Pytester) -> None:
    project.makeconftest(RASA_PRO_BOT)
    path = _write(project, "e2e_test_cases.yml", RASA_PRO.read_text(encoding="utf-8"))
    _run(project, str(path)).assert_outcomes(passed=2)


def test_a_model_that_cannot_be_loaded_ends_the_run(project: pytest.Pytester) -> None:
    project.makeconftest("")
    _write(project, "empty.tar.gz", "")
    result = _run(project, "--assistant-model", "empty.tar.gz")
    assert result.ret == 3
    assert "the assistant cannot be loaded" in result.stdout.str() + result.stderr.str()
