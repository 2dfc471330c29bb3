"""The pytest plugin, run on projects made up for the purpose."""

import json
import re
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests  # noqa: F401 - a run in this process forgets by halves what it is the first to import

from beian_suite import perturb
from beian_suite.settings import Server, server_of
from beian_suite.state import _own_driver

from .served import listening

pytest_plugins = ["pytester"]

CONFTEST = """
from suite.fakes import TableDriver, answer

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
GREETED = """\
test_cases:
  - test_case: 问候
    steps:
      - user: [在吗, 您好]
      - bot: 你好
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
    # For workers, which are processes of their own.
    monkeypatch.setenv("PYTHONPATH", f"{tests}:{tests.parent}")
    for name in ("URL", "KEY", "TODAY", "TIMEOUT"):
        monkeypatch.delenv(f"ASSISTANT_{name}", raising=False)
    # Their order is looked at.
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:randomly")
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
    pytest.importorskip("xdist")
    result = project.runpytest_subprocess(
        "-p", "no:cacheprovider", "-n", "2", "--coverage", "--junitxml", "out.xml"
    )
    result.assert_outcomes(passed=3)
    report = json.loads((project.path / "conversation-coverage.json").read_text(encoding="utf-8"))
    assert report["statuses"]["exercised"] == 2
    names = {case.get("name") for case in ElementTree.parse(project.path / "out.xml").iter("testcase")}
    assert names == {"时长[1]", "时长[2]", "道谢"}


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["here", "in a worker"])
def test_the_summary_gives_the_reason_and_the_report_the_conversation(
    project: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    if workers:
        pytest.importorskip("xdist")
    _write(
        project, "tests/conversations/deep/good.yml", GOOD.replace("fact: timeline.review", "fact: type.x")
    )
    result = project.runpytest_subprocess("-p", "no:cacheprovider", "--junitxml", "out.xml", *workers)
    reason = "第 * 行 fact：期望 type.x，实际 timeline.review"
    result.stdout.fnmatch_lines(["  用户：多久", "FAILED *时长[[]1[]] - 第 * 行 fact：期望 *"])
    failures = list(ElementTree.parse(project.path / "out.xml").iter("failure"))
    assert failures and all(fnmatch(failure.get("message") or "", reason) for failure in failures)
    assert "用户：多久" in (failures[0].text or "")


def test_rewording_asks_for_what_it_needs(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perturb, "find_spec", lambda name: None)
    result = _run(project, "--reworded")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "pip install opencc pypinyin" in _lines(result)


def test_reworded_messages_are_a_group_of_their_own(project: pytest.Pytester) -> None:
    pytest.importorskip("opencc")
    pytest.importorskip("pypinyin")
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
from suite.fakes import TableDriver

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


# --- the server -------------------------------------------------------------------------------


@pytest.fixture
def remote(project: pytest.Pytester) -> pytest.Pytester:
    """A project without a bot of its own, whose paraphrase and two cases are three tests."""
    project.makeconftest("")
    return project


def _lines(result: pytest.RunResult) -> str:
    return result.stdout.str() + result.stderr.str()


def test_a_server_that_is_not_there_is_one_sentence_and_ends_the_run(remote: pytest.Pytester) -> None:
    result = _run(remote, "--assistant-url", "http://127.0.0.1:1")
    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    text = _lines(result)
    assert "good.yml:4: 用例“时长”第 1 步没有得到能核对的回答：连不上 http://127.0.0.1:1：没有服务" in text
    assert "到此为止：连不上" in text
    assert "Traceback" not in text
    assert len(text.splitlines()) < 25


FOREIGN = [{"text": "你好", "custom": {"status": "ok", "facts": "none"}}]


@pytest.mark.parametrize(
    ("status", "reply", "words"),
    [
        (401, {"error": {"message": "key 不对"}}, "服务不接受这个 API key（HTTP 401：key 不对）"),
        (404, {"error": {"message": "没有"}}, "/webhooks/rest/webhook 不存在（HTTP 404）"),
        (200, {"choices": []}, "对方不是 Rasa 的 REST 接口"),
        (200, FOREIGN, "对方的 custom.status 不是这里的回复约定"),
    ],
)
def test_what_cannot_get_better_is_one_sentence_and_ends_the_run(
    remote: pytest.Pytester, status: int, reply: object, words: str
) -> None:
    with listening() as server:
        server.answers += [(status, {}, json.dumps(reply))] * 2
        result = _run(remote, "--assistant-url", f"http://127.0.0.1:{server.server_port}")
    result.assert_outcomes(failed=1)
    assert len(server.requests) == 1
    text = _lines(result)
    assert "good.yml:4: 用例“时长”第 1 步没有得到能核对的回答：" in text
    assert re.search(f"到此为止：.*{re.escape(words)}", text)
    assert "Traceback" not in text
    assert len(text.splitlines()) < 25


def test_another_contract_is_none_of_ours_where_that_is_said(remote: pytest.Pytester) -> None:
    _write(remote, "tests/conversations/deep/good.yml", GREETED)
    with listening() as server:
        server.answers += [(200, {}, json.dumps(FOREIGN))] * 2
        url = f"http://127.0.0.1:{server.server_port}"
        _run(remote, "--assistant-url", url, "-o", "reply_contract=false").assert_outcomes(passed=2)


TROUBLED = """
from beian_suite.turn import TroubleError
from suite.fakes import TableDriver, answer

class Driver(TableDriver):
    def send(self, text, metadata):
        if text.startswith("坏"):
            raise TroubleError("服务出错（HTTP 500）")
        return super().send(text, metadata)

def pytest_conversation_driver(config):
    return Driver({"多久": {"messages": [answer("timeline.review", "3-20个工作日")]}})
"""


def _asking(*texts: str) -> str:
    return "test_cases:\n" + "".join(
        f"  - test_case: 问{text}\n    steps:\n      - user: 多久\n      - user: {text}\n" for text in texts
    )


def test_what_was_said_before_the_trouble_is_shown(project: pytest.Pytester) -> None:
    project.makeconftest(TROUBLED)
    _write(project, "tests/conversations/deep/good.yml", _asking("坏"))
    result = _run(project)
    result.stdout.fnmatch_lines(
        [
            "*good.yml:5: 用例“问坏”第 2 步没有得到能核对的回答：服务出错（HTTP 500）",
            "*用户：多久",
            "*助手：3-20个工作日",
            "*用户：坏",
            "*没有得到能核对的回答*",
            "FAILED *问坏 - 服务出错（HTTP 500）",
        ]
    )


def test_troubles_in_a_row_end_the_run(project: pytest.Pytester) -> None:
    project.makeconftest(TROUBLED)
    _write(
        project,
        "tests/conversations/deep/good.yml",
        _asking("坏1", "坏2", "多久", "坏3", "坏4", "坏5", "坏6"),
    )
    result = _run(project)
    result.assert_outcomes(failed=5, passed=1)
    result.stdout.fnmatch_lines(["*接连 3 个用例没有得到能核对的回答，到此为止：服务出错*"])


def test_nothing_to_test_is_told(remote: pytest.Pytester) -> None:
    with pytest.raises(pytest.exit.Exception, match="没有可测的助手：请用 --assistant-url"):
        _own_driver(remote.parseconfig())


@pytest.mark.parametrize(
    ("options", "environment", "ini", "expected"),
    [
        (["--assistant-url", "http://a:1"], "http://b:1", "http://c:1", "http://a:1"),
        ([], "http://b:1", "http://c:1", "http://b:1"),
        ([], "", "http://c:1", "http://c:1"),
    ],
)
def test_where_the_server_is(
    remote: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    environment: str,
    ini: str,
    expected: str,
) -> None:
    monkeypatch.setenv("ASSISTANT_URL", environment)
    monkeypatch.setenv("ASSISTANT_KEY", "key-of-the-environment")
    remote.makeini(
        f"[pytest]\nassistant_url = {ini}\nassistant_timeout = 2.5\nassistant_today = 2026-03-02\n"
    )
    server = server_of(remote.parseconfig(*options))
    assert server == Server(expected, "key-of-the-environment", date(2026, 3, 2), 2.5)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--assistant-url", "127.0.0.1:5005"], "--assistant-url：127.0.0.1:5005 不是网址"),
        (["--assistant-url", "http://"], "不是网址"),
        (["--assistant-url", "http://a:b"], "不是网址"),
        (["--assistant-today", "monday"], "--assistant-today：monday 不是日期"),
        (["--assistant-timeout", "0"], "大于 0 的秒数"),
        (["--assistant-timeout", "soon"], "大于 0 的秒数"),
    ],
)
def test_settings_that_cannot_be(remote: pytest.Pytester, options: list[str], words: str) -> None:
    result = _run(remote, *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert words in _lines(result)


# --- nothing is green that was not checked -------------------------------------------------------

BLIND = """
from dataclasses import replace
from suite.fakes import TableDriver, answer

class Driver(TableDriver):
    def begin(self, slots, today):
        return "fixtures 不能设置" if slots else super().begin(slots, today)

    def send(self, text, metadata):
        return replace(super().send(text, metadata), sees_actions=False, seen_slots=frozenset())

def pytest_conversation_driver(config):
    return Driver({"多久": {"messages": [answer("timeline.review", "3-20个工作日")]},
                   "别的": {"messages": [{"text": "别的助手"}]}})
"""
UNSEEN = """\
fixtures:
  - filled: {item: server}
test_cases:
  - test_case: 看不到
    steps:
      - user: 多久
        assertions:
          - action_executed: action_none
          - slot_was_set: [{name: nothing}]
  - test_case: 看到一半
    steps:
      - user: 多久
        assertions:
          - action_executed: action_none
          - fact: timeline.review
  - test_case: 不能预设
    fixtures: [filled]
    steps: [user: 多久]
  - test_case: 没有期望
    steps: [user: 别的]
  - test_case: 只有约定
    steps: [user: 多久]
"""


def test_what_was_not_checked_is_not_green(project: pytest.Pytester) -> None:
    project.makeconftest(BLIND)
    _write(project, "tests/conversations/deep/good.yml", UNSEEN)
    result = _run(project, "-r", "N")
    result.assert_outcomes(passed=2, skipped=3)
    result.stdout.fnmatch_lines(
        [
            "*跳过的用例*",
            "没有一项期望看得到，什么也没有核对：action_executed action_none、slot*：*::看不到",
            "fixtures 不能设置：*::不能预设",
            "没有写任何期望，什么也没有核对：*::没有期望",
            "*没有核对的*",
            "2 个用例里有 3 项断言这样运行看不到，没有核对：",
            "  *::看不到：action_executed action_none、slot_was_set nothing",
            "  *::看到一半：action_executed action_none",
        ]
    )


def test_strict_fails_what_was_not_checked(project: pytest.Pytester) -> None:
    project.makeconftest(BLIND)
    _write(project, "tests/conversations/deep/good.yml", UNSEEN)
    result = _run(project, "--strict-conversations")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(["*good.yml:4: 用例“看不到”：没有一项期望看得到*"])
    project.makeini("[pytest]\nstrict_conversations = true\n")
    _run(project).assert_outcomes(passed=2, failed=3)


def test_rasa_pro_s_own_assertions_are_accepted_by_choice(project: pytest.Pytester) -> None:
    text = GOOD + "          - flow_started: goodbye\n"
    _write(project, "tests/conversations/deep/good.yml", text)
    _run(project).assert_outcomes(errors=1)
    result = _run(project, "--rasa-pro")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["  *::道谢：flow_started goodbye"])
    project.makeini("[pytest]\nrasa_pro = true\n")
    _run(project).assert_outcomes(passed=3)


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["here.yml", "here.yaml"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_a_named_file_is_read_however_it_was_saved(project: pytest.Pytester, name: str, codec: str) -> None:
    (project.path / name).write_text(GOOD, encoding=codec)
    _run(project, name).assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD.encode("gbk"), "不是 UTF-8"),
        (b"", "是空的"),
        (b"# later\n", "是空的"),
        (b"- &a [*a]\ntest_cases:", "YAML"),
    ],
)
def test_a_named_file_that_cannot_be_used_is_told(project: pytest.Pytester, data: bytes, words: str) -> None:
    (project.path / "here.yml").write_bytes(data)
    result = _run(project, "here.yml")
    result.assert_outcomes(errors=1)
    assert words in _lines(result)
    assert "Traceback" not in _lines(result)


def test_folders_outside_the_setting_are_told(project: pytest.Pytester) -> None:
    _write(project, "e2e/good.yml", GOOD)
    _write(project, "e2e/other.yml", "version: 3\n")
    result = _run(project, "e2e")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines([f"有 1 个对话文件没有收集*conversations*：{Path('e2e', 'good.yml')}。*"])
    for number in range(6):
        _write(project, f"e2e/more{number}.yml", GOOD)
    _run(project, "e2e").stdout.fnmatch_lines(["有 7 个对话文件没有收集*more3.yml 等。*"])


def test_failing_paraphrases_are_run_again(project: pytest.Pytester) -> None:
    _write(project, "tests/conversations/deep/good.yml", GOOD.replace("[多久, 多多久]", "[多久, 没有]"))
    _write(project, "tests/conversations/other.yml", BAD.replace("user: 多久", "user: [多久, 多多久]"))
    project.runpytest_inprocess().assert_outcomes(passed=2, failed=3)
    result = project.runpytest_inprocess("--lf")
    result.assert_outcomes(failed=3)
    assert {line.rpartition("::")[2][:5] for line in result.outlines if line.startswith("FAILED")} == {
        "时长[2]",
        "时长错[1",
        "时长错[2",
    }
